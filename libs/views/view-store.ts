import type { Hash, Id } from '#kernel';
import type { KeyedRow, Row, RowQuery } from './view.js';

/** Why a projection of one alliance stands still, and the entry that it could not apply. */
export interface Parked {
  readonly seq: number;
  readonly cause: string;
}

/** How far one projection of one alliance has come. */
export interface Checkpoint {
  /** Version of the projection that made the rows. */
  readonly version: number;
  /** The entry applied last; -1 when none was. */
  readonly seq: number;
  readonly hash: Hash | undefined;
  /** The rows wait to be made again. */
  readonly outdated: boolean;
  readonly parked: Parked | undefined;
}

/** What one commit does to the rows and the checkpoint of one projection of one alliance. */
export interface RowChange {
  readonly version: number;
  /** The checkpoint that the change was made on; -1 for none. */
  readonly expectedSeq: number;
  readonly nextSeq: number;
  readonly nextHash: Hash | undefined;
  readonly rows: readonly KeyedRow[];
  readonly removed: readonly string[];
  /** True for a rebuild: every other row goes, the checkpoint is no longer outdated nor parked. */
  readonly replace?: boolean;
}

export interface ParkedProjection extends Parked {
  readonly alliance: Id;
  readonly projection: string;
}

/** The store was away, out of time or full: that says nothing of what it was given, which may be tried again. */
export class ViewStoreFailed extends Error {}

/**
 * Where the rows of the views live, with a checkpoint for each projection of each alliance. Everything in it can be
 * made again from the ledger. Rows of different alliances and projections never meet. Documents come back as the JSON
 * that they were; a member `undefined` is absent. Any method may reject, with ViewStoreFailed when it is about the store
 * and with another error when it is about what was asked; then nothing of that call is visible, or all of it is, and the
 * checkpoint tells which.
 */
export abstract class ViewStore {
  /** The checkpoint, or undefined when nothing was ever committed. */
  abstract checkpoint(alliance: Id, projection: string): Promise<Checkpoint | undefined>;

  /** The checkpoints of many alliances at a glance; one without is absent. */
  async checkpoints(alliances: readonly Id[], projection: string): Promise<ReadonlyMap<Id, Checkpoint>> {
    const found = new Map<Id, Checkpoint>();
    for (const alliance of alliances) {
      const checkpoint = await this.checkpoint(alliance, projection);
      if (checkpoint) found.set(alliance, checkpoint);
    }
    return found;
  }

  /**
   * Moves rows and checkpoint together: both are visible and durable, or neither. A compare-and-set: false, and nothing
   * is written, when the checkpoint is not at `expectedSeq`. Keeps a parked cause unless `replace` is set.
   */
  abstract commit(alliance: Id, projection: string, change: RowChange): Promise<boolean>;

  abstract get(alliance: Id, projection: string, key: string): Promise<Row | undefined>;

  /** Rows by a prefix of their key or by a tag, in the order of keys, at most `limit`, those behind `after`. */
  abstract list(
    alliance: Id,
    projection: string,
    query: RowQuery,
    page: { readonly limit: number; readonly after?: string | undefined },
  ): Promise<readonly KeyedRow[]>;

  /** Writes down why the projection stands still. Rows and seq stay. Nothing happens without a checkpoint. */
  abstract park(alliance: Id, projection: string, parked: Parked): Promise<void>;

  /** Takes the parked cause away. Idempotent. */
  abstract unpark(alliance: Id, projection: string): Promise<void>;

  /** Marks the rows as outdated and takes a parked cause away; rows stay readable until a rebuild replaces them. */
  abstract reset(alliance: Id, projection: string): Promise<void>;

  /** What is parked, at most `limit`, by alliance and projection. */
  abstract listParked(limit: number): Promise<readonly ParkedProjection[]>;

  /** Writes what is under way and lets go of the file. */
  abstract close(): Promise<void>;
}
