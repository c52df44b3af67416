import type { Hash, Id } from '#kernel';
import { MemoryRows } from './memory-rows.js';
import type { Checkpoint, Parked, RowChange, ViewStore } from './view-store.js';
import type { Projection, Row } from './view.js';

type Step = Pick<RowChange, 'nextSeq' | 'nextHash' | 'rows' | 'removed'>;

/** Rows that one projection of one alliance asks the store for at once: a store over the network has few connections. */
export const MAX_READ_AT_ONCE = 16;

/** Where one projection of one alliance stands while it is moved forward. */
export interface Place {
  readonly projection: Projection;
  readonly seq: number;
  readonly hash: Hash | undefined;
  readonly parked: Parked | undefined;
  read(keys: ReadonlySet<string>): Promise<Map<string, Row | undefined>>;
  /** Moves rows and checkpoint together; false when somebody else moved them. */
  move(step: Step): Promise<boolean>;
  park(parked: Parked): Promise<void>;
}

/** A projection whose rows are in the store: every step is a commit. */
export class StoredPlace implements Place {
  seq: number;
  hash: Hash | undefined;
  parked: Parked | undefined;

  constructor(
    private readonly store: ViewStore,
    private readonly alliance: Id,
    readonly projection: Projection,
    checkpoint: Checkpoint,
  ) {
    ({ seq: this.seq, hash: this.hash, parked: this.parked } = checkpoint);
  }

  async read(keys: ReadonlySet<string>): Promise<Map<string, Row | undefined>> {
    const { name } = this.projection;
    const rows = new Map<string, Row | undefined>();
    const all = [...keys];
    for (let done = 0; done < all.length; done += MAX_READ_AT_ONCE) {
      await Promise.all(
        all.slice(done, done + MAX_READ_AT_ONCE).map(async (key) => {
          rows.set(key, await this.store.get(this.alliance, name, key));
        }),
      );
    }
    return rows;
  }

  async move(step: Step): Promise<boolean> {
    const { name, version } = this.projection;
    const moved = await this.store.commit(this.alliance, name, { version, expectedSeq: this.seq, ...step });
    if (moved) ({ nextSeq: this.seq, nextHash: this.hash } = step);
    return moved;
  }

  async park(parked: Parked): Promise<void> {
    await this.store.park(this.alliance, this.projection.name, parked);
    this.parked = parked;
  }
}

/** A projection that is made again: folded in memory, written in one commit at the end, then parked if need be. */
export class RebuiltPlace implements Place {
  seq = -1;
  hash: Hash | undefined;
  parked: Parked | undefined;
  private readonly rows = new MemoryRows();

  constructor(
    private readonly store: ViewStore,
    private readonly alliance: Id,
    readonly projection: Projection,
    private readonly replacedSeq: number,
  ) {}

  async read(keys: ReadonlySet<string>): Promise<Map<string, Row | undefined>> {
    const rows = new Map<string, Row | undefined>();
    for (const key of keys) rows.set(key, this.rows.at(key));
    return rows;
  }

  async move(step: Step): Promise<boolean> {
    for (const key of step.removed) this.rows.set(key, undefined);
    for (const { key, doc, tags } of step.rows) this.rows.set(key, { doc, tags });
    ({ nextSeq: this.seq, nextHash: this.hash } = step);
    return true;
  }

  async park(parked: Parked): Promise<void> {
    this.parked = parked;
  }

  async write(): Promise<boolean> {
    const { name, version } = this.projection;
    const written = await this.store.commit(this.alliance, name, {
      version,
      expectedSeq: this.replacedSeq,
      nextSeq: this.seq,
      nextHash: this.hash,
      rows: this.rows.all(),
      removed: [],
      replace: true,
    });
    if (written && this.parked) await this.store.park(this.alliance, name, this.parked);
    return written;
  }
}

/** True when the rows cannot be carried on from: never made, marked outdated, or made by other code. */
export function mustRebuild(projection: Projection, checkpoint: Checkpoint | undefined): boolean {
  return checkpoint?.version !== projection.version || checkpoint.outdated;
}
