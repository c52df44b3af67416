import type { LedgerRow } from '#ledger';
import { chain, idOf, rowAfter } from '#ledger/testing';
import { startMongo } from '../../deploy/local/servers.mjs';
import type { MongoServer } from '../../deploy/local/servers.mjs';
import { MongoLedgerStore } from './index.js';
import { MAX_SWEPT_OPENINGS } from './lost-openings.js';
import { DatabaseUnderTest } from './testing/index.js';

const A = idOf('alliance', 'a');
const B = idOf('alliance', 'b');
const opening = { event: 0, name: 'reason', salt: 's', payload: '"p"' };
const withOpening = (row: LedgerRow): LedgerRow => ({ ...row, openings: [opening] });

let server: MongoServer;
let database: DatabaseUnderTest;
let store: MongoLedgerStore;
beforeAll(async () => {
  server = await startMongo({ failpoints: true });
});
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  database = await DatabaseUnderTest.make(server.uri);
  store = await MongoLedgerStore.open(database.address);
});
afterEach(async () => {
  await database.failNoMore();
  await store.close();
  await database.drop();
});

const openings = () => database.db.collection('openings').countDocuments();
/** Writes the openings of a row and dies before its entry. */
const died = async (row: LedgerRow) => {
  await database.failAfter(1, { failCommands: ['insert'], errorCode: 91 });
  await expect(store.append([withOpening(row)])).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
  await database.failNoMore();
};

it('what a dead writer left beside no entry goes as soon as another one has its place, and not before', async () => {
  const [mine, rival] = [
    rowAfter(undefined),
    rowAfter(undefined, { body: '{"rival":true}', commandId: idOf('rival') }),
  ];
  await died(mine);
  expect(await openings()).toBe(1);
  expect(await store.dropLostOpenings()).toBe(0);
  expect(await openings()).toBe(1);
  await store.append([withOpening(rival)]);
  expect(await store.dropLostOpenings()).toBe(1);
  expect(await store.openings(rival.alliance, 0, 0)).toHaveLength(1);
  expect(await openings()).toBe(1);
});

it('a writer that was only slow has its openings when its entry comes', async () => {
  const row = rowAfter(undefined);
  await died(row);
  expect(await store.dropLostOpenings()).toBe(0);
  expect(await store.append([withOpening(row)])).toEqual(['stored']);
  expect(await store.dropLostOpenings()).toBe(0);
  expect(await store.openings(row.alliance, 0, 0)).toHaveLength(1);
});

it('goes round over all documents, some at a time, and takes away nothing that belongs to an entry', async () => {
  const rows = [...chain(A, 400), ...chain(B, 400)].map(withOpening);
  await store.append(rows);
  const lost = chain(A, 300).map(({ alliance, seq }) => {
    return { _id: idOf('lost', seq) as never, alliance, seq, openings: [opening] };
  });
  await database.db.collection('openings').insertMany(lost);
  const turns = [await store.dropLostOpenings()];
  expect(turns[0]).toBeLessThan(lost.length);
  for (let looked = MAX_SWEPT_OPENINGS; looked < 1_100; looked += MAX_SWEPT_OPENINGS)
    turns.push(await store.dropLostOpenings());
  expect(turns.reduce((sum, dropped) => sum + dropped)).toBe(lost.length);
  expect(await openings()).toBe(rows.length);
});
