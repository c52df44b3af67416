import { event } from '#contracts';
import type { ArgumentsOf, DomainEvent, SealedValues } from '#contracts';
import { addDays, dayOf, isRefusal, refuse } from '#kernel';
import type { Act, Decision, Id, Refusal } from '#kernel';
import { representing } from './authority.js';
import { holdsSubject } from './fold/decisions.js';
import { named } from './sealed.js';
import type { DecisionRecord } from './state.js';
import type { DeliberationWorld } from './world.js';

/** R(propose) of any partner brings the review of a decision nearer, once between two reviews (4.9: RequestReview). */
export function requestReview(
  world: DeliberationWorld,
  { decisionId, sealed }: ArgumentsOf<'RequestReview'>,
  act: Act,
): Decision<DomainEvent> {
  const representative = representing(world, act, 'propose');
  if (isRefusal(representative)) return representative;
  const decision = decisionOf(world, decisionId);
  if (isRefusal(decision)) return decision;
  const requested = reviewRequested(world, decision, sealed, act);
  return isRefusal(requested) ? requested : [requested];
}

/**
 * R(take-position) objects after the closing: undoes nothing, is kept as a concern on the decision, and may carry a
 * request for review (4.6: FileLateObjection).
 */
export function fileLateObjection(
  world: DeliberationWorld,
  { decisionId, kind, reviewRequest, sealed }: ArgumentsOf<'FileLateObjection'>,
  act: Act,
): Decision<DomainEvent> {
  const representative = representing(world, act, 'take-position');
  if (isRefusal(representative)) return representative;
  const decision = decisionOf(world, decisionId);
  if (isRefusal(decision)) return decision;
  if (!holdsSubject(decision)) return refuse('WRONG_STATE', { rule: decision.status });
  if (sealed['reason'] === undefined) return refuse('REASON_REQUIRED', { pointer: '/reason' });
  const { partnerId } = representative;
  const filed = event('LateObjectionFiled', { decisionId, partnerId, kind }, { sealed: named(sealed, 'reason') });
  if (!reviewRequest) return [filed];
  const requested = reviewRequested(world, decision, reviewRequest.sealed, act);
  return isRefusal(requested) ? requested : [filed, requested];
}

function decisionOf({ state }: DeliberationWorld, decisionId: Id): DecisionRecord | Refusal {
  return state.decisions.get(decisionId) ?? refuse('NOT_FOUND', { pointer: '/decisionId' });
}

/** `reviewOn` becomes the earlier of its value and today + `earlyReviewDays`. */
function reviewRequested(
  { state, alliance }: DeliberationWorld,
  { decisionId, status, reviewOn, reviewRequested: already }: DecisionRecord,
  sealed: SealedValues,
  act: Act,
): DomainEvent | Refusal {
  if (status !== 'pending' && status !== 'in-force') return refuse('WRONG_STATE', { rule: status });
  if (already) return refuse('WRONG_STATE', { rule: 'once between two reviews' });
  const days = alliance.charterInForce()?.charter.earlyReviewDays ?? 0;
  const soon = addDays(dayOf(act.at, state.timeZone), days);
  const earlier = reviewOn !== undefined && reviewOn < soon ? reviewOn : soon;
  return event('ReviewRequested', { decisionId, reviewOn: earlier }, { sealed: named(sealed, 'reason') });
}
