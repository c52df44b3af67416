import type { DataFrom, Fields } from '#contracts';
import { dayOf } from '#kernel';
import type { Day, Id, Instant } from '#kernel';
import type { Entry } from '#ledger';
import { resolveAsOf } from './as-of.js';
import type { AsOfFault, AsOfQuery, Present } from './as-of.js';
import { foldAsOf } from './fold.js';
import { timeZoneIn, TimeZones } from './ledger-source.js';
import type { LedgerSource, SourceHead } from './ledger-source.js';
import { MemoryRows } from './memory-rows.js';
import type { Checkpoint, ViewStore } from './view-store.js';
import type { AsOf, Projection, Readers, RowReader, View } from './view.js';

/** An answer and what it is true of. `knownAt` is the seq that it reflects (`X-Seq`). */
export interface Answered<A> {
  readonly view: string;
  readonly trueOn: Day;
  readonly knownAt: number;
  /** The rows are parked or wait to be made again: true of `knownAt`, and not being moved on. */
  readonly stale: boolean;
  readonly data: A;
}
export type AskFault = AsOfFault | { readonly fault: 'NOT_FOUND' };

/** Entries read at once for an as-of view. */
const FOLD_PAGE = 500;
/** Tries to read live rows between two commits of the projector. */
const MAX_LIVE_READS = 3;

export interface AskOptions {
  readonly store: ViewStore;
  readonly source: LedgerSource;
  /** The domain clock. */
  readonly now: () => Instant;
}

/** Answers views, from the live rows where those are asked for, else from a fold of the ledger prefix. */
export class ViewAsker {
  private readonly zones: TimeZones;

  constructor(private readonly options: AskOptions) {
    this.zones = new TimeZones(options.source);
  }

  /**
   * Live for what is known now and a `trueOn` not before today, when the rows are where the question asks for; else the
   * same projections are run over the ledger prefix in memory. Rows of another version of a projection are not read: the ledger is folded instead.
   */
  async ask<F extends Fields, A>(
    alliance: Id,
    view: View<F, A>,
    params: DataFrom<F>,
    query: AsOfQuery = {},
  ): Promise<Answered<A> | AskFault> {
    const head = await this.options.source.head(alliance);
    if (!head) return { fault: 'NOT_FOUND' };
    const present = await this.present(alliance, head);
    const asOf = await resolveAsOf(query, present);
    if ('fault' in asOf) return asOf;
    const isLive = asOf.knownAt === head.seq && asOf.trueOn >= present.today;
    const live = isLive ? await this.readLive(alliance, view, params, asOf) : undefined;
    // Who named an entry gets that entry; who did not gets what the rows show now.
    const named = query.at !== undefined || query.knownAt !== undefined;
    if (live && (!named || live.knownAt === head.seq)) return live;
    return answerFrom(this.entries(alliance, asOf.knownAt), view, params, asOf);
  }

  /** How far each projection of an alliance has come. */
  async standing(alliance: Id, projections: readonly Projection[]) {
    const head = await this.options.source.head(alliance);
    return Promise.all(
      projections.map(async ({ name, version }) => {
        const checkpoint = await this.options.store.checkpoint(alliance, name);
        const seq = checkpoint?.seq ?? -1;
        const stale = isStale(checkpoint) || checkpoint?.version !== version;
        return { projection: name, version, seq, lag: (head?.seq ?? -1) - seq, stale, parked: checkpoint?.parked };
      }),
    );
  }

  private async present(alliance: Id, head: SourceHead): Promise<Present> {
    const { now, source } = this.options;
    const timeZone = await this.zones.of(alliance);
    return {
      head,
      timeZone,
      today: todayOf(now(), head, timeZone),
      atOf: async (seq) => (await source.read(alliance, seq, 1))[0]?.at ?? head.at,
    };
  }

