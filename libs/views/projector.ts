import type { Id } from '#kernel';
import type { Entry } from '#ledger';
import { setImmediate } from 'node:timers/promises';
import { PlaceLost } from './apply.js';
import { Behind } from './behind.js';
import { ViewProgress } from './progress.js';
import { CatchUp } from './catch-up.js';
import type { CatchUpDeps, ProjectorWatch, Settled } from './catch-up.js';
import { TimeZones } from './ledger-source.js';
import type { LedgerSource, SourceHead } from './ledger-source.js';
import { standsOf } from './stand.js';
import type { Stand } from './stand.js';
import type { ViewStore } from './view-store.js';
import type { Projection } from './view.js';
import { MACHINE_TIMER, Waiter, Waiters } from './waiters.js';
import type { Timer, Waited } from './waiters.js';

/** Alliances that are worked on at a time: their commits go into one transaction of the store. */
export const MAX_CONCURRENT_ALLIANCES = 32;
/**
 * How long rung entries gather for one transaction while nobody waits for them: a millisecond for each that gathered
 * the time before, between these two, so that few are written soon and many together.
 */
export const MIN_GATHER_MS = 25;
export const MAX_GATHER_MS = 250;
/** Alliances that wait for their turn, at most; a ring beyond is forgotten and the sweep finds what it meant. */
export const MAX_RUNG_ALLIANCES = 10_000;
/** Entries that are kept of one alliance's rings, at most: so many wait no longer, and beyond the ledger is read. */
export const MAX_RUNG_ENTRIES = 64;
/** Alliances whose last sight is kept, so that a sweep need not read their checkpoints. */
export const MAX_SETTLED_ALLIANCES = 10_000;
export const SWEEP_EVERY_MS = 2_000;
export const SWEEP_PAGE = 200;
/** How long the views of an alliance stand still before a projector that is not alone takes it up itself. */
export const SHARED_PATIENCE_MS = 2_000;

interface Rung {
  entries: Entry[];
  look: boolean;
}

export interface ProjectorOptions {
  readonly store: ViewStore;
  readonly source: LedgerSource;
  readonly projections: readonly Projection[];
  /** Other projectors work on the same views: what they move on is left to them. */
  readonly isShared?: boolean;
  readonly timer?: Timer;
  readonly watch?: ProjectorWatch;
}

type AllianceHead = SourceHead & { readonly alliance: Id };

/**
 * Moves projections along the ledgers. An entry is applied only on the entry before it; rows and checkpoint move
 * together; a poisoned entry parks its alliance in one projection and all else goes on; a replaced entry stops its
 * alliance. The doorbell may lose, double or reorder anything: the ledger is the truth, and a sweep looks at it.
 */
export class Projector extends ViewProgress {
  private readonly rung = new Map<Id, Rung>();
  /** Those of the rung that wait no longer than for their turn. */
  private readonly ready = new Set<Id>();
  private readonly running = new Map<Id, Promise<void>>();
  private readonly settled = new Map<Id, Settled>();
  private readonly behind = new Behind();
  private readonly waiters = new Waiters();
  private readonly timer: Timer;
  private readonly deps: CatchUpDeps;
  private cancelSweep: (() => void) | undefined;
  private cancelGather: (() => void) | undefined;
  private gathered = 0;
  private gatherMs = MIN_GATHER_MS;
  private sweeping: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(private readonly options: ProjectorOptions) {
    super();
    const { store, source, projections } = options;
    this.timer = options.timer ?? MACHINE_TIMER;
    this.deps = {
      store,
      source,
      projections,
      zones: new TimeZones(source),
      watch: options.watch ?? {},
      moved: (alliance, projection, place) => {
        this.waiters.moved(alliance, projection, place);
      },
    };
  }

  /**
   * Begins with a sweep, which also makes again the rows of projections whose version changed. Resolves when every
   * head was looked at; the work may still be under way.
   */
  start(): Promise<void> {
    this.sweeping = this.sweep()
      .catch((error: unknown) => this.options.watch?.sweepFailed?.(error))
      .then(() => {
        if (!this.stopped) this.cancelSweep = this.timer.after(SWEEP_EVERY_MS, () => void this.start());
      });
    return this.sweeping;
  }

  /** Takes no more rings and waits for the work under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.cancelSweep?.();
    this.cancelGather?.();
    this.rung.clear();
    this.ready.clear();
    await this.sweeping;
    await Promise.all(this.running.values());
  }

  /** Something happened in an alliance; `entries`, when given, are its newest in order. May be called for nothing. */
  ring(alliance: Id, entries?: readonly Entry[]): void {
    if (this.stopped) return;
    const rung = this.rung.get(alliance) ?? this.firstRing(alliance);
    if (!rung) return;
    if (entries) rung.entries.push(...entries);
    this.gathered += entries?.length ?? 0;
    const isFull = rung.entries.length >= MAX_RUNG_ENTRIES;
    if (!entries || rung.entries.length > MAX_RUNG_ENTRIES) rung.look = true;
    if (rung.entries.length > MAX_RUNG_ENTRIES) rung.entries = [];
    if (rung.look || isFull || this.waiters.has(alliance)) this.release();
    else
      this.cancelGather ??= this.timer.after(this.gatherMs, () => {
        this.release();
      });
  }

  private firstRing(alliance: Id): Rung | undefined {
    if (this.rung.size >= MAX_RUNG_ALLIANCES) return undefined;
    const rung = { entries: [], look: false };
    this.rung.set(alliance, rung);
    return rung;
  }

