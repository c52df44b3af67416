import type { DataOf } from '#contracts';
import type { Id, Recorded } from '#kernel';
import type { Amendment, DeliberationState } from '../state.js';

/** Its author is the partner whose mandate submitted it. */
export function amendmentSubmitted(
  state: DeliberationState,
  submitted: DataOf<'AmendmentSubmitted'>,
  { actor }: Recorded,
): DeliberationState {
  const authorId = actor.kind === 'representative' ? actor.partner : undefined;
  const amendment: Amendment = { ...submitted, status: 'submitted', authorId };
  return { ...state, amendments: state.amendments.with(submitted.amendmentId, amendment) };
}

export function amendmentBecomes(status: Amendment['status']) {
  return (state: DeliberationState, { amendmentId }: { readonly amendmentId: Id }): DeliberationState => ({
    ...state,
    amendments: state.amendments.change(amendmentId, (amendment) => ({ ...amendment, status })),
  });
}
