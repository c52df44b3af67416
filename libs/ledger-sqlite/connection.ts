import { OutcomeUnknown, StoreFailed } from '#ledger';
import { DatabaseSync } from 'node:sqlite';

/** Older versions can lose a write-ahead log that a checkpoint resets under a second writer. */
export const MIN_SQLITE = '3.51.3';
/** How long a connection waits for another one's lock. */
const BUSY_TIMEOUT_MS = 5_000;
const FULL = 2;
const SQLITE_FULL = 13;

export type Access = 'write' | 'read';

/**
 * Opens a database file with the promises that the ledger rests on, and asserts them: write-ahead log, a flush at every
 * commit, a version without known losses, deleted bytes overwritten. Only checkpoints asked for are made.
 */
export function openDatabase(file: string, access: Access): DatabaseSync {
  return wrapped(`open ${file}`, () => {
    const db = new DatabaseSync(file, { readOnly: access === 'read', timeout: BUSY_TIMEOUT_MS });
    try {
      if (access === 'write')
        db.exec('PRAGMA journal_mode = WAL; PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 0;');
      db.exec('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
      assertPromises(db);
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

function assertPromises(db: DatabaseSync): void {
  const version = String(valueOf(db, 'SELECT sqlite_version()'));
  if (version.localeCompare(MIN_SQLITE, 'en', { numeric: true }) < 0) {
    throw new StoreFailed(`SQLite ${MIN_SQLITE} or newer is needed, this is ${version}`);
  }
  const mode = valueOf(db, 'PRAGMA journal_mode');
  if (mode !== 'wal') throw new StoreFailed(`the database has no write-ahead log (journal mode ${String(mode)})`);
  if (valueOf(db, 'PRAGMA synchronous') !== FULL) throw new StoreFailed('the database does not flush at every commit');
}

export function valueOf(db: DatabaseSync, sql: string): unknown {
  return Object.values(db.prepare(sql).get() ?? {})[0];
}

/** Runs what touches the driver; its errors leave as StoreFailed. */
export function wrapped<T>(what: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw failure(what, error);
  }
}

/** The port's error for an error of the driver. In a test run those are not `instanceof Error`: they are known by code. */
export function failure(what: string, cause: unknown): StoreFailed | OutcomeUnknown {
  if (cause instanceof StoreFailed || cause instanceof OutcomeUnknown) return cause;
  const code = isFull(cause) ? 'STORAGE_FULL' : 'STORAGE_FAILED';
  return new StoreFailed(`${what}: ${messageOf(cause)}`, code, { cause });
}

/** Extended result codes keep the primary one in their low byte. */
export function isFull(error: unknown): boolean {
  return (errcodeOf(error) & 0xff) === SQLITE_FULL;
}

export function errcodeOf(error: unknown): number {
  const errcode = typeof error === 'object' && error !== null && 'errcode' in error ? error.errcode : undefined;
  return typeof errcode === 'number' ? errcode : 0;
}

export function messageOf(error: unknown): string {
  const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  return String(message);
}
