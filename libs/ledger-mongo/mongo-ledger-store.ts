import type { Id } from '#kernel';
import { assertOpeningRange, LedgerStore } from '#ledger';
import type { AppendResult, LedgerRow, StoredCommand, StoredEntry, StoredHead, StoredOpening } from '#ledger';
import { assertIndexes, connectMongo, prepareIndexes } from '#mongo';
import type { MongoAddress } from '#mongo';
import type { Connection } from 'mongoose';
import { setTimeout } from 'node:timers/promises';
import { Batch } from './batch.js';
import type { Pause } from './batch.js';
import { collectionsOf, ENTRY_INDEXES } from './documents.js';
import type { Collections } from './documents.js';
import { reading } from './errors.js';
import { fillOpenings } from './fill.js';
import { LostOpenings } from './lost-openings.js';
import { LedgerReads } from './reads.js';
import { InsertRings } from './rings.js';

export interface MongoLedgerOptions {
  /** Between tries at the same write. */
  readonly pause?: Pause;
}

const machinePause: Pause = async (ms) => {
  await setTimeout(ms);
};

/**
 * Ledgers in MongoDB, without transactions, on a standalone server, a replica set, or sharded by `alliance`. One
 * document per entry in `entries`, which is only ever inserted into. What is kept beside an entry and can be erased, its
 * openings and fingerprint, is one document of `openings` under the hash of the entry. It is written and acknowledged
 * before the entry and counts only when an entry of that hash is there: so the two appear together or not at all.
 */
export class MongoLedgerStore extends LedgerStore {
  private readonly collections: Collections;
  private readonly reads: LedgerReads;
  private readonly lost: LostOpenings;
  private readonly underWay = new Set<Promise<unknown>>();

  private constructor(
    private readonly connection: Connection,
    private readonly pause: Pause,
  ) {
    super();
    this.collections = collectionsOf(connection);
    this.reads = new LedgerReads(this.collections);
    this.lost = new LostOpenings(this.collections);
  }

  /** Ready when it resolves: throws IndexFault when a unique index is missing beside entries or is another one. */
  static async open(
    address: MongoAddress,
    { pause = machinePause }: MongoLedgerOptions = {},
  ): Promise<MongoLedgerStore> {
    const connection = await connectMongo(address);
    try {
      const store = new MongoLedgerStore(connection, pause);
      await prepareIndexes(store.collections.entries, ENTRY_INDEXES);
      return store;
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  /** For the readiness of a process: the server answers and the indexes are still what they must be. */
  async assertReady(): Promise<void> {
    await assertIndexes(this.collections.entries, ENTRY_INDEXES);
  }

  /**
   * A doorbell over all processes: rings soon after an entry of an alliance was inserted, or not at all (`lost` says
   * why). Gives back what ends it.
   */
  onInserted(ring: (alliance: Id) => void, lost: (error: unknown) => void): () => Promise<void> {
    const rings = new InsertRings(this.collections.entries, ring, lost);
    return () => rings.close();
  }

  async append(rows: readonly LedgerRow[]): Promise<readonly AppendResult[]> {
    return await this.writing(new Batch(this.collections, rows, this.pause).write());
  }

  async addOpenings(alliance: Id, openings: readonly StoredOpening[]): Promise<number> {
    return await this.writing(fillOpenings(this.collections, alliance, openings));
  }

  private async writing<T>(write: Promise<T>): Promise<T> {
    this.underWay.add(write);
    try {
      return await write;
    } finally {
      this.underWay.delete(write);
    }
  }

  async head(alliance: Id): Promise<StoredHead | undefined> {
    return await reading('head', () => this.reads.head(alliance));
  }

  async read(alliance: Id, fromSeq: number, limit: number): Promise<readonly StoredEntry[]> {
    return await reading('read', () => this.reads.read(alliance, fromSeq, limit));
  }

  async findCommand(alliance: Id, commandId: Id): Promise<StoredCommand | undefined> {
    return await reading('find command', () => this.reads.findCommand(alliance, commandId));
  }

  async openings(alliance: Id, fromSeq: number, toSeq: number): Promise<readonly StoredOpening[]> {
    assertOpeningRange(fromSeq, toSeq);
    return await reading('openings', () => this.reads.openings(alliance, fromSeq, toSeq));
  }

  async opening(alliance: Id, seq: number, event: number, name: string): Promise<StoredOpening | undefined> {
    const openings = await this.openings(alliance, seq, seq);
    return openings.find((opening) => opening.event === event && opening.name === name);
  }

  async alliances(after: Id | undefined, limit: number): Promise<readonly StoredHead[]> {
    return await reading('alliances', () => this.reads.alliances(after, limit));
  }

  /**
   * One turn of a sweep over what dead writers have left beside entries that never came; gives how many documents were
   * taken away. Any process may run it at any time.
   */
  async dropLostOpenings(): Promise<number> {
    return await reading('drop lost openings', () => this.lost.sweep());
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.underWay]);
    await this.connection.close();
  }
}
