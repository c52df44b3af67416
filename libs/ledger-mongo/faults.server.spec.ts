import type { LedgerRow } from '#ledger';
import { chain, idOf, rowAfter } from '#ledger/testing';
import { startMongo } from '../../deploy/local/servers.mjs';
import type { LoopbackProxy, MongoServer } from '../../deploy/local/servers.mjs';
import { MongoLedgerStore } from './index.js';
import { DatabaseUnderTest } from './testing/index.js';

const A = idOf('alliance', 'a');
const B = idOf('alliance', 'b');
const ALWAYS = 1_000;
const opening = { event: 0, name: 'reason', salt: 's', payload: '"p"' };
const withOpening = (row: LedgerRow): LedgerRow => ({ ...row, openings: [opening] });
const bare = (row: LedgerRow): LedgerRow => ({ ...row, fingerprint: undefined });
const stored = (count: number) => Array.from({ length: count }, () => 'stored');

let server: MongoServer;
let database: DatabaseUnderTest;
let store: MongoLedgerStore;
beforeAll(async () => {
  server = await startMongo({ failpoints: true, proxied: true });
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

const entriesOf = async (alliance = A) => (await store.read(alliance, 0, 1_000)).map(({ seq, hash }) => [seq, hash]);
const documents = (name: string) => database.db.collection(name).countDocuments();
const expectWhole = async (rows: readonly LedgerRow[]) => {
  expect(await entriesOf(rows[0]?.alliance)).toEqual(rows.map(({ seq, hash }) => [seq, hash]));
};

describe('at start', () => {
  const index = { alliance_seq: { alliance: 1, seq: 1 }, alliance_command: { alliance: 1, commandId: 1 } } as const;
  const reopened = async () => {
    const again = await MongoLedgerStore.open(database.address);
    await again.close();
  };

  it('an empty database gets its unique indexes', async () => {
    const made = (await database.db.collection('entries').indexes()).filter(({ unique }) => unique);
    expect(made.map(({ name }) => name).sort()).toEqual(['alliance_command', 'alliance_first', 'alliance_seq']);
    await expect(reopened()).resolves.toBeUndefined();
  });

  it.each(Object.entries(index))('is not ready beside entries without %s', async (name) => {
    await store.append(chain(A, 2));
    await database.db.collection('entries').dropIndex(name);
    await expect(store.assertReady()).rejects.toMatchObject({ code: 'INDEX_FAULT' });
    await expect(reopened()).rejects.toMatchObject({ code: 'INDEX_FAULT', message: `entries.${name} is missing` });
  });

  it.each(Object.entries(index))('is not ready when %s is not unique, beside entries or not', async (name, keys) => {
    const fault = { code: 'INDEX_FAULT', message: `entries.${name} is not unique` };
    for (const rows of [[], chain(A, 2)]) {
      await store.append(rows);
      await database.db.collection('entries').dropIndex(name);
      await database.db.collection('entries').createIndex({ ...keys }, { name }, undefined);
      await expect(reopened()).rejects.toMatchObject(fault);
    }
  });

  it('is not ready when an index of that name is over other fields or leaves documents out', async () => {
    const entries = database.db.collection('entries');
    await entries.dropIndex('alliance_seq');
    await entries.createIndex({ seq: 1, alliance: 1 }, { name: 'alliance_seq', unique: true }, undefined);
    await expect(reopened()).rejects.toMatchObject({ message: 'entries.alliance_seq is over other fields' });
    await entries.dropIndex('alliance_seq');
    const some = { name: 'alliance_seq', unique: true, partialFilterExpression: { seq: { $gt: 5 } } };
    await entries.createIndex({ alliance: 1, seq: 1 }, some, undefined);
    await expect(reopened()).rejects.toMatchObject({ message: 'entries.alliance_seq covers other documents' });
  });

  it('a server that is not there is an error in time, not a store', async () => {
    const uri = 'mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=600';
    await expect(MongoLedgerStore.open({ uri, database: 'none' })).rejects.toThrow();
  });

  it('no address can ask for less than a journaled majority', async () => {
    const careless = await MongoLedgerStore.open({ ...database.address, uri: `${server.uri}&w=0&journal=false` });
    expect(await careless.append(chain(A, 1))).toEqual(['stored']);
    expect(await careless.append(chain(A, 1))).toEqual(['conflict']);
    await careless.close();
  });
});

describe('while appending', () => {
  const rows = chain(A, 3).map(withOpening);
  const alone = chain(A, 3).map(bare);

  it.each([
    ['once, and the driver repeats', 1],
    ['twice, and so does the store', 2],
    ['five times', 5],
  ])('a connection lost %s: all is stored, once', async (_, times) => {
    await database.fail(times, { failCommands: ['insert'], closeConnection: true });
    expect(await store.append(alone)).toEqual(stored(3));
    await expectWhole(alone);
  });

  it('a connection lost before the openings are written: the driver repeats, and all is stored together', async () => {
    await database.fail(1, { failCommands: ['insert'], closeConnection: true });
    expect(await store.append(rows)).toEqual(stored(3));
    expect(await store.openings(A, 0, 2)).toHaveLength(3);
  });

  it('a connection that is lost again and again: the outcome is unknown, and nothing is there', async () => {
    await database.fail(ALWAYS, { failCommands: ['insert'], closeConnection: true });
    await expect(store.append(alone)).rejects.toMatchObject({
      code: 'OUTCOME_UNKNOWN',
    });
    await database.failNoMore();
    expect(await entriesOf()).toEqual([]);
  });

  it('when even the reading back fails, the outcome is unknown', async () => {
    const blinded = await MongoLedgerStore.open(database.address, {
      pause: () => database.fail(ALWAYS, { failCommands: ['insert', 'find'], errorCode: 91 }),
    });
    await database.fail(ALWAYS, { failCommands: ['insert'], errorCode: 91 });
    await expect(blinded.append(alone)).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    await blinded.close();
  });

  it.each([91, 189, 10_107, 11_600])(
    'error %d, after which the server may have written: all is stored, once',
    async (errorCode) => {
      await database.fail(2, { failCommands: ['insert'], errorCode });
      expect(await store.append(alone)).toEqual(stored(3));
      await expectWhole(alone);
    },
  );

  it('a failed write concern, though the entries are stored: they are', async () => {
    await database.fail(1, { failCommands: ['insert'], writeConcernError: { code: 64, errmsg: 'waiting timed out' } });
    expect(await store.append(alone)).toEqual(stored(3));
    await expectWhole(alone);
  });

  it('a refusal of the server: certainly nothing is written', async () => {
    await database.fail(1, { failCommands: ['insert'], errorCode: 13 });
    await expect(store.append([bare(rowAfter(undefined))])).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
    expect(await entriesOf()).toEqual([]);
  });

  it('a full disk is called so', async () => {
    await database.fail(1, { failCommands: ['insert'], errorCode: 14_031 });
    await expect(store.append([bare(rowAfter(undefined))])).rejects.toMatchObject({ code: 'STORAGE_FULL' });
  });

  it('what is kept beside an entry cannot be written: nor is the entry', async () => {
    await database.fail(1, { failCommands: ['insert'], errorCode: 13 });
    await expect(store.append(rows)).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
    expect(await documents('entries')).toBe(0);
  });

  it('what is kept beside an entry that is not there is not shown, and goes when the entry has lost its place', async () => {
    const rival = rowAfter(undefined, { body: '{"rival":true}', commandId: idOf('rival') });
    let seen: unknown[] = [];
    const loser = await MongoLedgerStore.open(database.address, {
      pause: async () => {
        seen = [await documents('openings'), await store.openings(A, 0, 0), await store.head(A)];
        await database.failNoMore();
        await store.append([bare(rival)]);
      },
    });
    await database.failAfter(1, { failCommands: ['insert'], errorCode: 91 });
    expect(await loser.append(rows)).toEqual(['conflict', 'conflict', 'conflict']);
    expect(seen).toEqual([3, [], undefined]);
    expect([await documents('openings'), await documents('entries')]).toEqual([0, 1]);
    await loser.close();
  });

  it('one conflict of many alliances costs the others nothing', async () => {
    const rival = rowAfter(undefined, { body: '{"rival":true}', commandId: idOf('rival') });
    const ofB = chain(B, 3);
    const racing = await MongoLedgerStore.open(database.address);
    const results = await Promise.all([racing.append([rival, ...ofB]), store.append(rows)]);
    expect(results[0].slice(1)).toEqual(stored(3));
    expect([results[0][0], ...results[1]].sort()).toEqual(
      results[0][0] === 'stored' ? ['conflict', 'conflict', 'conflict', 'stored'] : ['conflict', ...stored(3)],
    );
    await expectWhole(ofB);
    await racing.close();
  });
});

describe('through a bad network', () => {
  let proxy: LoopbackProxy;
  let far: MongoLedgerStore;
  beforeEach(async () => {
    if (!server.proxy || server.proxiedUri === undefined) throw new Error('no proxy');
    proxy = server.proxy;
    far = await MongoLedgerStore.open({ ...database.address, uri: server.proxiedUri, socketTimeoutMs: 700 });
  });
  afterEach(async () => {
    await far.close();
  });

  it.each([
    ['cut', 1],
    ['cut', 20],
    ['silence', 20],
  ] as const)('the answers to the write and to its repeat are lost (%s), %d rows: stored', async (then, count) => {
    const rows = chain(A, count).map(bare);
    const lost = [proxy.dropAnswer('insert', { then }), proxy.dropAnswer('insert', { then })];
    expect(await far.append(rows)).toEqual(stored(count));
    await Promise.all(lost);
    await expectWhole(rows);
  });

  it('the answer is lost, the driver repeats, and is told 11000 for its own write: stored', async () => {
    const rows = chain(A, 3).map(bare);
    await database.failAfter(1, { failCommands: ['insert'], errorCode: 11_000 });
    const lost = proxy.dropAnswer('insert');
    expect(await far.append(rows)).toEqual(stored(3));
    await lost;
    await expectWhole(rows);
  });

  it.each(['cut', 'silence'] as const)('the request is lost (%s): stored, once', async (then) => {
    const rows = chain(A, 5).map(withOpening);
    const lost = proxy.dropRequest('insert', { then });
    expect(await far.append(rows)).toEqual(stored(5));
    await lost;
    await expectWhole(rows);
    expect(await far.openings(A, 0, 10)).toHaveLength(5);
  });

  it('a lost answer, and another entry in the place when it is written again: conflict', async () => {
    const [mine, rival] = [bare(rowAfter(undefined)), bare(rowAfter(undefined, { body: '{"rival":true}' }))];
    const lost = proxy.dropRequest('insert');
    const appending = far.append([mine]);
    await lost;
    const [rivals] = await store.append([{ ...rival, commandId: idOf('rival') }]);
    const [mines] = await appending;
    expect([mines, rivals].sort()).toEqual(['conflict', 'stored']);
    expect(await documents('entries')).toBe(1);
  });

  it('the server is gone: an unknown outcome or a failure in time, and afterwards all goes on', async () => {
    const [first, second] = chain(A, 2).map(bare) as [LedgerRow, LedgerRow];
    await far.append([first]);
    proxy.refuse();
    await expect(far.append([second])).rejects.toMatchObject({
      code: expect.stringMatching(/STORAGE_FAILED|OUTCOME_UNKNOWN/) as string,
    });
    proxy.accept();
    expect(await far.append([second])).toEqual(['stored']);
    await expectWhole([first, second]);
  }, 60_000);
});

it('the head is found behind a known place, and anew when the ledger was replaced by a shorter one', async () => {
  const rows = chain(A, 700);
  await store.append(rows.slice(0, 600));
  expect((await store.head(A))?.seq).toBe(599);
  await store.append(rows.slice(600));
  expect(await store.head(A)).toMatchObject({ seq: 699, hash: rows[699]?.hash });
  await database.db.collection('entries').deleteMany({ seq: { $gt: 123 } });
  expect(await store.head(A)).toMatchObject({ seq: 123, hash: rows[123]?.hash });
});

it('a condition that is no text refuses to be asked', async () => {
  await store.append(chain(A, 1));
  await expect(store.read({ $gt: '' } as never, 0, 10)).rejects.toThrow(TypeError);
  await expect(store.findCommand(A, undefined as never)).rejects.toThrow(TypeError);
});
