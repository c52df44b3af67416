import type { DataOf, DomainEvent, EventOf, Outcome } from '#contracts';
import type { Hash, Id, Instant } from '#kernel';
import type { EventMeta } from '#views';
import { dated, instantOf, textAt, withOne } from './dated.js';
import type { Dated } from './dated.js';

/** An entry of the ledger, as a printed page names it. */
interface Recorded {
  readonly hash: Hash;
  readonly at: Instant;
}

export interface RoundRow {
  readonly sort: 'round';
  readonly roundId: Id;
  readonly opened?: Dated & Recorded & DataOf<'RoundOpened'>;
  readonly deadlines: readonly (Dated & { readonly closesAt: Instant; readonly cause: string })[];
  readonly notified: readonly (Dated & Omit<DataOf<'PartnerNotified'>, 'roundId'>)[];
  readonly positions: readonly PositionFact[];
  readonly recused: readonly (Dated & {
    readonly partnerId: Id;
    readonly at: Instant;
    readonly reason: string | undefined;
  })[];
  readonly closed?: Dated & Recorded & Omit<DataOf<'RoundClosed'>, 'roundId'>;
  /** Outcomes of `evaluate` after facts learnt later. */
  readonly reevaluated: readonly (Dated & {
    readonly cause: string;
    readonly positionId: Id;
    readonly outcome: Outcome;
    /** When it was learnt, however late the clock told it. */
    readonly at: Instant;
  })[];
}

type Taken = DataOf<'PositionTaken'>;
type Told = DataOf<'PositionRecordedOnBehalf'>;

/** A position, however it was taken, with the places of its sealed texts. */
export type PositionFact = Dated &
  Omit<Taken, 'roundId' | 'channel'> &
  Partial<Pick<Told, 'speakerMandateId' | 'statedAt' | 'means'>> & {
    readonly channel: Taken['channel'] | 'on-behalf';
    readonly at: Instant;
    /** The partner that took it as proxy holder. */
    readonly takenBy?: Id;
    readonly reason: string | undefined;
    readonly concern?: string | undefined;
    readonly internalSplit?: string | undefined;
  };

export function roundRow(before: RoundRow | undefined, event: DomainEvent, meta: EventMeta, id: Id): RoundRow {
  const row: RoundRow = before ?? {
    ...{ sort: 'round', roundId: id, deadlines: [], notified: [], positions: [] },
    ...{ recused: [], reevaluated: [] },
  };
  return { ...row, ...roundFacts(row, event, meta) };
}

function roundFacts(before: RoundRow, event: DomainEvent, meta: EventMeta): Partial<RoundRow> {
  const at = dated(meta);
  const entry = { hash: meta.hash, at: meta.at };
  switch (event.type) {
    case 'RoundOpened':
      return { opened: { ...event.data, ...at, ...entry } };
    case 'RoundExtended': {
      const { closesAt, cause } = event.data;
      return { deadlines: withOne(before.deadlines, { ...at, closesAt, cause }) };
    }
    case 'PartnerNotified': {
      const { roundId: _, ...data } = event.data;
      return { notified: withOne(before.notified, { ...data, ...at }) };
    }
    case 'PositionTaken':
    case 'PositionRecordedOnBehalf':
      return { positions: withOne(before.positions, positionFact(event, meta)) };
    case 'PartnerRecused':
      return { recused: withOne(before.recused, recusal(event, meta)) };
    case 'RoundClosed': {
      const { roundId: _, ...data } = event.data;
      return { closed: { ...data, ...at, ...entry } };
    }
    case 'RoundReevaluated': {
      const { cause, positionId, outcome } = event.data;
      const known = { cause, positionId, outcome };
      return { reevaluated: withOne(before.reevaluated, { ...at, ...known, at: instantOf(event, meta) }) };
    }
    default:
      return {};
  }
}

function recusal(event: EventOf<'PartnerRecused'>, meta: EventMeta): RoundRow['recused'][number] {
  const { partnerId } = event.data;
  return { ...dated(meta), partnerId, at: instantOf(event, meta), reason: textAt(event, meta, 'reason') };
}

type PositionEvent = Extract<DomainEvent, { type: 'PositionTaken' | 'PositionRecordedOnBehalf' }>;

function positionFact(event: PositionEvent, meta: EventMeta): PositionFact {
  const more = { ...dated(meta), at: meta.at, reason: textAt(event, meta, 'reason') };
  if (event.type === 'PositionRecordedOnBehalf') return { ...event.data, ...more, channel: 'on-behalf' };
  const texts = { concern: textAt(event, meta, 'concern'), internalSplit: textAt(event, meta, 'internalSplit') };
  const isByProxy = event.data.channel === 'proxy' && meta.actor.kind === 'representative';
  return { ...event.data, ...more, ...texts, ...(isByProxy ? { takenBy: meta.actor.partner } : {}) };
}
