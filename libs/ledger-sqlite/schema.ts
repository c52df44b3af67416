import type { DatabaseSync } from 'node:sqlite';
import { valueOf } from './connection.js';
import { SqliteFailed } from './errors.js';

/** Version of the tables, kept in the file's `user_version`. */
export const SCHEMA_VERSION = 1;

const TABLES = `
  CREATE TABLE entries (
    alliance TEXT NOT NULL,
    seq INTEGER NOT NULL,
    command_id TEXT NOT NULL,
    id TEXT NOT NULL,
    at TEXT NOT NULL,
    hash TEXT NOT NULL,
    body TEXT NOT NULL,
    fingerprint_salt TEXT,
    fingerprint_mac TEXT,
    PRIMARY KEY (alliance, seq),
    UNIQUE (alliance, command_id)
  ) STRICT;
  CREATE TABLE openings (
    alliance TEXT NOT NULL,
    seq INTEGER NOT NULL,
    event INTEGER NOT NULL,
    name TEXT NOT NULL,
    salt TEXT NOT NULL,
    payload TEXT NOT NULL,
    PRIMARY KEY (alliance, seq, event, name)
  ) STRICT, WITHOUT ROWID;
`;

/** Makes the tables in a new file; refuses a file that a newer program wrote. */
export function prepareTables(db: DatabaseSync): void {
  const version = Number(valueOf(db, 'PRAGMA user_version'));
  if (version === SCHEMA_VERSION) return;
  if (version !== 0) throw new SqliteFailed(`ledger tables of version ${version} are not known to this program`);
  db.exec(`BEGIN IMMEDIATE; ${TABLES} PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT;`);
}
