import { hashedId } from '#kernel';
import { FROM_SOURCES } from '#ledger-sqlite/testing';
import { progressContract, projectorContract, viewStoreContract } from '#views/testing';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { SqliteViewStore } from './sqlite-view-store.js';

const folder = mkdtempSync(join(tmpdir(), 'views-'));
let files = 0;
const path = () => join(folder, `${files}.sqlite`);
const open = () => {
  files += 1;
  return new SqliteViewStore(path());
};

afterAll(() => {
  rmSync(folder, { recursive: true });
});

viewStoreContract('SQLite', open, () => new SqliteViewStore(path()));
projectorContract('SQLite', () => new SqliteViewStore(':memory:'));
progressContract('SQLite', () => new SqliteViewStore(':memory:'));

const inThread = { writingThread: true, threadArguments: FROM_SOURCES };
viewStoreContract(
  'SQLite, written in a thread',
  () => {
    files += 1;
    return new SqliteViewStore(path(), inThread);
  },
  () => new SqliteViewStore(path(), inThread),
);

const alliance = hashedId('alliance', 1);
const change = { version: 1, expectedSeq: -1, nextSeq: 0, nextHash: undefined, removed: [] };

it('writes nothing of a change that cannot be written, and all of the one beside it', async () => {
  const store = open();
  const rows = [
    { key: 'a', doc: 1, tags: [] },
    { key: 'b', doc: 1n, tags: [] },
  ];
  const broken = store.commit(alliance, 'one', { ...change, rows });
  const good = store.commit(alliance, 'two', { ...change, rows: rows.slice(0, 1) });
  await expect(broken).rejects.toThrow('BigInt');
  expect(await good).toBe(true);
  expect(await store.checkpoint(alliance, 'one')).toBeUndefined();
  expect(await store.get(alliance, 'one', 'a')).toBeUndefined();
  expect(await store.get(alliance, 'two', 'a')).toEqual({ doc: 1, tags: [] });
  await store.close();
});

it('empties a file of another form', async () => {
  const store = open();
  await store.commit(alliance, 'one', { ...change, rows: [] });
  await store.close();
  const database = new DatabaseSync(path());
  database.exec('PRAGMA user_version = 99; DROP TABLE tags');
  database.close();
  const again = new SqliteViewStore(path());
  expect(await again.checkpoint(alliance, 'one')).toBeUndefined();
  expect(await again.commit(alliance, 'one', { ...change, rows: [{ key: 'a', doc: 1, tags: ['x'] }] })).toBe(true);
  await again.close();
});

it('a row that cannot be read takes none along that is read with it', async () => {
  const store = open();
  const rows = ['a', 'b', 'c'].map((key) => ({ key, doc: key, tags: [] }));
  await store.commit(alliance, 'one', { ...change, rows });
  const database = new DatabaseSync(path());
  database.exec("UPDATE view_rows SET doc = 'no JSON' WHERE key = 'b'");
  database.close();
  const read = await Promise.allSettled(['a', 'b', 'c', 'd'].map((key) => store.get(alliance, 'one', key)));
  expect(read.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  await store.commit(alliance, 'one', {
    ...change,
    expectedSeq: 0,
    nextSeq: 1,
    rows: [{ key: 'b', doc: 'B', tags: [] }],
  });
  expect(await Promise.all(['a', 'b'].map((key) => store.get(alliance, 'one', key)))).toMatchObject([
    { doc: 'a' },
    { doc: 'B' },
  ]);
});

describe('the writing thread', () => {
  const LARGE = 'x'.repeat(1_000_000);
  /** Longer than this the log is never worked off. */
  const MOST_LOOKS = 500;

  it('works the write-ahead log off while nobody asks for it', async () => {
    files += 1;
    const store = new SqliteViewStore(path(), inThread);
    await store.commit(alliance, 'one', { ...change, rows: [{ key: 'a', doc: LARGE, tags: [] }] });
    for (let looks = 0; statSync(path()).size < LARGE.length && looks < MOST_LOOKS; looks++) await setTimeout(10);
    expect(statSync(path()).size).toBeGreaterThan(LARGE.length);
    await store.close();
  });

  it('ends with everything written that was asked before', async () => {
    files += 1;
    const store = new SqliteViewStore(path(), inThread);
    const committed = Array.from({ length: 600 }, (_, n) => store.commit(alliance, `p${n}`, { ...change, rows: [] }));
    await store.close();
    expect(new Set(await Promise.all(committed))).toEqual(new Set([true]));
  });

  it('that ends by itself leaves what was asked undone, says so, and is followed by another', async () => {
    const withoutTables = open();
    const store = new SqliteViewStore(path(), inThread);
    for (const end of ['', '-wal', '-shm']) rmSync(`${path()}${end}`, { force: true });
    await expect(store.commit(alliance, 'one', { ...change, rows: [] })).rejects.toThrow(
      'the writer of the views ended',
    );
    const again = new SqliteViewStore(path());
    expect(await store.commit(alliance, 'one', { ...change, rows: [] })).toBe(true);
    expect((await again.checkpoint(alliance, 'one'))?.seq).toBe(0);
    for (const one of [withoutTables, store, again]) await one.close();
    await expect(store.reset(alliance, 'one')).rejects.toThrow('closed');
  });
});
