import type { Id } from '#kernel';
import type { ViewStore } from './view-store.js';
import { MACHINE_TIMER, MAX_WAITERS, Waiter } from './waiters.js';
import type { Timer, Waited } from './waiters.js';

/** Port: waits until views have come so far. */
export abstract class ViewProgress {
  /**
   * Waits until the projections have reached `seq` or are parked, at most so long; the caller knows that the ledger has.
   * Rejects when the store of the views does; `behind` also when too many wait already.
   */
  abstract waitFor(alliance: Id, projections: readonly string[], seq: number, deadlineMs: number): Promise<Waited>;
}

/** A wait begins with short pauses, since most views are there within a few; then they grow. */
const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 100;

/** For a process whose views are moved on by others: it looks at the checkpoints until they are far enough. */
export class PolledProgress extends ViewProgress {
  private waiting = 0;

  constructor(
    private readonly store: Pick<ViewStore, 'checkpoint'>,
    private readonly timer: Timer = MACHINE_TIMER,
  ) {
    super();
  }

  async waitFor(alliance: Id, projections: readonly string[], seq: number, deadlineMs: number): Promise<Waited> {
    if (projections.length === 0) return 'ready';
    if (this.waiting >= MAX_WAITERS) return 'behind';
    this.waiting += 1;
    try {
      return await this.poll(alliance, new Waiter(projections, seq), deadlineMs);
    } finally {
      this.waiting -= 1;
    }
  }

  private async poll(alliance: Id, waiter: Waiter, deadlineMs: number): Promise<Waited> {
    const wait = { isOver: false };
    const cancel = this.timer.after(deadlineMs, () => {
      wait.isOver = true;
      waiter.giveUp();
    });
    try {
      for (let pauseMs = FIRST_PAUSE_MS; !wait.isOver; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 1.5)) {
        await Promise.all(waiter.awaited.map((projection) => this.look(alliance, projection, waiter)));
        if (waiter.done) break;
        await this.pause(pauseMs, waiter.result);
      }
      return await waiter.result;
    } finally {
      cancel();
    }
  }

  private async look(alliance: Id, projection: string, waiter: Waiter): Promise<void> {
    const checkpoint = await this.store.checkpoint(alliance, projection);
    if (checkpoint) waiter.saw(projection, checkpoint);
  }

  private async pause(ms: number, orUntil: Promise<unknown>): Promise<void> {
    let cancel: () => void = () => undefined;
    const over = new Promise<void>((resolve) => (cancel = this.timer.after(ms, resolve)));
    await Promise.race([over, orUntil]);
    cancel();
  }
}
