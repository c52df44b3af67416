import type { Id } from '#kernel';
import { UnknownEvent } from '#ledger';
import type { Entry } from '#ledger';
import { MACHINE_TIMER } from '#views';
import type { LedgerSource, Timer } from '#views';
import { setImmediate } from 'node:timers/promises';
import type { CursorStore } from './cursor-store.js';
import type { Delivery } from './delivery.js';

/** Alliances whose entries are on their way at a time. */
export const MAX_ALLIANCES_UNDER_WAY = 32;
/** Alliances that wait for their turn, at most; a ring beyond is forgotten and a later sweep finds what it meant. */
export const MAX_RUNG_ALLIANCES = 10_000;
/** Entries and bytes of body that are published at once, at most; one entry always. */
export const MAX_BATCH_ENTRIES = 200;
export const MAX_BATCH_BYTES = 400_000;
/** Alliances that are known to have an entry of a newer program, at most. */
export const MAX_STEPPED_ALLIANCES = 10_000;
export const RELAY_SWEEP_EVERY_MS = 2_000;
export const RELAY_SWEEP_PAGE = 200;

/** What the relay tells whoever watches it. Must not throw. */
export interface RelayWatch {
  /** These entries were acknowledged and the cursor stands behind them. */
  sent?(entries: readonly Entry[]): void;
  /** A turn of one alliance ended with an error; the next sweep tries again. */
  failed?(alliance: Id, error: unknown): void;
  sweepFailed?(error: unknown): void;
}

export interface RelayOptions {
  readonly source: LedgerSource;
  readonly delivery: Pick<Delivery, 'publish'>;
  readonly cursors: CursorStore;
  readonly timer?: Timer;
  readonly watch?: RelayWatch;
}

/**
 * Publishes every entry of every ledger, in the order of its alliance, at least once. The cursor of an alliance moves
 * after the acknowledgement, so a relay that dies anywhere sends again and never skips; two relays send doubles. Rings
 * only make it quick: a sweep over all heads finds what no ring told.
 */
export class Relay {
  private readonly rung = new Set<Id>();
  private readonly running = new Map<Id, Promise<void>>();
  /** Read entry by entry: what stands before an entry of a newer program is still sent. */
  private readonly stepped = new Set<Id>();
  private readonly timer: Timer;
  private cancelSweep: (() => void) | undefined;
  private sweeping: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(private readonly options: RelayOptions) {
    this.timer = options.timer ?? MACHINE_TIMER;
  }

  /** Sweeps now and every few seconds. Resolves when every head was looked at; the work may still be under way. */
  start(): Promise<void> {
    this.sweeping = this.sweep()
      .catch((error: unknown) => this.options.watch?.sweepFailed?.(error))
      .then(() => {
        if (!this.isStopped) this.cancelSweep = this.timer.after(RELAY_SWEEP_EVERY_MS, () => void this.start());
      });
    return this.sweeping;
  }

  /** Begins no more turns and waits for those under way; closing the delivery ends one that the other side holds up. */
  async stop(): Promise<void> {
    this.isStopped = true;
    this.cancelSweep?.();
    this.rung.clear();
    await this.sweeping;
    await Promise.all(this.running.values());
  }

  /** An alliance may have new entries. */
  ring(alliance: Id): void {
    if (this.isStopped || this.rung.size >= MAX_RUNG_ALLIANCES) return;
    this.rung.add(alliance);
    this.pump();
  }

  /** Looks at every head and rings where the cursor is behind. */
  async sweep(): Promise<void> {
    let after: Id | undefined;
    while (!this.isStopped) {
      const heads = await this.options.source.alliances(after, RELAY_SWEEP_PAGE);
      const cursors = await this.options.cursors.read(heads.map(({ alliance }) => alliance));
      for (const { alliance, seq } of heads) if (seq > (cursors.get(alliance) ?? -1)) this.ring(alliance);
      after = heads.at(-1)?.alliance;
      if (heads.length < RELAY_SWEEP_PAGE) return;
      await setImmediate();
    }
  }

  /** Resolves when no turn is under way or waits. */
  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running.values());
  }

  private pump(): void {
    for (const alliance of this.rung) {
      if (this.running.size >= MAX_ALLIANCES_UNDER_WAY) return;
      if (this.running.has(alliance)) continue;
      this.rung.delete(alliance);
      this.running.set(alliance, this.turn(alliance));
    }
  }

  /** One batch of one alliance; with more to send it takes its place behind the others. */
  private async turn(alliance: Id): Promise<void> {
    try {
      if (await this.send(alliance)) this.ring(alliance);
    } catch (error) {
      if (error instanceof UnknownEvent && this.step(alliance)) this.ring(alliance);
      else this.options.watch?.failed?.(alliance, error);
    } finally {
      this.running.delete(alliance);
      this.pump();
    }
  }

  /** True when there may be more. */
  private async send(alliance: Id): Promise<boolean> {
    const { source, delivery, cursors, watch } = this.options;
    const limit = this.stepped.has(alliance) ? 1 : MAX_BATCH_ENTRIES;
    const cursor = (await cursors.read([alliance])).get(alliance) ?? -1;
    const page = await source.read(alliance, cursor + 1, limit);
    const batch = fitting(page);
    const last = batch.at(-1);
    if (!last) return false;
    await delivery.publish(batch);
    await cursors.advance(alliance, last.seq);
    watch?.sent?.(batch);
    return page.length === limit || batch.length < page.length;
  }

  /** False when the alliance is read entry by entry already: then it is that one entry which cannot be read. */
  private step(alliance: Id): boolean {
    if (this.stepped.has(alliance)) return false;
    if (this.stepped.size >= MAX_STEPPED_ALLIANCES) this.stepped.clear();
    this.stepped.add(alliance);
    return true;
  }
}

/** The longest beginning that is not too large to publish at once. */
function fitting(entries: readonly Entry[]): readonly Entry[] {
  let bytes = 0;
  const end = entries.findIndex(({ body }, place) => (bytes += Buffer.byteLength(body)) > MAX_BATCH_BYTES && place > 0);
  return end < 0 ? entries : entries.slice(0, end);
}
