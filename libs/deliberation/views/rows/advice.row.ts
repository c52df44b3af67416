import type { DataOf, DomainEvent } from '#contracts';
import type { Id } from '#kernel';
import type { EventMeta } from '#views';
import { dated, textAt } from './dated.js';
import type { Dated } from './dated.js';

/** An advice that was asked for, given and followed up (part 1, 4.5, M9). */
export interface AdviceRow {
  readonly sort: 'advice';
  readonly adviceId: Id;
  readonly requested?: Dated & DataOf<'AdviceRequested'>;
  /** With the place of its sealed text. */
  readonly given?: Dated & { readonly text: string | undefined };
  readonly answered?: Dated & { readonly followUp: string };
}

export function adviceRow(before: AdviceRow | undefined, event: DomainEvent, meta: EventMeta, id: Id): AdviceRow {
  const row: AdviceRow = before ?? { sort: 'advice', adviceId: id };
  const at = dated(meta);
  switch (event.type) {
    case 'AdviceRequested':
      return { ...row, requested: { ...event.data, ...at } };
    case 'AdviceGiven':
      return { ...row, given: { ...at, text: textAt(event, meta, 'text') } };
    case 'AdviceAnswered':
      return { ...row, answered: { ...at, followUp: event.data.followUp } };
    default:
      return row;
  }
}

/** Found by its proposal; by its partner while it waits for the advice, and among those that wait for the follow-up. */
export function tagsOfAdvice({ requested, given, answered }: AdviceRow): readonly string[] {
  if (!requested) return [];
  const waits = given ? (answered ? [] : ['advice-to-answer']) : [toAdviseTag(requested.partnerId)];
  return ['advice', `advice-of/${requested.proposalId}`, ...waits, ...(answered ? [] : ['advice-open'])];
}

export function toAdviseTag(partnerId: Id): string {
  return `to-advise/${partnerId}`;
}
