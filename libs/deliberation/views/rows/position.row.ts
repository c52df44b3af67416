import type { DomainEvent } from '#contracts';
import type { Day, Id } from '#kernel';
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
  };
  readonly contested?: Dated;
  readonly ratification?: Dated & { readonly answer: 'ratified' | 'refused'; readonly actOn?: Day | undefined };
}

export function positionRow(before: PositionRow | undefined, event: DomainEvent, meta: EventMeta, id: Id): PositionRow {
  const row: PositionRow = before ?? { sort: 'position', positionId: id };
  const at = dated(meta);
  switch (event.type) {
    case 'PositionTaken':
    case 'PositionRecordedOnBehalf': {
      const { partnerId, roundId, adReferendum, ratifyBy } = event.data;
      return { ...row, taken: { ...at, partnerId, roundId, adReferendum, ratifyBy } };
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

/** What the row of a position is found by, as long as its partner's body has to answer. */
export function tagsOfPosition({ taken, ratification }: PositionRow): readonly string[] {
  return taken?.adReferendum && !ratification ? [toRatifyTag(taken.partnerId)] : [];
}

export function toRatifyTag(partnerId: Id): string {
  return `to-ratify/${partnerId}`;
}
