import { instantAfter, nextDueAt, tick } from '#engine';
import type { State } from '#engine';
import type { Id, Instant } from '#kernel';
import { LedgerBroken } from '#ledger';
import type { AllianceLedger, LedgerStore } from '#ledger';
import type { Log } from '#platform';
import type { Clock } from './clock.js';
import type { Randomness } from './randomness.js';

/** How often the timer looks at the clock. */
export const LOOK_EVERY_MS = 1_000;
/** How often a timer that shares the ledgers with others looks through them again. */
export const LEARN_EVERY_MS = 60_000;
/** Alliances that are worked on at a time. */
const MAX_AT_ONCE = 4;
const PAGE = 500;

export interface DueTimerOptions {
  readonly ledger: AllianceLedger<State>;
  readonly store: LedgerStore;
  readonly clock: Clock;
  readonly entropy: Randomness;
  readonly log: Log;
  /** Other processes append too: what their commands make due is learnt from the ledgers, again and again. */
  readonly isShared?: boolean;
}

/**
 * Records what becomes due by time alone, soon after its instant, also while nobody acts. It knows of each alliance
 * with something due the next instant, from the states that commands leave behind and from one pass at the start.
 * A due event that comes late is the same event: the timer is for the reader's sake, not the rules'.
 */
export class DueTimer {
  private readonly next = new Map<Id, Instant>();
  private readonly learntSeq = new Map<Id, number>();
  private learntAtMs = performance.now();
  private timeout: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(private readonly options: DueTimerOptions) {}

  /** Takes note of a state that may become the newest of its alliance. A state that does not costs one look in vain. */
  note(state: State): void {
    const { alliance } = state.head;
    if (alliance === undefined) return;
    const dueAt = nextDueAt(state);
    if (dueAt === undefined) this.next.delete(alliance);
    else this.next.set(alliance, dueAt);
  }

  /** Looks through all ledgers, then at the clock every second. */
  start(): void {
    void this.learn().then(() => {
      this.schedule();
    });
  }

  /** Looks through all ledgers that have moved since the last time, for what is due next. */
  async learn(): Promise<void> {
    this.running = this.running
      .then(() => this.learnAll())
      .catch((fault: unknown) => {
        this.say(fault);
      });
    await this.running;
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timeout);
    await this.running;
  }

  /** Records everything that is due by now; a second call waits for the first. */
  async runDue(): Promise<void> {
    this.running = this.running.then(() => this.recordDue());
    await this.running;
  }

  private schedule(): void {
    if (this.isStopped) return;
    this.timeout = setTimeout(() => {
      void this.look().then(() => {
        this.schedule();
      });
    }, LOOK_EVERY_MS);
    this.timeout.unref();
  }

  private async look(): Promise<void> {
    if (this.options.isShared && performance.now() - this.learntAtMs > LEARN_EVERY_MS) await this.learn();
    await this.runDue();
  }

  private async learnAll(): Promise<void> {
    const { store } = this.options;
    this.learntAtMs = performance.now();
    let after: Id | undefined;
    for (;;) {
      const heads = await store.alliances(after, PAGE);
      const moved = heads.filter(({ alliance, seq }) => (this.learntSeq.get(alliance) ?? -1) < seq);
      await inBatches(moved, ({ alliance }) => this.learnOf(alliance));
      after = heads.at(-1)?.alliance;
      if (heads.length < PAGE || this.isStopped) return;
    }
  }

  /** One ledger that cannot be read does not keep the others from being learnt. */
  private async learnOf(alliance: Id): Promise<void> {
    try {
      const state = await this.options.ledger.state(alliance);
      if (!state) return;
      this.note(state);
      this.learntSeq.set(alliance, state.head.seq);
    } catch (fault) {
      this.say(fault);
    }
  }

  private async recordDue(): Promise<void> {
    const now = this.options.clock.now();
    const due = [...this.next].filter(([, dueAt]) => dueAt <= now).map(([alliance]) => alliance);
    await inBatches(due, (alliance) => this.tick(alliance));
  }

  private async tick(alliance: Id): Promise<void> {
    const { ledger, clock, entropy } = this.options;
    try {
      await ledger.tick(alliance, (state) => {
        const step = tick(state, instantAfter(state, clock.now()), entropy);
        this.note(step.state);
        return step;
      });
    } catch (fault) {
      // What is broken is not tried each second.
      if (fault instanceof LedgerBroken) this.next.delete(alliance);
      this.say(fault);
    }
  }

  private say(fault: unknown): void {
    this.options.log.error('due events were not recorded', {
      stack: fault instanceof Error ? fault.stack : String(fault),
    });
  }
}

async function inBatches<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let place = 0; place < items.length; place += MAX_AT_ONCE) {
    await Promise.all(items.slice(place, place + MAX_AT_ONCE).map(work));
  }
}
