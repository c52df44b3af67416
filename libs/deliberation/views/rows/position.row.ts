import type { DomainEvent } from '#contracts';
import type { Day, Id, Instant } from '#kernel';
import type { EventMeta } from '#views';
import { dated } from './dated.js';
import type { Dated } from './dated.js';

/** What became of a position; the round's row has the position itself. */
export interface PositionRow {
  readonly sort: 'position';
  readonly positionId: Id;
  /** Of one taken ad referendum, or told on behalf: what waits for the partner. */
  readonly taken?: Dated & {
    readonly partnerId: Id;
    readonly roundId: Id;
    readonly adReferendum: boolean;
    readonly ratifyBy?: Day | undefined;
    readonly late: boolean;
    readonly onBehalf: boolean;
  };
  /** First delivered notification of one told on behalf (part 1, 4.8). */
  readonly deliveredAt?: Instant;
  readonly contested?: Dated;
  readonly ratification?: Dated & { readonly answer: 'ratified' | 'refused'; readonly actOn?: Day | undefined };
}

export function positionRow(before: PositionRow | undefined, event: DomainEvent, meta: EventMeta, id: Id): PositionRow {
  const row: PositionRow = before ?? { sort: 'position', positionId: id };
  const at = dated(meta);
  switch (event.type) {
    case 'PositionTaken':
    case 'PositionRecordedOnBehalf': {
      const { partnerId, roundId, adReferendum, ratifyBy, late } = event.data;
      const onBehalf = event.type === 'PositionRecordedOnBehalf';
      return { ...row, taken: { ...at, partnerId, roundId, adReferendum, ratifyBy, late, onBehalf } };
    }
    case 'PartnerNotified': {
      const { deliveredAt, status } = event.data;
      const isFirst = deliveredAt !== undefined && (row.deliveredAt === undefined || deliveredAt < row.deliveredAt);
      return status === 'delivered' && isFirst ? { ...row, deliveredAt } : row;
    }
    case 'PositionContested':
      return { ...row, contested: at };
    case 'PositionRatified':
      return { ...row, ratification: { ...at, answer: 'ratified', actOn: event.data.actOn } };
    case 'RatificationRefused':
      return { ...row, ratification: { ...at, answer: 'refused', actOn: event.data.actOn } };
    default:
      return row;
  }
}

/** Found as long as its partner's body has to answer, and as long as what was told on its behalf may be contested. */
export function tagsOfPosition({ taken, ratification, contested }: PositionRow): readonly string[] {
  if (!taken) return [];
  return [
    ...(taken.adReferendum && !taken.late && !ratification ? [toRatifyTag(taken.partnerId)] : []),
    ...(taken.onBehalf && !contested ? [toContestTag(taken.partnerId)] : []),
  ];
}

export function toRatifyTag(partnerId: Id): string {
  return `to-ratify/${partnerId}`;
}

export function toContestTag(partnerId: Id): string {
  return `to-contest/${partnerId}`;
}
