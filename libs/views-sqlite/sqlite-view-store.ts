import type { Id } from '#kernel';
import { ViewStore } from '#views';
import type { Checkpoint, KeyedRow, Parked, ParkedProjection, Row, RowChange, RowQuery } from '#views';
import { DatabaseSync } from 'node:sqlite';
import { prepareFile, prepareReads } from './schema.js';
import { tagsIn, tagText } from './tags.js';
import { ThreadWriter } from './thread-writer.js';
import { ViewWriter } from './view-writer.js';
import type { Mark, StoredChange, Written } from './view-writer.js';

/** Commits that are written in one transaction of the file, at most. */
const MAX_GROUP = 256;

interface Waiting {
  readonly change: StoredChange;
  readonly resolve: (committed: boolean) => void;
  readonly reject: (error: unknown) => void;
}

interface Asked {
  readonly of: readonly [Id, string, string];
  readonly resolve: (row: Row | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** Here, or in a thread of its own. */
interface Writer {
  write(changes: readonly StoredChange[]): readonly Written[] | Promise<readonly Written[]>;
  mark(mark: Mark): void | Promise<void>;
}

export interface SqliteViewOptions {
  /** Writes, and works the write-ahead log off, in a thread of its own. */
  readonly writingThread?: boolean;
  /** For tests: arguments of Node with which the thread finds sources that are not built. */
  readonly threadArguments?: readonly string[];
}

/**
 * Views in one SQLite file. Commits asked for in one turn of the event loop are written in one transaction.
 * `synchronous = NORMAL`: a power cut may lose the newest commits whole, never half of one, and
 * the projector makes them again.
 */
export class SqliteViewStore extends ViewStore {
  private readonly database: DatabaseSync;
  private readonly statements: ReturnType<typeof prepareReads>;
  private readonly thread: ThreadWriter | undefined;
  private readonly writer: Writer;
  private waiting: Waiting[] = [];
  private asked: Asked[] = [];
  private writing: Promise<unknown> = Promise.resolve();

  constructor(path: string, { writingThread = false, threadArguments }: SqliteViewOptions = {}) {
    super();
    this.database = new DatabaseSync(path);
    prepareFile(this.database);
    this.statements = prepareReads(this.database);
    this.thread = writingThread ? new ThreadWriter(path, threadArguments) : undefined;
    this.writer = this.thread ?? new ViewWriter(this.database);
  }

  async checkpoint(alliance: Id, projection: string): Promise<Checkpoint | undefined> {
    const row = this.statements.checkpoint.get(alliance, projection) as CheckpointRow | undefined;
    return row && checkpointOf(row);
  }

  async commit(alliance: Id, projection: string, given: RowChange): Promise<boolean> {
    const change = storedChange(alliance, projection, given);
    return await new Promise((resolve, reject) => {
      if (this.waiting.length === 0)
        setImmediate(() => {
          this.flush();
        });
      this.waiting.push({ change, resolve, reject });
    });
  }

  async get(alliance: Id, projection: string, key: string): Promise<Row | undefined> {
    return await new Promise((resolve, reject) => {
      if (this.asked.length === 0)
        queueMicrotask(() => {
          this.readAsked();
        });
      this.asked.push({ of: [alliance, projection, key], resolve, reject });
    });
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

  async park(alliance: Id, projection: string, { seq, cause }: Parked): Promise<void> {
    await this.writer.mark({ sort: 'park', alliance, projection, values: [seq, cause] });
  }

  async unpark(alliance: Id, projection: string): Promise<void> {
    await this.writer.mark({ sort: 'unpark', alliance, projection, values: [] });
  }

  async reset(alliance: Id, projection: string): Promise<void> {
    await this.writer.mark({ sort: 'reset', alliance, projection, values: [] });
  }

  async listParked(limit: number): Promise<readonly ParkedProjection[]> {
    return this.statements.parked.all(limit).map((row) => ({ ...(row as unknown as ParkedProjection) }));
  }

  async close(): Promise<void> {
    this.flush();
    await this.writing;
    await this.thread?.close();
    this.database.close();
  }

  /** Rows that several alliances are folded on are asked for at once: the file is locked once for all of them. */
  private readAsked(): void {
    const { begin, end } = this.statements;
    const asked = this.asked;
    this.asked = [];
    try {
      if (asked.length > 1) begin.get();
      for (const one of asked) this.read(one);
      if (asked.length > 1) end.get();
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  }

  private read({ of, resolve, reject }: Asked): void {
    try {
      const row = this.statements.row.get(...of) as StoredRow | undefined;
      resolve(row && rowOf(row));
    } catch (error) {
      reject(error);
    }
  }

  private flush(): void {
    while (this.waiting.length > 0) this.writing = this.writeGroup(this.waiting.splice(0, MAX_GROUP));
  }

  /** Answers are given only after the transaction has ended. */
  private async writeGroup(group: readonly Waiting[]): Promise<void> {
    try {
      const written = await this.writer.write(group.map(({ change }) => change));
      for (const [place, { resolve, reject }] of group.entries()) {
        const outcome = written[place];
        if (typeof outcome === 'string') reject(new Error(outcome));
        else resolve(outcome === true);
      }
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}

function storedChange(alliance: Id, projection: string, change: RowChange): StoredChange {
  const { version, expectedSeq, nextSeq, nextHash = null, removed, replace = false } = change;
  const rows: string[] = [];
  for (const { key, doc, tags } of change.rows) rows.push(key, JSON.stringify(doc), tagText(tags));
  return { alliance, projection, version, expectedSeq, nextSeq, nextHash, replace, rows, removed };
}

interface StoredRow {
  readonly doc: string;
  readonly tags: string;
}

function rowOf({ doc, tags }: StoredRow): Row {
  return { doc: JSON.parse(doc) as unknown, tags: tagsIn(tags) };
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
