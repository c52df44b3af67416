import type { Id } from '#kernel';
import { OutcomeUnknown } from './ledger-store.js';
import type { AppendResult, LedgerRow, LedgerStore } from './ledger-store.js';
import type { Timing } from './timing.js';

/** Rows of one flush, at most, unless one run alone is longer. */
export const MAX_BATCH_ROWS = 512;
/** Fewer runs than this are not worth a flush of their own while more may arrive. */
const SPLIT_FROM_RUNS = 16;
/** How long an unknown outcome is looked up before it is given up. */
const LOOK_UP_DEADLINE_MS = 5_000;
const LOOK_UP_PAUSE_MS = 50;

/** What became of a row. An error of the store stands for rows that were certainly not written. */
export type RowOutcome = AppendResult | 'unknown' | Error;

/** Rows of one alliance that were decided together. */
export interface Run {
  readonly alliance: Id;
  readonly rows: readonly LedgerRow[];
}

/** Learns what became of its runs of one flush, in order; synchronous, and before the next starts unless all is stored. */
export interface RunOwner<R extends Run> {
  landed(runs: readonly (readonly [R, readonly RowOutcome[]])[]): void;
}

/**
 * Writes the runs of all alliances together: while one flush is under way the next batch gathers. One flush at a time,
 * so that what is decided again after a conflict can be withdrawn before it is written.
 */
export class GroupCommit<R extends Run> {
  private queue: { run: R; owner: RunOwner<R> }[] = [];
  private isFlushing = false;
  private isGathering = false;
  private enough = SPLIT_FROM_RUNS;

  constructor(
    private readonly store: LedgerStore,
    private readonly timing: Timing,
  ) {}

  add(run: R, owner: RunOwner<R>): void {
    this.queue.push({ run, owner });
    this.startOrGather();
  }

  /** Takes runs back that are not yet being written. */
  withdraw(owner: RunOwner<R>): void {
    this.queue = this.queue.filter((waiting) => waiting.owner !== owner);
  }

  /**
   * Waits for what else arrives in this turn of the event loop, but not for more than half of the last batch: while that
   * half is being written the other half is decided, so that neither the disk nor the processor waits for the other.
   */
  private startOrGather(): void {
    if (this.isFlushing || this.queue.length === 0) return;
    if (this.queue.length >= this.enough) this.start();
    else if (!this.isGathering) {
      this.isGathering = true;
      setImmediate(() => {
        this.isGathering = false;
        if (!this.isFlushing && this.queue.length > 0) this.start();
      });
    }
  }

  private start(): void {
    this.isFlushing = true;
    const batch = this.nextBatch();
    this.enough = Math.max(SPLIT_FROM_RUNS, Math.ceil(batch.length / 2));
    void this.write(batch.flatMap(({ run }) => run.rows)).then((outcomes) => {
      this.isFlushing = false;
      // The writer need not stand still while answers are given; after a conflict some of the next is withdrawn first.
      const isWhole = outcomes.every((outcome) => outcome === 'stored');
      if (isWhole && this.queue.length >= this.enough) this.start();
      deliver(batch, outcomes);
      this.startOrGather();
    });
  }

  private nextBatch(): { run: R; owner: RunOwner<R> }[] {
    let rows = 0;
    const tooMany = this.queue.findIndex(({ run }) => (rows += run.rows.length) > MAX_BATCH_ROWS);
    return this.queue.splice(0, tooMany < 0 ? this.queue.length : Math.max(1, tooMany));
  }

  private async write(rows: readonly LedgerRow[]): Promise<readonly RowOutcome[]> {
    try {
      return await this.store.append(rows);
    } catch (error) {
      if (error instanceof OutcomeUnknown) return await this.lookUp(rows);
      const failure = error instanceof Error ? error : new Error('append failed', { cause: error });
      return rows.map(() => failure);
    }
  }

  /** Reads back what may have been written, until all is known or the deadline has passed. */
  private async lookUp(rows: readonly LedgerRow[]): Promise<readonly RowOutcome[]> {
    const deadline = this.timing.nowMs() + LOOK_UP_DEADLINE_MS;
    let outcomes: readonly RowOutcome[] = rows.map(() => 'unknown');
    do {
      outcomes = withoutHoles(rows, await this.lookUpOnce(rows, outcomes));
      if (!outcomes.includes('unknown')) break;
      await this.timing.pause(LOOK_UP_PAUSE_MS);
    } while (this.timing.nowMs() < deadline);
    return outcomes;
  }

  private async lookUpOnce(rows: readonly LedgerRow[], known: readonly RowOutcome[]): Promise<readonly RowOutcome[]> {
    const outcomes = [...known];
    for (const [index, row] of rows.entries()) {
      if (outcomes[index] === 'unknown') outcomes[index] = await this.outcomeOf(row);
    }
    return outcomes;
  }

  private async outcomeOf(row: LedgerRow): Promise<RowOutcome> {
    try {
      const [stored] = await this.store.read(row.alliance, row.seq, 1);
      if (!stored) return 'unknown';
      return stored.hash === row.hash ? 'stored' : 'conflict';
    } catch {
      return 'unknown';
    }
  }
}

/** Behind a row that lost its place nothing of that alliance can be stored any more. */
function withoutHoles(rows: readonly LedgerRow[], outcomes: readonly RowOutcome[]): readonly RowOutcome[] {
  const lost = new Set<Id>();
  return outcomes.map((outcome, index) => {
    const alliance = rows[index]?.alliance;
    if (alliance !== undefined && outcome === 'conflict') lost.add(alliance);
    return alliance !== undefined && lost.has(alliance) ? 'conflict' : outcome;
  });
}

function deliver<R extends Run>(
  batch: readonly { run: R; owner: RunOwner<R> }[],
  outcomes: readonly RowOutcome[],
): void {
  const byOwner = new Map<RunOwner<R>, [R, readonly RowOutcome[]][]>();
  let offset = 0;
  for (const { run, owner } of batch) {
    const runs = byOwner.get(owner) ?? [];
    runs.push([run, outcomes.slice(offset, (offset += run.rows.length))]);
    byOwner.set(owner, runs);
  }
  for (const [owner, runs] of byOwner) owner.landed(runs);
}
