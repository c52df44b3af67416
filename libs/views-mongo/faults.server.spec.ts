import { hashedId } from '#kernel';
import { connectMongo } from '#mongo';
import type { MongoAddress } from '#mongo';
import { Projector } from '#views';
import type { KeyedRow, RowChange } from '#views';
import { ManualTimer, rowsIn, rowsOf, toyGifts, toyHistory, ToyLedger } from '#views/testing';
import type { Connection, mongo } from 'mongoose';
import { randomBytes } from 'node:crypto';
import { startMongo } from '../../deploy/local/servers.mjs';
import type { MongoServer } from '../../deploy/local/servers.mjs';
import { MongoViewStore } from './index.js';
import { modelsOf } from './models.js';
import type { CheckpointDocument } from './models.js';
import { Rows } from './rows.js';

/** As often as an entry is tried before it is parked. */
const MAX_TRIES = 3;
const alliance = hashedId('alliance', 1);
const row = (key: string, doc: unknown, ...tags: string[]): KeyedRow => ({ key, doc, tags });
const change = (
  fromSeq: number,
  toSeq: number,
  rows: readonly KeyedRow[],
  more: Partial<RowChange> = {},
): RowChange => {
  return { version: 1, expectedSeq: fromSeq, nextSeq: toSeq, nextHash: `hash ${toSeq}`, rows, removed: [], ...more };
};

let server: MongoServer;
let address: MongoAddress;
let beside: Connection;
let store: MongoViewStore;
let other: MongoViewStore;
beforeAll(async () => {
  server = await startMongo({ failpoints: true });
});
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  address = { uri: server.uri, database: `views-${randomBytes(8).toString('hex')}` };
  beside = await connectMongo({ ...address, socketTimeoutMs: 120_000 });
  store = await MongoViewStore.open(address);
  other = await MongoViewStore.open(address);
  await store.commit(alliance, 'one', change(-1, 0, [row('a', 0, 'x'), row('b', 0, 'x')]));
});
afterEach(async () => {
  await failPoint('off');
  await Promise.all([store.close(), other.close()]);
  await beside.dropDatabase();
  await beside.close();
});

async function failPoint(mode: mongo.Document | string, data?: mongo.Document): Promise<void> {
  await beside.db?.admin().command({ configureFailPoint: 'failCommand', mode, ...(data && { data }) });
}

/** What another process sees. */
async function seen(): Promise<unknown[]> {
  await failPoint('off');
  const rows = await other.list(alliance, 'one', { tag: 'x' }, { limit: 10 });
  return [(await other.checkpoint(alliance, 'one'))?.seq, ...rows.map(({ key, doc }) => [key, doc])];
}

const BEFORE = [0, ['a', 0], ['b', 0]];
const AFTER = [5, ['a', 5], ['c', 5]];
const step = change(0, 5, [row('a', 5, 'x'), row('c', 5, 'x')], { removed: ['b'] });

describe('a commit that dies', () => {
  it.each([
    ['at the checkpoint', 0, BEFORE],
    ['before its rows', 1, AFTER],
    ['before its rows are known to be written', 2, AFTER],
  ])('%s is seen whole or not at all, and the next one goes on', async (_, skip, expected) => {
    await failPoint({ skip }, { failCommands: ['update'], errorCode: 13 });
    await expect(store.commit(alliance, 'one', step)).rejects.toMatchObject({ cause: { code: 13 } });
    expect(await seen()).toEqual(expected);
    const seq = Number(expected[0]);
    expect(await other.commit(alliance, 'one', change(seq, 9, [row('a', 9, 'x')]))).toBe(true);
    expect(await seen()).toEqual([9, ['a', 9], ...expected.slice(2)]);
  });

  it('as the first of its projection is seen whole', async () => {
    await failPoint('alwaysOn', { failCommands: ['update'], errorCode: 13 });
    await expect(store.commit(alliance, 'two', change(-1, 0, [row('a', 1)]))).rejects.toMatchObject({
      cause: { code: 13 },
    });
    await failPoint('off');
    expect(await other.get(alliance, 'two', 'a')).toEqual({ doc: 1, tags: [] });
  });

  it('in a rebuild leaves the rows as they were, and the rebuild can be made again', async () => {
    const rebuilt = change(0, 5, [row('a', 5, 'x'), row('c', 5, 'x')], { replace: true, version: 2 });
    await failPoint('alwaysOn', { failCommands: ['update'], errorCode: 13 });
    await expect(store.commit(alliance, 'one', rebuilt)).rejects.toMatchObject({ cause: { code: 13 } });
    expect(await seen()).toEqual(BEFORE);
    expect(await other.commit(alliance, 'one', rebuilt)).toBe(true);
    expect(await seen()).toEqual(AFTER);
  });

  it.each([1, 2, 3])(
    'with %d connections lost: whole or not at all, and the answer is not false to it',
    async (times) => {
      await failPoint({ times }, { failCommands: ['update'], closeConnection: true });
      const committed = await store.commit(alliance, 'one', step).catch(() => false);
      const shown = await seen();
      expect([BEFORE, AFTER]).toContainEqual(shown);
      if (committed) expect(shown).toEqual(AFTER);
    },
  );
});

