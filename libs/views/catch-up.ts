import type { Id } from '#kernel';
import { UnknownEvent } from '#ledger';
import type { Entry } from '#ledger';
import { setImmediate } from 'node:timers/promises';
import { applyEntries, causeOf, Fork } from './apply.js';
import { PlacedEntry } from './fold.js';
import type { LedgerSource, TimeZones } from './ledger-source.js';
import { mustRebuild, RebuiltPlace, StoredPlace } from './place.js';
import type { Place } from './place.js';
import type { Parked, ViewStore } from './view-store.js';
import type { Projection } from './view.js';

/** Entries of one alliance that are applied in one commit, at most. */
export const MAX_BATCH_ENTRIES = 200;

/** What the projector tells whoever watches it. Must not throw. */
export interface ProjectorWatch {
  parked?(alliance: Id, projection: string, parked: Parked): void;
  /** Rung entries did not follow; they were read from the ledger. */
  gap?(alliance: Id): void;
  /** A try at one alliance ended with an error of a store; the next ring or sweep tries again. */
  failed?(alliance: Id, error: unknown): void;
  sweepFailed?(error: unknown): void;
}

export interface CatchUpDeps {
  readonly store: ViewStore;
  readonly source: LedgerSource;
  readonly projections: readonly Projection[];
  readonly zones: TimeZones;
  readonly watch: ProjectorWatch;
  /** A checkpoint of the store moved, or stands still for good. */
  readonly moved: (alliance: Id, projection: string, place: Pick<Place, 'seq' | 'parked'>) => void;
}

/** Where all projections of an alliance stand, those that are parked apart. */
export interface Settled extends Pick<Place, 'seq' | 'hash'> {
  readonly isWhole: boolean;
}

/** The one place that everything not parked stands at; nothing when there is no such place. */
export function settledAt(places: readonly Pick<Place, 'seq' | 'hash' | 'parked'>[]): Settled | undefined {
  const [first, ...others] = places.filter(({ parked }) => !parked);
  if (!first || others.some(({ hash }) => hash !== first.hash)) return undefined;
  return { seq: first.seq, hash: first.hash, isWhole: others.length === places.length - 1 };
}

/** Brings the projections of one alliance to the end of its ledger, once. One at a time for each alliance. */
export class CatchUp {
  private places: StoredPlace[] = [];

  /** `rung` are entries that a doorbell brought; with `look` the ledger is read behind them. */
  constructor(
    private readonly deps: CatchUpDeps,
    private readonly alliance: Id,
    private rung: readonly Entry[],
    private look: boolean,
  ) {}

  /**
   * Gives the place that everything not parked has reached; nothing when that is not one place. `settled` is what
   * the run before gave, whole: the checkpoints need not be read then, since no commit succeeds on one that has moved.
   */
  async run(settled?: Settled): Promise<Settled | undefined> {
    const rebuilt = settled ? this.goOnFrom(settled) : await this.load();
    try {
      if (this.look) await this.compareWithHead();
      await this.advance(this.places);
      if (rebuilt.length > 0) await this.rebuild(rebuilt);
    } catch (thrown) {
      if (!(thrown instanceof Fork)) throw thrown;
      await this.stopAll(this.places, { seq: thrown.seq, cause: thrown.message });
    }
    return this.places.length < this.deps.projections.length ? undefined : settledAt(this.places);
  }

  private goOnFrom({ seq, hash }: Settled): RebuiltPlace[] {
    const { store, projections } = this.deps;
    this.places = projections.map((projection) => {
      const { version } = projection;
      return new StoredPlace(store, this.alliance, projection, {
        version,
        seq,
        hash,
        outdated: false,
        parked: undefined,
      });
    });
    return [];
  }

  private async load(): Promise<RebuiltPlace[]> {
    const { store, projections } = this.deps;
    const rebuilt: RebuiltPlace[] = [];
    await Promise.all(
      projections.map(async (projection) => {
        const checkpoint = await store.checkpoint(this.alliance, projection.name);
        if (checkpoint && !mustRebuild(projection, checkpoint)) {
          this.places.push(new StoredPlace(store, this.alliance, projection, checkpoint));
        } else {
          rebuilt.push(new RebuiltPlace(store, this.alliance, projection, checkpoint?.seq ?? -1));
        }
      }),
    );
    return rebuilt;
  }

