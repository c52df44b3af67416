import type { Id } from '#kernel';
import { ViewStore } from '#views';
import type { Checkpoint, KeyedRow, Parked, ParkedProjection, Row, RowChange, RowQuery } from '#views';
import { DatabaseSync } from 'node:sqlite';
import { CheckpointThread } from './checkpoints.js';
import { prepareFile, prepareStatements } from './schema.js';

/** Commits that are written in one transaction of the file, at most. */
const MAX_GROUP = 256;

interface Waiting {
  readonly alliance: Id;
  readonly projection: string;
  readonly change: RowChange;
  readonly resolve: (committed: boolean) => void;
  readonly reject: (error: unknown) => void;
}

export interface SqliteViewOptions {
  /** Works the write-ahead log off in a thread of its own, so that no commit waits for the disk. */
  readonly checkpointThread?: boolean;
}

/**
 * Views in one SQLite file. Commits asked for in one turn of the event loop are written in one transaction.
 * `synchronous = NORMAL`: a power cut may lose the newest commits whole, never half of one, and
 * the projector makes them again.
 */
export class SqliteViewStore extends ViewStore {
  private readonly database: DatabaseSync;
  private readonly statements: ReturnType<typeof prepareStatements>;
  private readonly checkpoints: CheckpointThread | undefined;
  private waiting: Waiting[] = [];

  constructor(path: string, { checkpointThread = false }: SqliteViewOptions = {}) {
    super();
    this.database = new DatabaseSync(path);
    prepareFile(this.database);
    this.statements = prepareStatements(this.database);
    this.checkpoints = checkpointThread ? CheckpointThread.beside(this.database, path) : undefined;
  }

  async checkpoint(alliance: Id, projection: string): Promise<Checkpoint | undefined> {
    const row = this.statements.checkpoint.get(alliance, projection) as CheckpointRow | undefined;
    return row && checkpointOf(row);
  }

  commit(alliance: Id, projection: string, change: RowChange): Promise<boolean> {
    return new Promise((resolve, reject) => {
      if (this.waiting.length === 0)
        setImmediate(() => {
          this.flush();
        });
      this.waiting.push({ alliance, projection, change, resolve, reject });
    });
  }

  async get(alliance: Id, projection: string, key: string): Promise<Row | undefined> {
    const row = this.statements.row.get(alliance, projection, key) as StoredRow | undefined;
    return row && rowOf(row);
  }

  async list(
    alliance: Id,
    projection: string,
    query: RowQuery,
    page: { readonly limit: number; readonly after?: string | undefined },
  ): Promise<readonly KeyedRow[]> {
    const { byPrefix, byTag } = this.statements;
    const { limit, after = '' } = page;
    const found =
      'prefix' in query
        ? byPrefix.all(alliance, projection, query.prefix, `${query.prefix}\u{10ffff}`, after, limit)
        : byTag.all(alliance, projection, query.tag, after, limit);
    return (found as unknown as (StoredRow & { key: string })[]).map((row) => ({ key: row.key, ...rowOf(row) }));
  }

  async park(alliance: Id, projection: string, parked: Parked): Promise<void> {
    this.statements.park.run(alliance, projection, parked.seq, parked.cause);
  }

  async unpark(alliance: Id, projection: string): Promise<void> {
    this.statements.unpark.run(alliance, projection);
  }

  async reset(alliance: Id, projection: string): Promise<void> {
    this.statements.reset.run(alliance, projection);
  }

  async listParked(limit: number): Promise<readonly ParkedProjection[]> {
    return this.statements.parked.all(limit).map((row) => ({ ...(row as unknown as ParkedProjection) }));
  }

  async close(): Promise<void> {
    this.flush();
    await this.checkpoints?.close();
    this.database.close();
  }

  private flush(): void {
    while (this.waiting.length > 0) {
      const group = this.waiting.slice(0, MAX_GROUP);
      this.waiting = this.waiting.slice(MAX_GROUP);
      this.writeGroup(group);
    }
  }

  /** Answers are given only after the transaction has ended. */
  private writeGroup(group: readonly Waiting[]): void {
    let broken: Waiting | undefined;
    try {
      this.statements.begin.run();
      const answers = group.map((waiting) => {
        broken = waiting;
        return this.write(waiting);
      });
      broken = undefined;
      this.statements.end.run();
      for (const [place, { resolve }] of group.entries()) resolve(answers[place] === true);
    } catch (error) {
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
      // One that cannot be written takes nothing along with it: each is tried by itself.
      if (broken && group.length > 1) for (const waiting of group) this.writeGroup([waiting]);
      else for (const { reject } of group) reject(error);
    }
  }

  private write({ alliance, projection, change }: Waiting): boolean {
    const { move, make, renew, clear, clearTags } = this.statements;
    const { version, nextSeq, nextHash = null, expectedSeq } = change;
    const step = expectedSeq < 0 ? make : move;
    if (step.run(alliance, projection, version, nextSeq, nextHash, expectedSeq).changes === 0) return false;
    if (change.replace) {
      clear.run(alliance, projection);
      clearTags.run(alliance, projection);
      renew.run(alliance, projection);
    }
    for (const key of change.removed) this.remove(alliance, projection, key);
    for (const row of change.rows) this.put(alliance, projection, row);
    return true;
  }

  private put(alliance: Id, projection: string, { key, doc, tags }: KeyedRow): void {
    const { insert, update, tag } = this.statements;
    const [stored, given] = [JSON.stringify(doc), JSON.stringify(tags)];
    if (insert.run(alliance, projection, key, stored, given).changes === 0) {
      const isSame = this.statements.tags.get(alliance, projection, key)?.['tags'] === given;
      if (!isSame) this.untag(alliance, projection, key);
      update.run(alliance, projection, key, stored, given);
      if (isSame) return;
    }
    for (const one of tags) tag.run(alliance, projection, one, key);
  }

  private remove(alliance: Id, projection: string, key: string): void {
    this.untag(alliance, projection, key);
    this.statements.remove.run(alliance, projection, key);
  }

  /** Which tags a row stands under is written in the row alone: an index by row would cost a page for each new one. */
  private untag(alliance: Id, projection: string, key: string): void {
    const before = this.statements.tags.get(alliance, projection, key)?.['tags'] as string | undefined;
    for (const one of JSON.parse(before ?? '[]') as string[]) this.statements.untag.run(alliance, projection, one, key);
  }
}

interface StoredRow {
  readonly doc: string;
  readonly tags: string;
}

function rowOf({ doc, tags }: StoredRow): Row {
  return { doc: JSON.parse(doc) as unknown, tags: JSON.parse(tags) as string[] };
}

interface CheckpointRow {
  readonly version: number;
  readonly seq: number;
  readonly hash: string | null;
  readonly outdated: number;
  readonly parked_seq: number | null;
  readonly parked_cause: string | null;
}

function checkpointOf(row: CheckpointRow): Checkpoint {
  return {
    version: row.version,
    seq: row.seq,
    hash: row.hash ?? undefined,
    outdated: row.outdated === 1,
    parked: row.parked_seq === null ? undefined : { seq: row.parked_seq, cause: row.parked_cause ?? '' },
  };
}
