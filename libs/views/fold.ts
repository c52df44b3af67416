import type { DomainEvent } from '#contracts';
import { compareText, dayOf } from '#kernel';
import type { Day, Id } from '#kernel';
import type { Entry } from '#ledger';
import { MemoryRows } from './memory-rows.js';
import type { AsOf, EventMeta, KeyedRow, Projection, Row } from './view.js';

/** The place of one event of an entry. */
export function metaOf(entry: Entry, index: number, timeZone: string): EventMeta {
  const { alliance, seq, at, actor, hash, id: entryId } = entry;
  const event = entry.events[index];
  const effectiveDay = event?.occurredOn ?? dayOf(event?.dueAt ?? at, timeZone);
  return { alliance, seq, index, at, effectiveDay, actor, entryId, hash };
}

/** An entry with the places of its events, found once for all projections. */
export class PlacedEntry {
  private known: readonly EventMeta[] | undefined;

  constructor(
    readonly entry: Entry,
    private readonly timeZone: string,
  ) {}

  get metas(): readonly EventMeta[] {
    this.known ??= this.entry.events.map((_event, index) => metaOf(this.entry, index, this.timeZone));
    return this.known;
  }
}

/** An event and one row that it changes or makes. */
export interface Touched {
  readonly event: DomainEvent;
  readonly meta: EventMeta;
  readonly key: string;
}

/** The rows that an entry changes in a projection, in order. */
export function touchedBy({ entry, metas }: PlacedEntry, projection: Projection): readonly Touched[] {
  const touched: Touched[] = [];
  for (const meta of metas) {
    const event = entry.events[meta.index] as DomainEvent;
    for (const key of projection.touches(event, meta)) touched.push({ event, meta, key });
  }
  return touched;
}

/** Rows as entries change them, on top of those that are there: all that will be touched. An entry changes them whole or not at all. */
export class RowChanges {
  private readonly changedKeys = new Set<string>();

  constructor(private readonly rows: Map<string, Row | undefined>) {}

  apply(projection: Projection, touched: readonly Touched[]): void {
    const draft = new Map<string, Row | undefined>();
    for (const { event, meta, key } of touched) {
      const before = draft.has(key) ? draft.get(key) : this.rows.get(key);
      draft.set(key, projection.evolve(before, event, meta, key));
    }
    for (const [key, row] of draft) {
      this.rows.set(key, row);
      this.changedKeys.add(key);
    }
  }

  changed(): { rows: KeyedRow[]; removed: string[] } {
    const rows: KeyedRow[] = [];
    const removed: string[] = [];
    for (const key of this.changedKeys) {
      const row = this.rows.get(key);
      if (row) rows.push({ key, doc: row.doc, tags: row.tags });
      else removed.push(key);
    }
    return { rows, removed };
  }
}

interface Placed {
  readonly event: DomainEvent;
  readonly meta: EventMeta;
  /** The day from which the event counts; orders the fold. */
  readonly day: Day;
}

/** Events that count from the day of their contribution, not from their own (part 2, section 2). */
const OF_A_CONTRIBUTION: ReadonlySet<string> = new Set([
  'ContributionAcknowledged',
  'ContributionContested',
  'ContestationLifted',
  'ContributionCorrected',
  'ContributionValued',
]);

/**
 * The rows as of a day and an entry: an event is in them when it was recorded by `knownAt` and its effective day is at
 * most `trueOn`; folded by effective day, seq and place (part 1, 6.2). `entries` may end before or go on after `knownAt`.
 */
export async function foldAsOf(
  projections: readonly Projection[],
  entries: AsyncIterable<Entry> | Iterable<Entry>,
  asOf: AsOf,
): Promise<ReadonlyMap<string, MemoryRows>> {
  const placed = await placeEvents(entries, asOf);
  placed.sort((a, b) => compareText(a.day, b.day) || a.meta.seq - b.meta.seq || a.meta.index - b.meta.index);
  return new Map(projections.map((projection) => [projection.name, foldInto(new MemoryRows(), projection, placed)]));
}

async function placeEvents(entries: AsyncIterable<Entry> | Iterable<Entry>, asOf: AsOf): Promise<Placed[]> {
  const placed: Placed[] = [];
  const contributionDays = new Map<Id, Day>();
  for await (const entry of entries) {
    if (entry.seq > asOf.knownAt) break;
    for (const [index, event] of entry.events.entries()) {
      const meta = metaOf(entry, index, asOf.timeZone);
      if (event.type === 'ContributionDeclared') contributionDays.set(event.data.contributionId, meta.effectiveDay);
      const day = contributionDay(event, contributionDays) ?? meta.effectiveDay;
      if (day <= asOf.trueOn) placed.push({ event, meta, day });
    }
  }
  return placed;
}

function contributionDay(event: DomainEvent, days: ReadonlyMap<Id, Day>): Day | undefined {
  if (!OF_A_CONTRIBUTION.has(event.type) || !('contributionId' in event.data)) return undefined;
  return event.data.contributionId && days.get(event.data.contributionId);
}

function foldInto(rows: MemoryRows, projection: Projection, placed: readonly Placed[]): MemoryRows {
  for (const { event, meta } of placed) {
    for (const key of projection.touches(event, meta)) {
      rows.set(key, projection.evolve(rows.at(key), event, meta, key));
    }
  }
  return rows;
}
