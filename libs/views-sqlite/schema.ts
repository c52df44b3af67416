import type { DatabaseSync } from 'node:sqlite';

/** Form of the tables. A file of another form is emptied: the projector fills it again from the ledger. */
const FORM = 2;

const TABLES = `
CREATE TABLE checkpoints (
  alliance TEXT NOT NULL, projection TEXT NOT NULL, version INTEGER NOT NULL, seq INTEGER NOT NULL, hash TEXT,
  outdated INTEGER NOT NULL DEFAULT 0, parked_seq INTEGER, parked_cause TEXT,
  PRIMARY KEY (alliance, projection)
) STRICT, WITHOUT ROWID;
CREATE INDEX parked ON checkpoints (alliance, projection) WHERE parked_seq IS NOT NULL;
CREATE TABLE view_rows (
  alliance TEXT NOT NULL, projection TEXT NOT NULL, key TEXT NOT NULL, doc TEXT NOT NULL, tags TEXT NOT NULL,
  PRIMARY KEY (alliance, projection, key)
) STRICT;
CREATE TABLE tags (
  alliance TEXT NOT NULL, projection TEXT NOT NULL, tag TEXT NOT NULL, key TEXT NOT NULL,
  PRIMARY KEY (alliance, projection, tag, key)
) STRICT, WITHOUT ROWID;
`;

export function setUp(database: DatabaseSync): void {
  database.exec('PRAGMA busy_timeout = 2000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
}

/** Sets the connection up and makes the tables when they are not there. */
export function prepareFile(database: DatabaseSync): void {
  setUp(database);
  const form = database.prepare('PRAGMA user_version').get()?.['user_version'];
  if (form === FORM) return;
  database.exec('BEGIN IMMEDIATE');
  for (const table of ['checkpoints', 'view_rows', 'tags']) database.exec(`DROP TABLE IF EXISTS ${table}`);
  database.exec(`${TABLES} PRAGMA user_version = ${FORM}; COMMIT`);
}

const OF_PLACE = 'alliance = ?1 AND projection = ?2';

/** The statements that read, prepared once. Parameters stand in the order alliance, projection, then their own. */
export function prepareReads(database: DatabaseSync) {
  const prepare = (sql: string) => database.prepare(sql);
  return {
    begin: prepare('BEGIN'),
    end: prepare('COMMIT'),
    checkpoint: prepare(`SELECT * FROM checkpoints WHERE ${OF_PLACE}`),
    parked: prepare(
      `SELECT alliance, projection, parked_seq AS seq, parked_cause AS cause FROM checkpoints
       WHERE parked_seq IS NOT NULL ORDER BY alliance, projection LIMIT ?1`,
    ),
    row: prepare(`SELECT doc, tags FROM view_rows WHERE ${OF_PLACE} AND key = ?3`),
    byPrefix: prepare(
      `SELECT key, doc, tags FROM view_rows WHERE ${OF_PLACE} AND key >= ?3 AND key < ?4 AND key > ?5
       ORDER BY key LIMIT ?6`,
    ),
    byTag: prepare(
      `SELECT key, doc, view_rows.tags AS tags FROM tags JOIN view_rows USING (alliance, projection, key)
       WHERE ${OF_PLACE} AND tag = ?3 AND key > ?4 ORDER BY key LIMIT ?5`,
    ),
  };
}

/** The statements that write, with the same order of parameters. */
export function prepareWrites(database: DatabaseSync) {
  const prepare = (sql: string) => database.prepare(sql);
  return {
    begin: prepare('BEGIN IMMEDIATE'),
    end: prepare('COMMIT'),
    move: prepare(`UPDATE checkpoints SET version = ?3, seq = ?4, hash = ?5 WHERE ${OF_PLACE} AND seq = ?6`),
    make: prepare(
      `INSERT INTO checkpoints (alliance, projection, version, seq, hash) VALUES (?1, ?2, ?3, ?4, ?5)
       ON CONFLICT DO UPDATE SET version = ?3, seq = ?4, hash = ?5 WHERE seq = ?6`,
    ),
    renew: prepare(`UPDATE checkpoints SET outdated = 0, parked_seq = NULL, parked_cause = NULL WHERE ${OF_PLACE}`),
    park: prepare(`UPDATE checkpoints SET parked_seq = ?3, parked_cause = ?4 WHERE ${OF_PLACE}`),
    unpark: prepare(`UPDATE checkpoints SET parked_seq = NULL, parked_cause = NULL WHERE ${OF_PLACE}`),
    reset: prepare(`UPDATE checkpoints SET outdated = 1, parked_seq = NULL, parked_cause = NULL WHERE ${OF_PLACE}`),
    tags: prepare(`SELECT tags FROM view_rows WHERE ${OF_PLACE} AND key = ?3`),
    insert: prepare(
      `INSERT INTO view_rows (alliance, projection, key, doc, tags) VALUES (?1, ?2, ?3, ?4, ?5)
       ON CONFLICT DO NOTHING`,
    ),
    update: prepare(`UPDATE view_rows SET doc = ?4, tags = ?5 WHERE ${OF_PLACE} AND key = ?3`),
    remove: prepare(`DELETE FROM view_rows WHERE ${OF_PLACE} AND key = ?3`),
    tag: prepare(`INSERT OR IGNORE INTO tags (alliance, projection, tag, key) VALUES (?1, ?2, ?3, ?4)`),
    untag: prepare(`DELETE FROM tags WHERE ${OF_PLACE} AND tag = ?3 AND key = ?4`),
    clear: prepare(`DELETE FROM view_rows WHERE ${OF_PLACE}`),
    clearTags: prepare(`DELETE FROM tags WHERE ${OF_PLACE}`),
  };
}
