import type { DatabaseSync } from 'node:sqlite';

/** Form of the tables. A file of another form is emptied: the projector fills it again from the ledger. */
const FORM = 3;

const TABLES = `
CREATE TABLE checkpoints (
  place INTEGER PRIMARY KEY, alliance TEXT NOT NULL, projection TEXT NOT NULL,
  version INTEGER NOT NULL, seq INTEGER NOT NULL, hash TEXT,
  outdated INTEGER NOT NULL DEFAULT 0, parked_seq INTEGER, parked_cause TEXT,
  UNIQUE (alliance, projection)
) STRICT;
CREATE INDEX parked ON checkpoints (alliance, projection) WHERE parked_seq IS NOT NULL;
CREATE TABLE view_rows (
  place INTEGER NOT NULL, key TEXT NOT NULL, doc TEXT NOT NULL, tags TEXT NOT NULL,
  PRIMARY KEY (place, key)
) STRICT;
CREATE TABLE tags (
  place INTEGER NOT NULL, tag TEXT NOT NULL, key TEXT NOT NULL,
  PRIMARY KEY (place, tag, key)
) STRICT, WITHOUT ROWID;
`;

/** A document takes about a kilobyte: twice as many to a page, and half as many pages to write. Holds for a new file alone. */
const PAGE_BYTES = 8_192;

export function setUp(database: DatabaseSync): void {
  database.exec(
    `PRAGMA busy_timeout = 2000; PRAGMA page_size = ${PAGE_BYTES}; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL`,
  );
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

const OF_PROJECTION = 'alliance = ?1 AND projection = ?2';
/** Rows and tags stand under the number of their projection of their alliance: two names in each would double them. */
const OF_PLACE = `place = (SELECT place FROM checkpoints WHERE ${OF_PROJECTION})`;

/** The statements that read, prepared once. Parameters stand in the order alliance, projection, then their own. */
export function prepareReads(database: DatabaseSync) {
  const prepare = (sql: string) => database.prepare(sql);
  return {
    begin: prepare('BEGIN'),
    end: prepare('COMMIT'),
    checkpoint: prepare(`SELECT * FROM checkpoints WHERE ${OF_PROJECTION}`),
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
      `SELECT key, doc, view_rows.tags AS tags FROM tags JOIN view_rows USING (place, key)
       WHERE ${OF_PLACE} AND tag = ?3 AND key > ?4 ORDER BY key LIMIT ?5`,
    ),
  };
}

/** The statements that write. Those of checkpoints are told alliance and projection, the others a place. */
export function prepareWrites(database: DatabaseSync) {
  const prepare = (sql: string) => database.prepare(sql);
  return {
    begin: prepare('BEGIN IMMEDIATE'),
    end: prepare('COMMIT'),
    move: prepare(
      `UPDATE checkpoints SET version = ?3, seq = ?4, hash = ?5 WHERE ${OF_PROJECTION} AND seq = ?6 RETURNING place`,
    ),
    make: prepare(
      `INSERT INTO checkpoints (alliance, projection, version, seq, hash) VALUES (?1, ?2, ?3, ?4, ?5)
       ON CONFLICT DO UPDATE SET version = ?3, seq = ?4, hash = ?5 WHERE seq = ?6 RETURNING place`,
    ),
    park: prepare(`UPDATE checkpoints SET parked_seq = ?3, parked_cause = ?4 WHERE ${OF_PROJECTION}`),
    unpark: prepare(`UPDATE checkpoints SET parked_seq = NULL, parked_cause = NULL WHERE ${OF_PROJECTION}`),
    reset: prepare(
      `UPDATE checkpoints SET outdated = 1, parked_seq = NULL, parked_cause = NULL WHERE ${OF_PROJECTION}`,
    ),
    renew: prepare('UPDATE checkpoints SET outdated = 0, parked_seq = NULL, parked_cause = NULL WHERE place = ?1'),
    tags: prepare('SELECT tags FROM view_rows WHERE place = ?1 AND key = ?2'),
    insert: prepare('INSERT INTO view_rows (place, key, doc, tags) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING'),
    update: prepare('UPDATE view_rows SET doc = ?3, tags = ?4 WHERE place = ?1 AND key = ?2'),
    remove: prepare('DELETE FROM view_rows WHERE place = ?1 AND key = ?2'),
    tag: prepare('INSERT OR IGNORE INTO tags (place, tag, key) VALUES (?1, ?2, ?3)'),
    untag: prepare('DELETE FROM tags WHERE place = ?1 AND tag = ?2 AND key = ?3'),
    /** Of one tag, all that stand under it, as a list in JSON: one statement for them costs half as much. */
    tagAll: prepare('INSERT INTO tags (place, tag, key) SELECT ?1, ?2, value FROM json_each(?3)'),
    clear: prepare('DELETE FROM view_rows WHERE place = ?1'),
    clearTags: prepare('DELETE FROM tags WHERE place = ?1'),
  };
}
