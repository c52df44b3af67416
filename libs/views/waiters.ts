import type { Id } from '#kernel';

/** Requests that wait for a view at a time, at most; one more is told at once that the view is behind. */
export const MAX_WAITERS = 10_000;

export type Waited = 'ready' | 'behind';

/** Waits with a deadline. A test moves it by hand. */
export interface Timer {
  /** Runs once after so long; the answer calls it off. */
  after(ms: number, run: () => void): () => void;
}

export const MACHINE_TIMER: Timer = {
  after: (ms, run) => {
    const timeout = setTimeout(run, ms);
    timeout.unref();
    return () => {
      clearTimeout(timeout);
    };
  },
};

/** Somebody waits until projections of one alliance have reached an entry. */
export class Waiter {
  readonly result: Promise<Waited>;
  private readonly open: Set<string>;
  private resolve: (waited: Waited) => void = () => undefined;

  constructor(
    projections: readonly string[],
    private readonly seq: number,
  ) {
    this.open = new Set(projections);
    this.result = new Promise((resolve) => {
      this.resolve = resolve;
    });
  }

  /** A parked projection will not come any further: waiting for it would be in vain. */
  saw(projection: string, place: { readonly seq: number; readonly parked?: unknown }): void {
    if (place.seq < this.seq && !place.parked) return;
    this.open.delete(projection);
    if (this.open.size === 0) this.resolve('ready');
  }

  /** What is still awaited. */
  get awaited(): readonly string[] {
    return [...this.open];
  }

  get done(): boolean {
    return this.open.size === 0;
  }

  giveUp(): void {
    this.resolve('behind');
  }
}

export class Waiters {
  private readonly byAlliance = new Map<Id, Set<Waiter>>();
  private count = 0;

  add(alliance: Id, waiter: Waiter): boolean {
    if (this.count >= MAX_WAITERS) return false;
    const waiters = this.byAlliance.get(alliance) ?? new Set();
    waiters.add(waiter);
    this.byAlliance.set(alliance, waiters);
    this.count += 1;
    return true;
  }

  remove(alliance: Id, waiter: Waiter): void {
    const waiters = this.byAlliance.get(alliance);
    if (!waiters?.delete(waiter)) return;
    this.count -= 1;
    if (waiters.size === 0) this.byAlliance.delete(alliance);
  }

  has(alliance: Id): boolean {
    return this.byAlliance.has(alliance);
  }

  moved(alliance: Id, projection: string, place: { readonly seq: number; readonly parked?: unknown }): void {
    for (const waiter of this.byAlliance.get(alliance) ?? []) waiter.saw(projection, place);
  }
}
