import type { Id } from '#kernel';
import type { Entry } from './entry.js';
import type { GroupCommit, RowOutcome, Run, RunOwner } from './group-commit.js';
import type { LedgerRow, LedgerStore } from './ledger-store.js';
import { LedgerBroken, readLedger } from './reader.js';
import { CommandFailed } from './request.js';
import type { Decide, Decided, Standing } from './request.js';
import type { Timing } from './timing.js';

/** How often one command is decided again after lost races. */
export const MAX_RETRIES = 10;
/** Commands that wait for one alliance, at most. */
export const MAX_WAITING = 10_000;
/** The longest pause before the first retry; it doubles up to the second figure. */
const FIRST_PAUSE_MS = 2;
const LONGEST_PAUSE_MS = 100;

/** One thing to decide on an alliance. */
export interface Job<S> {
  readonly decide: Decide<S>;
  /** What is stored for the decided entries. */
  rowsOf(entries: readonly Entry[]): readonly LedgerRow[];
  /** Before deciding again: whether it was recorded meanwhile, by another process. */
  isDone(): Promise<boolean>;
}

interface Waiting<S> {
  readonly job: Job<S>;
  readonly retries: number;
  /** All entries are flushed, and everything decided before; or nothing was decided, since the job was done. */
  readonly settle: (decided: Decided<S> | undefined) => void;
  readonly fail: (error: unknown) => void;
}

/** A decided job whose entries are being written. */
export interface Flight<S> extends Run, Waiting<S> {
  readonly decided: Decided<S>;
  stored: boolean;
}

export interface LaneContext<S> {
  readonly store: LedgerStore;
  readonly initial: S;
  readonly foldEntry: (state: S, entry: Entry) => S;
  readonly group: GroupCommit<Flight<S>>;
  readonly timing: Timing;
  readonly appended: (entries: readonly Entry[]) => void;
}

/**
 * The queue of one alliance. Decides one job after the other on the tail, which is the state behind everything decided
 * so far, flushed or not; answers in the same order, each after its flush. When a flush fails or loses its place, all
 * that was decided on it is decided again on what the store holds.
 */
export class Lane<S extends Standing> implements RunOwner<Flight<S>> {
  private confirmed: S;
  private tail: S;
  private waiting: Waiting<S>[] = [];
  private flying: Flight<S>[] = [];
  private behind = true;
  private working = false;
  /** The store took an entry for one that does not follow: somebody was first, or what it followed was replaced. */
  private isDoubted = false;
  private pauseMs = 0;

  constructor(
    private readonly alliance: Id,
    private readonly context: LaneContext<S>,
  ) {
    this.confirmed = this.tail = context.initial;
  }

  /** Nothing is known of this alliance. */
  get isEmpty(): boolean {
    return this.confirmed.head.seq < 0;
  }

  get isIdle(): boolean {
    return !this.working && this.waiting.length === 0 && this.flying.length === 0;
  }

  async submit(job: Job<S>): Promise<Decided<S> | undefined> {
    if (this.waiting.length >= MAX_WAITING) throw new CommandFailed('NOT_READY');
    return await new Promise((settle, fail) => {
      this.waiting.push({ job, retries: 0, settle, fail });
      void this.work();
    });
  }

  /** Another process may have appended: what is decided next reads the store first. */
  lookAgain(): void {
    if (this.flying.length === 0) this.behind = true;
  }

  landed(runs: readonly (readonly [Flight<S>, readonly RowOutcome[]])[]): void {
    for (const [index, [flight, outcomes]] of runs.entries()) {
      const failed = outcomes.findIndex((outcome) => outcome !== 'stored');
      const cause = outcomes[failed];
      const entries = failed < 0 ? flight.decided.entries : flight.decided.entries.slice(0, failed);
      if (entries.length > 0) this.context.appended(entries);
      if (cause !== undefined) {
        this.rewind(
          cause,
          runs.slice(index).map(([lost]) => lost),
        );
        return;
      }
      flight.stored = true;
      this.settleStored();
    }
  }

  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
      try {
        await this.pauseAfterRace();
        if (next.retries > 0 && (await next.job.isDone())) {
          next.settle(undefined);
          continue;
        }
        while (this.behind) await this.catchUp();
        this.decide(next);
      } catch (error) {
        next.fail(error);
      }
    }
    this.working = false;
  }

  private decide(waiting: Waiting<S>): void {
    const decided = waiting.job.decide(this.tail);
    const rows = waiting.job.rowsOf(decided.entries);
    const flight: Flight<S> = { ...waiting, decided, alliance: this.alliance, rows, stored: rows.length === 0 };
    this.tail = decided.state;
    this.flying.push(flight);
    if (flight.stored) this.settleStored();
    else this.context.group.add(flight, this);
  }

  /** Answers what is flushed, in order; a decision without entries waits for those it was made on. */
  private settleStored(): void {
    for (let flight = this.flying[0]; flight?.stored; flight = this.flying[0]) {
      this.flying.shift();
      this.confirmed = flight.decided.state;
      flight.settle(flight.decided);
    }
  }

  /** Gives up everything decided and not stored; decides it again, except what may have been recorded. */
  private rewind(cause: RowOutcome, written: readonly Flight<S>[]): void {
    this.context.group.withdraw(this);
    const lost = this.flying;
    this.flying = [];
    this.behind = true;
    this.isDoubted = cause === 'conflict';
    const again = lost.filter((flight) => {
      if (cause === 'unknown' && written.includes(flight)) flight.fail(new CommandFailed('OUTCOME_UNKNOWN'));
      else if (flight.retries < MAX_RETRIES) return true;
      else flight.fail(cause instanceof Error ? cause : new CommandFailed('LOST_RACE'));
      return false;
    });
    this.waiting.unshift(...again.map(oneMoreTry));
    const retries = Math.max(0, ...again.map((flight) => flight.retries));
    this.pauseMs = this.context.timing.random() * Math.min(FIRST_PAUSE_MS * 2 ** retries, LONGEST_PAUSE_MS);
    void this.work();
  }

  private async pauseAfterRace(): Promise<void> {
    const ms = this.pauseMs;
    this.pauseMs = 0;
    if (ms > 0) await this.context.timing.pause(ms);
  }

  private async catchUp(): Promise<void> {
    this.behind = false;
    try {
      if (this.isDoubted) await this.assertStands();
      for await (const entry of readLedger(this.context.store, this.alliance, this.confirmed.head)) {
        this.confirmed = this.context.foldEntry(this.confirmed, entry);
      }
    } catch (error) {
      this.behind = true;
      throw error;
    }
    this.tail = this.confirmed;
  }

  /** The store still has the entry that the state stands on. */
  private async assertStands(): Promise<void> {
    const { seq, hash } = this.confirmed.head;
    const [stored] = seq < 0 ? [] : await this.context.store.read(this.alliance, seq, 1);
    if (stored?.hash !== hash) throw new LedgerBroken(this.alliance, seq, 'chain-broken');
    this.isDoubted = false;
  }
}

function oneMoreTry<S>({ job, retries, settle, fail }: Flight<S>): Waiting<S> {
  return { job, retries: retries + 1, settle, fail };
}
