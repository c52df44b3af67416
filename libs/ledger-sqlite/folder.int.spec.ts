import { StoreFailed } from '#ledger';
import type { LedgerRow } from '#ledger';
import { chain, closing, formed, idOf, ledgerOn, seqsOf } from '#ledger/testing';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { FolderInUse, LEDGER_FILE, lockFolder, SqliteLedgerStore } from './index.js';
import type { FolderLock, SqliteOptions } from './index.js';
import { FROM_SOURCES, temporaryFolder } from './testing/index.js';
import { LedgerWriter, MAX_WAL_BYTES } from './writer.js';

let folder: string;
let lock: FolderLock;
let opened: SqliteLedgerStore[];
beforeEach(() => {
  opened = [];
  folder = temporaryFolder();
  lock = lockFolder(folder);
});
afterEach(async () => {
  for (const store of opened) await store.close();
  lock.release();
  rmSync(folder, { recursive: true });
});

const inThread: SqliteOptions = { inThread: true };
const inItsThread: SqliteOptions = { threadArguments: FROM_SOURCES };

async function open(options: SqliteOptions): Promise<SqliteLedgerStore> {
  const store = await SqliteLedgerStore.open(lock, options);
  opened.push(store);
  return store;
}

function openReadOnly(at: string): SqliteLedgerStore {
  const store = SqliteLedgerStore.openReadOnly(at);
  opened.push(store);
  return store;
}

it('a folder is locked until it is let go', () => {
  expect(() => lockFolder(folder)).toThrow(FolderInUse);
  lock.release();
  lock.release();
  lock = lockFolder(folder);
});

it('the tables are strict, and the file overwrites what it deletes', async () => {
  const store = await open(inThread);
  const db = new DatabaseSync(store.file);
  const tables = db
    .prepare('PRAGMA table_list')
    .all()
    .filter(({ schema, name }) => schema === 'main' && !String(name).startsWith('sqlite_'));
  expect(tables.map(({ name, strict }) => [name, strict]).sort()).toEqual([
    ['entries', 1],
    ['openings', 1],
  ]);
  expect(Object.values(db.prepare('PRAGMA journal_mode').get() ?? {})).toEqual(['wal']);
  db.close();
});

it.each([
  [
    'tables of a newer program',
    (db: DatabaseSync) => {
      db.exec('PRAGMA user_version = 99');
    },
    /version 99/,
  ],
])('%s are refused', async (_, spoil, message) => {
  const store = await open(inThread);
  await store.close();
  const db = new DatabaseSync(store.file);
  spoil(db);
  db.close();
  await expect(open(inThread)).rejects.toThrow(message);
  await expect(open(inThread)).rejects.toThrow(StoreFailed);
  await expect(open(inItsThread)).rejects.toMatchObject({
    code: 'STORAGE_FAILED',
  });
});

it('another process may read while one writes, and may not write', async () => {
  const writing = await open(inThread);
  const reading = openReadOnly(folder);
  const alliance = await formed(ledgerOn(writing));
  expect((await reading.head(alliance))?.seq).toBe(0);
  await expect(reading.append(chain(idOf('a'), 1))).rejects.toThrow(StoreFailed);
  await writing.close();
  await reading.close();
  const later = openReadOnly(folder);
  expect((await later.head(alliance))?.seq).toBe(0);
});

it('a folder without a ledger cannot be opened to read', () => {
  expect(() => openReadOnly(join(folder, 'nothing'))).toThrow(StoreFailed);
});

it('an error of the driver leaves as StoreFailed, nothing of its batch is stored, and the next one is', async () => {
  const store = await open(inItsThread);
  const [good] = chain(idOf('a'), 1);
  if (!good) throw new Error('a row');
  const opening = { event: 0, name: 'title', salt: 'salt', payload: '"twice"' };
  const bad = { ...good, alliance: idOf('b'), openings: [opening, opening] };
  await expect(store.append([good, bad])).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
  expect(await store.alliances(undefined, 10)).toEqual([]);
  expect(await store.append([good])).toEqual(['stored']);
});

it('a backup is taken while commands are recorded, is whole, and never replaces another', async () => {
  const store = await open(inItsThread);
  const ledger = ledgerOn(store);
  const alliance = await formed(ledger);
  const record = (from: number) =>
    Promise.all(
      Array.from({ length: 500 }, (_, n) => ledger.execute(alliance, closing(idOf(from + n), [idOf('p', from + n)]))),
    );
  await record(0);
  const copies = join(folder, 'copies');
  const [path] = await Promise.all([store.backup(copies), record(1_000)]);
  expect(path).toBe(join(copies, LEDGER_FILE));
  expect(readdirSync(copies)).toEqual([LEDGER_FILE]);
  const copy = openReadOnly(copies);
  const seqs = await seqsOf(copy, alliance);
  expect(seqs.length).toBeGreaterThan(500);
  expect(seqs).toEqual(seqs.map((_, index) => index));
  await expect(store.backup(copies)).rejects.toThrow(/exists already/);
});

it('a backup that fails leaves nothing behind', async () => {
  const store = await open(inThread);
  const copies = join(folder, 'copies');
  mkdirSync(join(copies, `${LEDGER_FILE}.${String(process.pid)}.partial`), { recursive: true });
  await expect(store.backup(copies)).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
  expect(existsSync(join(copies, LEDGER_FILE))).toBe(false);
});

it('the write-ahead log stays bounded when nothing else works it off', async () => {
  const writer = new LedgerWriter(join(folder, LEDGER_FILE));
  const body = 'x'.repeat(60_000);
  const rows = chain(idOf('a'), 4_000).map((row) => ({ ...row, body }));
  for (let from = 0; from < rows.length; from += 100) {
    expect(new Set(await writer.append(rows.slice(from, from + 100)))).toEqual(new Set(['stored']));
  }
  expect(statSync(join(folder, `${LEDGER_FILE}-wal`)).size).toBeLessThan(1.5 * MAX_WAL_BYTES);
  writer.close();
});

it('a batch that failed half way leaves nothing that the next one would stand behind', async () => {
  const [first, second, third] = chain(idOf('a'), 3) as [LedgerRow, LedgerRow, LedgerRow];
  let left = Infinity;
  const afterStatement = (): void => {
    if (--left === 0) throw new Error('no more');
  };
  const store = await open({ inThread: true, hooks: { afterStatement } });
  expect(await store.append([first])).toEqual(['stored']);
  left = 3;
  await expect(store.append([second, third])).rejects.toThrow(StoreFailed);
  expect(await store.append([second, third])).toEqual(['stored', 'stored']);
});
