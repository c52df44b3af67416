import type { DataOf } from '#contracts';
import type { Id, Recorded } from '#kernel';
import { changeDecision } from '../state.js';
import type { DeliberationState } from '../state.js';
import { reviewFallsDue } from './decisions.js';

/** A round opens on a proposal that reviews a decision in force: it is under review, and still in force (4.9). */
export function underReview(state: DeliberationState, decisionId: Id | undefined): DeliberationState {
  if (decisionId === undefined) return state;
  return changeDecision(state, decisionId, (one) => ({ ...one, status: 'under-review' }));
}

/** Its review closed: back in force, with a new date when it was renewed; another early review may be asked for. */
export function decisionReviewed(
  state: DeliberationState,
  { decisionId, outcome, reviewOn }: DataOf<'DecisionReviewed'>,
  recorded: Recorded,
): DeliberationState {
  const next = changeDecision(state, decisionId, (one) => ({
    ...one,
    status: one.status === 'under-review' ? 'in-force' : one.status,
    reviewRequested: false,
    ...(outcome === 'renew' ? { reviewOn, reviewOverdue: false } : {}),
  }));
  return reviewFallsDue(next, decisionId, recorded);
}

export function reviewRequested(
  state: DeliberationState,
  { decisionId, reviewOn }: DataOf<'ReviewRequested'>,
  recorded: Recorded,
): DeliberationState {
  const next = changeDecision(state, decisionId, (one) => ({ ...one, reviewOn, reviewRequested: true }));
  return reviewFallsDue(next, decisionId, recorded);
}

export function reviewDue(state: DeliberationState, { decisionId }: DataOf<'ReviewDue'>): DeliberationState {
  return changeDecision(state, decisionId, (decision) => ({ ...decision, reviewOverdue: true }));
}
