import { assertOpeningRange, LedgerStore, StoreFailed } from '#ledger';
import type { AppendResult, LedgerRow, StoredCommand, StoredEntry, StoredHead, StoredOpening } from '#ledger';
import type { Id } from '#kernel';
import { join } from 'node:path';
import { backUp } from './backup.js';
import type { FolderLock } from './folder-lock.js';
import { ported, portError } from './port-errors.js';
import { LedgerReads } from './reads.js';
import { ThreadWriter } from './thread-writer.js';
import { LedgerWriter } from './writer.js';
import type { WriterHooks } from './writer.js';

export const LEDGER_FILE = 'ledger.sqlite';

export interface SqliteOptions {
  /** Writes on the calling thread: for tests, which run sources that a thread cannot load, and for short tools. */
  readonly inThread?: boolean;
  /** For tests: arguments of Node with which the threads find sources that are not built. */
  readonly threadArguments?: readonly string[];
  /** For tests, and only in the calling thread. */
  readonly hooks?: WriterHooks;
}

interface Writer {
  append(rows: readonly LedgerRow[]): Promise<readonly AppendResult[]>;
  addOpenings(alliance: Id, openings: readonly StoredOpening[]): Promise<number> | number;
  close(): Promise<void> | void;
}

/** Ledgers in one SQLite file: one connection writes, in a thread of its own, another one reads on the calling thread. */
export class SqliteLedgerStore extends LedgerStore {
  private lastBatch: Promise<unknown> | undefined;
  private isClosed = false;

  private constructor(
    readonly file: string,
    private readonly writer: Writer | undefined,
    private readonly reads: LedgerReads,
  ) {
    super();
  }

  /** Opens a folder to read and write, which only the holder of its lock may. Makes the file when missing. */
  static async open({ folder }: FolderLock, options: SqliteOptions = {}): Promise<SqliteLedgerStore> {
    const file = join(folder, LEDGER_FILE);
    try {
      const { inThread, hooks, threadArguments } = options;
      const writer = inThread ? new LedgerWriter(file, hooks) : await ThreadWriter.start(file, threadArguments);
      return new SqliteLedgerStore(file, writer, new LedgerReads(file));
    } catch (error) {
      throw portError('open', error);
    }
  }

  /** Opens a folder to read only, also while another process writes. Appending is refused. */
  static openReadOnly(folder: string): SqliteLedgerStore {
    const file = join(folder, LEDGER_FILE);
    return ported('open', () => new SqliteLedgerStore(file, undefined, new LedgerReads(file)));
  }

  /** One transaction and one flush; batches given at once are written one after the other. */
  async append(rows: readonly LedgerRow[]): Promise<readonly AppendResult[]> {
    return await this.inTurn('append', (writer) => writer.append(rows));
  }

  async addOpenings(alliance: Id, openings: readonly StoredOpening[]): Promise<number> {
    return await this.inTurn('add openings', async (writer) => await writer.addOpenings(alliance, openings));
  }

  private async inTurn<T>(what: string, write: (writer: Writer) => Promise<T>): Promise<T> {
    const { writer } = this;
    if (!writer) throw new StoreFailed('opened to read only');
    const batch = this.lastBatch ? this.lastBatch.then(() => write(writer)) : write(writer);
    const ended = batch.then(
      () => undefined,
      () => undefined,
    );
    this.lastBatch = ended;
    try {
      return await batch;
    } catch (error) {
      throw portError(what, error);
    } finally {
      if (this.lastBatch === ended) this.lastBatch = undefined;
    }
  }

  async head(alliance: Id): Promise<StoredHead | undefined> {
    return ported('head', () => this.reads.head(alliance));
  }

  async read(alliance: Id, fromSeq: number, limit: number): Promise<readonly StoredEntry[]> {
    return ported('read', () => this.reads.read(alliance, fromSeq, limit));
  }

  override async bodies(alliance: Id, fromSeq: number, limit: number): Promise<readonly string[]> {
    return ported('read', () => this.reads.bodies(alliance, fromSeq, limit));
  }

  async findCommand(alliance: Id, commandId: Id): Promise<StoredCommand | undefined> {
    return ported('find command', () => this.reads.findCommand(alliance, commandId));
  }

  async openings(alliance: Id, fromSeq: number, toSeq: number): Promise<readonly StoredOpening[]> {
    assertOpeningRange(fromSeq, toSeq);
    return ported('openings', () => this.reads.openings(alliance, fromSeq, toSeq));
  }

  async opening(alliance: Id, seq: number, event: number, name: string): Promise<StoredOpening | undefined> {
    return ported('opening', () => this.reads.opening(alliance, seq, event, name));
  }

  async alliances(after: Id | undefined, limit: number): Promise<readonly StoredHead[]> {
    return ported('alliances', () => this.reads.alliances(after, limit));
  }

  /** A whole copy of the ledgers as of one moment, while they are written on. Gives its path. */
  async backup(toFolder: string): Promise<string> {
    return await backUp(this.file, toFolder);
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    await this.lastBatch;
    this.reads.close();
    await this.writer?.close();
  }
}