it('a late writer of an older commit writes over nothing and brings nothing back', async () => {
  await store.commit(alliance, 'one', step);
  const making = { alliance, projection: 'one', generation: 'first' };
  const late = { rows: [row('a', 3, 'x'), row('b', 3, 'x')], removed: ['c'] };
  await new Rows(modelsOf(beside).rows).write(making, 3, late);
  expect(await seen()).toEqual(AFTER);
});

it('of many that commit on one checkpoint one wins, and its row is the one that is there', async () => {
  for (let seq = 0; seq < 25; seq += 1) {
    const writers = [store, other, store, other].map((by, n) =>
      by.commit(alliance, 'one', change(seq, seq + 1, [row('a', { seq, n }, 'x')])),
    );
    const won = (await Promise.all(writers)).flatMap((committed, n) => (committed ? [n] : []));
    expect(won).toHaveLength(1);
    expect((await other.get(alliance, 'one', 'a'))?.doc).toEqual({ seq, n: won[0] });
  }
});

it('is not ready when rows are found by tag over other fields, or not at all', async () => {
  const rows = beside.db?.collection('view_rows');
  await rows?.dropIndex('row_tag');
  await expect(MongoViewStore.open(address)).rejects.toMatchObject({ code: 'INDEX_FAULT' });
  await rows?.createIndex({ alliance: 1, tags: 1, key: 1 }, { name: 'row_tag' }, undefined);
  await expect(MongoViewStore.open(address)).rejects.toMatchObject({
    message: 'view_rows.row_tag is over other fields',
  });
});

it('a making whose answer was lost is not taken for that of another when the driver writes it again', async () => {
  await failPoint({ times: 1 }, { failCommands: ['insert'], closeConnection: true });
  const rows = new Rows(modelsOf(beside).rows);
  const making = { alliance, projection: 'one', generation: 'second' };
  const made = [row('a', 1, 'x'), row('b', 2, 'x')];
  await rows.make(making, 5, made);
  await rows.make(making, 5, made);
  expect(await rows.list(making, { prefix: '' }, { limit: 9 })).toEqual(made);
});

it.each([
  ['made for the first time', 'two', -1],
  ['made again', 'one', 0],
])('rows %s stay when the driver repeats the write of their checkpoint and is refused', async (_, projection, from) => {
  const { checkpoints } = modelsOf(beside);
  const [create, update] = [checkpoints.create.bind(checkpoints), checkpoints.updateOne.bind(checkpoints)];
  const repeated = [
    jest.spyOn(checkpoints, 'create').mockImplementation(async (place: unknown) => {
      await create(place as CheckpointDocument);
      throw Object.assign(new Error('duplicate'), { code: 11_000 });
    }),
    jest
      .spyOn(checkpoints, 'updateOne')
      .mockImplementationOnce(((...args: Parameters<typeof update>) =>
        update(...args).then((done) => ({ ...done, matchedCount: 0 }))) as never),
  ];
  const made = [row('a', 7, 'x'), row('c', 7, 'x')];
  const mine = new MongoViewStore(beside, async () => undefined);
  expect(await mine.commit(alliance, projection, change(from, 7, made, { replace: true, version: 2 }))).toBe(true);
  for (const one of repeated) one.mockRestore();
  expect((await other.checkpoint(alliance, projection))?.seq).toBe(7);
  expect(await other.list(alliance, projection, { prefix: '' }, { limit: 9 })).toEqual(made);
});

it.each([
  // The driver repeats what it may.
  ['away', { errorCode: 91 }, 2],
  ['closed to us', { errorCode: 13 }, 1],
])('a store that is %s parks nothing, however often it is asked', async (_, fault, each) => {
  const toys = new ToyLedger();
  const formed = toys.form(1);
  for (const one of toyHistory(1, 5)) toys.append(formed, one);
  const projections = [toyGifts];
  const projector = new Projector({ store, source: toys, projections, timer: new ManualTimer() });
  await projector.sweep();
  await projector.idle();
  for (const one of toyHistory(2, 5)) toys.append(formed, one);
  // As many as would park it, which could then be written down.
  const times = MAX_TRIES * each;
  await failPoint({ times }, { failCommands: ['update'], ...fault });
  for (let time = 0; time < MAX_TRIES + 1; time += 1) {
    await projector.sweep();
    await projector.idle();
  }
  await failPoint('off');
  expect(await store.listParked(9)).toEqual([]);
  await projector.sweep();
  await projector.idle();
  expect(await rowsIn(store, formed, projections)).toEqual(await rowsOf(toys, formed, projections));
});
