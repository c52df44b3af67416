import { hashedId } from '#kernel';
import { projectorContract, viewStoreContract } from '#views/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
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
