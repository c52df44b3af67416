import type { DomainEvent } from '#contracts';
import type { Day, Id } from '#kernel';
import type { EventMeta } from '#views';
import { dated } from './dated.js';
import type { Dated } from './dated.js';

/** What became of a position; the round's row has the position itself. */
export interface PositionRow {
  readonly sort: 'position';
  readonly positionId: Id;
  readonly contested?: Dated;
  readonly ratification?: Dated & { readonly answer: 'ratified' | 'refused'; readonly actOn?: Day | undefined };
}

export function positionRow(before: PositionRow | undefined, event: DomainEvent, meta: EventMeta, id: Id): PositionRow {
  const row: PositionRow = before ?? { sort: 'position', positionId: id };
  const at = dated(meta);
  switch (event.type) {
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
