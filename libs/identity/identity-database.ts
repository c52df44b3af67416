import { makeFolder } from '#platform';
import { basename, dirname, join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { IdentityFailed } from './identity-store.js';

/** How long a writer waits for another process, such as the command line beside the server. */
const BUSY_TIMEOUT_MS = 5_000;
/** Between two tries at what SQLite does not wait for by itself. */
const TRY_AGAIN_AFTER_MS = 10;
const SQLITE_BUSY = 5;
const SCHEMA_VERSION = 1;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS account (
    id TEXT PRIMARY KEY, label TEXT NOT NULL, created_at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS token (
    hash TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account (id), created_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS person_ref (
    ref TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account (id), alliance TEXT
  ) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS one_spare ON person_ref (account) WHERE alliance IS NULL;
  CREATE INDEX IF NOT EXISTS refs_of_account ON person_ref (account, alliance);
  CREATE TABLE IF NOT EXISTS formation (
    account TEXT NOT NULL REFERENCES account (id), key_hash TEXT NOT NULL, nonce TEXT NOT NULL,
    alliance TEXT, ref TEXT, PRIMARY KEY (account, key_hash)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS pending_act (
    id TEXT PRIMARY KEY, alliance TEXT NOT NULL, name TEXT NOT NULL, input TEXT NOT NULL, command TEXT NOT NULL,
    fingerprint TEXT NOT NULL, expires_at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS pending_signature (
    act TEXT NOT NULL REFERENCES pending_act (id), account TEXT NOT NULL, mandate TEXT NOT NULL, key_hash TEXT NOT NULL,
    UNIQUE (act, account)
  ) STRICT;
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

type Row = Readonly<Record<string, unknown>>;

/** The file of the identity store: statements prepared once, every error of the driver wrapped. */
export class IdentityDatabase {
  private readonly database: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();

  /** `file` may be `:memory:`. The folder is made; a file that another process has open is shared. */
  constructor(private readonly file: string) {
    this.database = wrapped(() => {
      if (file !== ':memory:') makeFolder(dirname(file));
      const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
      useWriteAheadLog(database);
      database.exec('PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;');
      database.exec(`BEGIN IMMEDIATE; ${SCHEMA} COMMIT;`);
      return database;
    });
  }

  all(sql: string, ...values: SQLInputValue[]): readonly Row[] {
    return wrapped(() => this.prepared(sql).all(...values) as Row[]);
  }

  first(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return wrapped(() => this.prepared(sql).get(...values) as Row | undefined);
  }

  /** Number of rows changed. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return wrapped(() => Number(this.prepared(sql).run(...values).changes));
  }

  /** All of `work` or nothing, alone among the processes that have the file open. */
  atOnce<T>(work: () => T): T {
    this.run('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.run('COMMIT');
      return result;
    } catch (fault) {
      this.run('ROLLBACK');
      throw fault;
    }
  }

  /** A whole copy in a folder, under the same name, while others go on writing. Gives its path. */
  async backup(toFolder: string): Promise<string> {
    const target = join(toFolder, basename(this.file));
    wrapped(() => {
      makeFolder(toFolder);
    });
    try {
      await backup(this.database, target);
    } catch (cause) {
      throw new IdentityFailed('the identity store was not copied', { cause });
    }
    return target;
  }

  close(): void {
    wrapped(() => {
      this.database.close();
    });
  }

  private prepared(sql: string): StatementSync {
    let statement = this.statements.get(sql);
    if (!statement) {
      statement = this.database.prepare(sql);
      this.statements.set(sql, statement);
    }
    return statement;
  }
}

/**
 * Two processes that open a new file at once both change its journal, and so may one that opens it while the last other
 * one closes it: SQLite then answers "locked" at once, without the timeout that every other statement waits.
 */
function useWriteAheadLog(database: DatabaseSync): void {
  const deadlineMs = performance.now() + BUSY_TIMEOUT_MS;
  for (;;) {
    try {
      database.exec('PRAGMA journal_mode = WAL');
      return;
    } catch (fault) {
      if (!isBusy(fault) || performance.now() > deadlineMs) throw fault;
      pauseThread(TRY_AGAIN_AFTER_MS);
    }
  }
}

/** Opening is synchronous, as everything here is. */
function pauseThread(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** Extended result codes keep the primary one in their low byte. */
function isBusy(fault: unknown): boolean {
  const errcode = typeof fault === 'object' && fault !== null && 'errcode' in fault ? Number(fault.errcode) : 0;
  return (errcode & 0xff) === SQLITE_BUSY;
}

function wrapped<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new IdentityFailed('the identity store failed', { cause });
  }
}
