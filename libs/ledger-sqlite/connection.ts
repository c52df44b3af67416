import { DatabaseSync } from 'node:sqlite';
import { SqliteFailed, wrapped } from './errors.js';

/** Older versions can lose a write-ahead log that a checkpoint resets under a second writer. */
export const MIN_SQLITE = '3.51.3';
/** How long a connection waits for another one's lock. */
const BUSY_TIMEOUT_MS = 5_000;
const FULL = 2;
/**
 * Of a new file. A commit writes each page that it touches whole, and the entries of many alliances touch one page of
 * each index per entry: at half of SQLite's 4,096 bytes a third less is written, and reads cost the same.
 */
export const PAGE_BYTES = 2_048;

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
        db.exec(
          `PRAGMA page_size = ${PAGE_BYTES}; PRAGMA journal_mode = WAL; PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 0;`,
        );
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
    throw new SqliteFailed(`SQLite ${MIN_SQLITE} or newer is needed, this is ${version}`);
  }
  const mode = valueOf(db, 'PRAGMA journal_mode');
  if (mode !== 'wal') throw new SqliteFailed(`the database has no write-ahead log (journal mode ${String(mode)})`);
  if (valueOf(db, 'PRAGMA synchronous') !== FULL) throw new SqliteFailed('the database does not flush at every commit');
}

export function valueOf(db: DatabaseSync, sql: string): unknown {
  return Object.values(db.prepare(sql).get() ?? {})[0];
}