  private async readLive<F extends Fields, A>(
    alliance: Id,
    view: View<F, A>,
    params: DataFrom<F>,
    asOf: AsOf,
  ): Promise<Answered<A> | undefined> {
    const { store } = this.options;
    const readers: Readers = <D>({ name }: Projection<D>) => readerOf<D>(store, alliance, name);
    for (let read = 1; read <= MAX_LIVE_READS; read += 1) {
      const before = await this.checkpoints(alliance, view);
      if (view.projections.some(({ version }, place) => before[place]?.version !== version)) return undefined;
      const seqs = before.map((checkpoint) => checkpoint?.seq ?? -1);
      const knownAt = seqs.length > 0 ? Math.min(...seqs) : asOf.knownAt;
      const data = await view.answer(readers, params, { ...asOf, knownAt });
      const after = await this.checkpoints(alliance, view);
      // Rows that moved while they were read may tell of different entries.
      const still = after.every((checkpoint, place) => checkpoint?.seq === seqs[place]);
      if (still) return { view: view.name, trueOn: asOf.trueOn, knownAt, stale: after.some(isStale), data };
    }
    return undefined;
  }

  private checkpoints(alliance: Id, view: Pick<View, 'projections'>): Promise<(Checkpoint | undefined)[]> {
    return Promise.all(view.projections.map(({ name }) => this.options.store.checkpoint(alliance, name)));
  }

  private async *entries(alliance: Id, toSeq: number): AsyncGenerator<Entry> {
    for (let seq = 0; seq <= toSeq;) {
      const entries = await this.options.source.read(alliance, seq, Math.min(FOLD_PAGE, toSeq - seq + 1));
      if (entries.length === 0) return;
      yield* entries;
      seq += entries.length;
    }
  }
}

/** Answers a view from entries alone, as an exported ledger has them; needs no store. `now` is the domain clock's. */
export async function askFrom<F extends Fields, A>(
  entries: AsyncIterable<Entry> | Iterable<Entry>,
  view: View<F, A>,
  params: DataFrom<F>,
  query: AsOfQuery & { readonly now: Instant },
): Promise<Answered<A> | AskFault> {
  const ledger: Entry[] = [];
  for await (const entry of entries) ledger.push(entry);
  const head = ledger.at(-1);
  if (!head) return { fault: 'NOT_FOUND' };
  const timeZone = timeZoneIn(ledger[0]);
  const asOf = await resolveAsOf(query, {
    head,
    timeZone,
    today: todayOf(query.now, head, timeZone),
    atOf: async (seq) => ledger[seq]?.at ?? head.at,
  });
  return 'fault' in asOf ? asOf : answerFrom(ledger, view, params, asOf);
}

async function answerFrom<F extends Fields, A>(
  entries: AsyncIterable<Entry> | Iterable<Entry>,
  view: View<F, A>,
  params: DataFrom<F>,
  asOf: AsOf,
): Promise<Answered<A>> {
  const rows = await foldAsOf(view.projections, entries, asOf);
  const readers: Readers = <D>({ name }: Projection<D>) => (rows.get(name) ?? new MemoryRows()) as RowReader<D>;
  const data = await view.answer(readers, params, asOf);
  return { view: view.name, trueOn: asOf.trueOn, knownAt: asOf.knownAt, stale: false, data };
}

/** Today, but never before the day of the newest entry: a clock set back hides nothing that was recorded. */
function todayOf(now: Instant, head: SourceHead, timeZone: string): Day {
  return dayOf(now > head.at ? now : head.at, timeZone);
}

function isStale(checkpoint: Checkpoint | undefined): boolean {
  return checkpoint !== undefined && (checkpoint.outdated || checkpoint.parked !== undefined);
}

function readerOf<D>(store: ViewStore, alliance: Id, projection: string): RowReader<D> {
  return {
    get: async (key) => (await store.get(alliance, projection, key)) as Awaited<ReturnType<RowReader<D>['get']>>,
    list: async (query, limit, after) =>
      (await store.list(alliance, projection, query, { limit, after })) as Awaited<ReturnType<RowReader<D>['list']>>,
  };
}
