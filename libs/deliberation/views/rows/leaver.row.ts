import type { DomainEvent } from '#contracts';
import type { Id, Instant } from '#kernel';
import type { EventMeta } from '#views';
import { dated, instantOf, withOne } from './dated.js';
import type { Dated } from './dated.js';

/** A partner that left the alliance, each time that it did: it leaves every open round at once (part 1, 4.7). */
export interface LeaverRow {
  readonly sort: 'leaver';
  readonly partnerId: Id;
  readonly left: readonly Left[];
}
export type Left = Dated & { readonly cause: 'withdrew' | 'excluded'; readonly at: Instant };

export const LEAVER_TAG = 'leaver';

export function leaverRow(before: LeaverRow | undefined, event: DomainEvent, meta: EventMeta, id: Id): LeaverRow {
  const row: LeaverRow = before ?? { sort: 'leaver', partnerId: id, left: [] };
  const cause = event.type === 'PartnerExcluded' ? 'excluded' : 'withdrew';
  return { ...row, left: withOne(row.left, { ...dated(meta), cause, at: instantOf(event, meta) }) };
}