  /** A ledger that is shorter than the views, or ends in another entry, was replaced. */
  private async compareWithHead(): Promise<void> {
    const head = await this.deps.source.head(this.alliance);
    for (const { seq, hash, parked } of this.places) {
      if (parked) continue;
      if (seq > (head?.seq ?? -1) || (seq >= 0 && seq === head?.seq && hash !== head.hash)) throw new Fork(seq);
    }
  }

  private async rebuild(places: readonly RebuiltPlace[]): Promise<void> {
    const fork = await this.foldAnew(places);
    for (const place of places) {
      const { name } = place.projection;
      if (!(await place.write())) continue;
      this.deps.moved(this.alliance, name, place);
      const checkpoint = await this.deps.store.checkpoint(this.alliance, name);
      if (checkpoint) this.places.push(new StoredPlace(this.deps.store, this.alliance, place.projection, checkpoint));
    }
    if (fork) throw fork;
  }

  private async foldAnew(places: readonly RebuiltPlace[]): Promise<Fork | undefined> {
    if (this.rung[0]?.seq !== 0) {
      this.rung = [];
      this.look = true;
    }
    try {
      await this.advance(places);
      return undefined;
    } catch (thrown) {
      if (!(thrown instanceof Fork)) throw thrown;
      await this.stopAll(places, { seq: thrown.seq, cause: thrown.message });
      return thrown;
    }
  }

  private async advance(places: readonly Place[]): Promise<void> {
    for (;;) {
      const open = places.filter(({ parked }) => !parked);
      if (open.length === 0) return;
      const seq = Math.min(...open.map((place) => place.seq)) + 1;
      const entries = await this.next(seq);
      if ('cause' in entries) {
        await Promise.all(
          open.filter((place) => place.seq === entries.seq - 1).map((place) => this.park(place, entries)),
        );
        continue;
      }
      if (entries.length === 0) return;
      const timeZone = await this.deps.zones.of(this.alliance);
      const placed = entries.map((entry) => new PlacedEntry(entry, timeZone));
      await settleAll(open.map((place) => this.apply(place, placed)));
      if (entries.length >= MAX_BATCH_ENTRIES) await setImmediate();
    }
  }

  private async apply(place: Place, entries: readonly PlacedEntry[]): Promise<void> {
    await applyEntries(place, entries);
    if (place.parked) this.deps.watch.parked?.(this.alliance, place.projection.name, place.parked);
    if (place instanceof StoredPlace) this.deps.moved(this.alliance, place.projection.name, place);
  }

  private async park(place: Place, parked: Parked): Promise<void> {
    await place.park(parked);
    this.deps.watch.parked?.(this.alliance, place.projection.name, parked);
    if (place instanceof StoredPlace) this.deps.moved(this.alliance, place.projection.name, place);
  }

  private async stopAll(places: readonly Place[], parked: Parked): Promise<void> {
    await Promise.all(places.filter((place) => !place.parked).map((place) => this.park(place, parked)));
  }

  /** The next entries from `seq` on: those that were rung if they follow, else the ledger's. */
  private async next(seq: number): Promise<readonly Entry[] | Parked> {
    const rung = this.rung.filter((entry) => entry.seq >= seq);
    const end = rung.findIndex((entry, place) => entry.seq !== seq + place);
    const run = rung.slice(0, Math.min(end < 0 ? rung.length : end, MAX_BATCH_ENTRIES));
    this.rung = rung.slice(run.length);
    if (run.length > 0) return run;
    if (rung.length > 0) this.deps.watch.gap?.(this.alliance);
    if (rung.length === 0 && !this.look) return [];
    this.rung = [];
    this.look = true;
    return this.read(seq);
  }

  /** Reads on; an entry of a newer program is found one by one and named. */
  private async read(seq: number): Promise<readonly Entry[] | Parked> {
    const { source } = this.deps;
    try {
      return await source.read(this.alliance, seq, MAX_BATCH_ENTRIES);
    } catch (thrown) {
      if (!(thrown instanceof UnknownEvent)) throw thrown;
    }
    try {
      return await source.read(this.alliance, seq, 1);
    } catch (thrown) {
      if (!(thrown instanceof UnknownEvent)) throw thrown;
      return { seq, cause: causeOf(thrown) };
    }
  }
}

/** Lets every part come to its end before the first failure is passed on: nothing goes on behind the caller's back. */
async function settleAll(parts: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(parts)).find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