  /** Looks at every head and rings where the views are not. */
  async sweep(): Promise<void> {
    let after: Id | undefined;
    for (;;) {
      const heads = await this.options.source.alliances(after, SWEEP_PAGE);
      const open = heads.filter(({ alliance, hash }) => this.settled.get(alliance)?.hash !== hash);
      // What is rung already is on its way; should a ring be missing, the next one tells.
      for (const { alliance } of await this.left(open)) if (!this.rung.has(alliance)) this.ring(alliance);
      after = heads.at(-1)?.alliance;
      if (heads.length < SWEEP_PAGE || this.stopped) return;
      await setImmediate();
    }
  }

  /**
   * Those that nobody moves on. A projector that is alone knows; one that is not looks at the checkpoints twice. Without
   * this every projector would read every ledger as often as it sweeps, and each would lose its place to the others.
   */
  private async left(heads: readonly AllianceHead[]): Promise<readonly AllianceHead[]> {
    const nowMs = this.nowMs();
    if (this.options.isShared !== true) {
      for (const { alliance, seq } of heads)
        this.behind.saw(alliance, seq, this.settled.get(alliance)?.seq ?? -1, nowMs);
      return heads;
    }
    const alliances = heads.map(({ alliance }) => alliance);
    const stands = await standsOf(this.options.store, this.options.projections, alliances);
    return heads.filter((head) => {
      const stand = stands.get(head.alliance);
      return stand !== undefined && this.isLeft(head, stand, nowMs);
    });
  }

  private isLeft({ alliance, seq, hash }: AllianceHead, { reached, settled }: Stand, nowMs: number): boolean {
    const isAtHead = settled?.hash === hash;
    if (!isAtHead && reached !== undefined) {
      return this.behind.saw(alliance, seq, reached, nowMs) >= SHARED_PATIENCE_MS;
    }
    this.behind.caughtUp(alliance);
    if (isAtHead && !this.running.has(alliance)) this.settle(alliance, settled);
    return false;
  }

  /** Resolves when nothing is rung and nothing runs. */
  async idle(): Promise<void> {
    this.release();
    while (this.running.size > 0) {
      await Promise.all(this.running.values());
      this.release();
    }
  }

  async waitFor(alliance: Id, projections: readonly string[], seq: number, deadlineMs: number): Promise<Waited> {
    const waiter = new Waiter(projections, seq);
    if (!this.waiters.add(alliance, waiter)) return 'behind';
    const cancel = this.timer.after(deadlineMs, () => {
      waiter.giveUp();
    });
    try {
      // The waiter stands in the list before the checkpoints are read, so no move in between is missed.
      for (const projection of projections) {
        const checkpoint = await this.options.store.checkpoint(alliance, projection);
        if (checkpoint) waiter.saw(projection, checkpoint);
      }
      if (projections.length === 0) return 'ready';
      if (!waiter.done) this.ring(alliance);
      return await waiter.result;
    } finally {
      cancel();
      this.waiters.remove(alliance, waiter);
    }
  }

  /** Tries the entry again that a projection stands still at, and goes on behind it. */
  async unpark(alliance: Id, projection: string): Promise<void> {
    await this.options.store.unpark(alliance, projection);
    this.ring(alliance);
  }

  /** Makes the rows of one projection of one alliance again; the mark survives a crash, so a restart goes on with it. */
  async rebuild(alliance: Id, projection: string): Promise<void> {
    await this.options.store.reset(alliance, projection);
    this.ring(alliance);
  }

  /** Makes the rows of one projection again for every alliance. */
  async rebuildAll(projection: string): Promise<void> {
    let after: Id | undefined;
    for (;;) {
      const heads = await this.options.source.alliances(after, SWEEP_PAGE);
      for (const { alliance } of heads) await this.rebuild(alliance, projection);
      after = heads.at(-1)?.alliance;
      if (heads.length < SWEEP_PAGE) return;
      await setImmediate();
    }
  }

  /** For how long the alliance that waits the longest has been behind: 0 when none is. What is parked waits for no one. */
  lagMs(): number {
    return this.behind.lagMs(this.nowMs(), MAX_SETTLED_ALLIANCES);
  }

  private nowMs(): number {
    return performance.now();
  }

  /** Gathering is over for everything that is rung. */
  private release(): void {
    this.cancelGather?.();
    this.cancelGather = undefined;
    this.gatherMs = Math.min(MAX_GATHER_MS, Math.max(MIN_GATHER_MS, this.gathered));
    this.gathered = 0;
    for (const alliance of this.rung.keys()) this.ready.add(alliance);
    this.pump();
  }

  private pump(): void {
    for (const alliance of this.ready) {
      if (this.running.size >= MAX_CONCURRENT_ALLIANCES) return;
      const rung = this.rung.get(alliance);
      if (!rung || this.running.has(alliance)) continue;
      this.ready.delete(alliance);
      this.rung.delete(alliance);
      this.running.set(alliance, this.run(alliance, rung));
    }
  }

  private async run(alliance: Id, rung: Rung): Promise<void> {
    try {
      const before = rung.look ? undefined : this.settled.get(alliance);
      const catchUp = new CatchUp(this.deps, alliance, rung.entries, rung.look);
      const reached = await catchUp.run(before?.isWhole ? before : undefined);
      this.behind.caughtUp(alliance);
      this.settle(alliance, reached);
    } catch (error) {
      this.settle(alliance, undefined);
      if (error instanceof PlaceLost) this.ring(alliance);
      else this.options.watch?.failed?.(alliance, error);
    } finally {
      this.running.delete(alliance);
      this.pump();
    }
  }

  private settle(alliance: Id, reached: Settled | undefined): void {
    this.settled.delete(alliance);
    if (!reached) return;
    const [oldest] = this.settled.size >= MAX_SETTLED_ALLIANCES ? this.settled.keys() : [];
    if (oldest !== undefined) this.settled.delete(oldest);
    this.settled.set(alliance, reached);
  }
}
