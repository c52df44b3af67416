import type { DataOf, DomainEvent } from '#contracts';
import type { Id } from '#kernel';
import type { EventMeta } from '#views';
import { dated, textAt } from './dated.js';
import type { Dated } from './dated.js';

/** A change that a partner proposed to a version, and what became of it (part 1, 4.1). */
export interface AmendmentRow {
  readonly sort: 'amendment';
  readonly amendmentId: Id;
  /** With its author, and the place of its sealed text. */
  readonly submitted?: Dated &
    DataOf<'AmendmentSubmitted'> & { readonly authorId: Id | null; readonly text: string | undefined };
  readonly accepted?: Dated & { readonly version: number };
  readonly rejected?: Dated;
  readonly withdrawn?: Dated;
  readonly promoted?: Dated & { readonly newProposalId: Id };
}

export function amendmentRow(
  before: AmendmentRow | undefined,
  event: DomainEvent,
  meta: EventMeta,
  id: Id,
): AmendmentRow {
  const row: AmendmentRow = before ?? { sort: 'amendment', amendmentId: id };
  const at = dated(meta);
  switch (event.type) {
    case 'AmendmentSubmitted': {
      const authorId = meta.actor.kind === 'representative' ? meta.actor.partner : null;
      return { ...row, submitted: { ...event.data, ...at, authorId, text: textAt(event, meta, 'text') } };
    }
    case 'AmendmentAccepted':
      return { ...row, accepted: { ...at, version: event.data.version } };
    case 'AmendmentRejected':
      return { ...row, rejected: at };
    case 'AmendmentWithdrawn':
      return { ...row, withdrawn: at };
    case 'AmendmentPromoted':
      return { ...row, promoted: { ...at, newProposalId: event.data.newProposalId } };
    default:
      return row;
  }
}

/** Found by its proposal, as long as the sponsor has not answered it. */
export function tagsOfAmendment({ submitted, accepted, rejected, withdrawn }: AmendmentRow): readonly string[] {
  if (!submitted) return [];
  const isOpen = !accepted && !rejected && !withdrawn;
  return ['amendment', `amendment-of/${submitted.proposalId}`, ...(isOpen ? ['amendment-open'] : [])];
}
