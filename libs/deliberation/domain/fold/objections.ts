import { event } from '#contracts';
import type { DataOf } from '#contracts';
import type { Id, Instant, Recorded } from '#kernel';
import { fallsDue } from '../due.js';
import { liveObjections, roundSubject } from '../round.js';
import { changeObjection, changeRound, owe } from '../state.js';
import type { DeliberationState, Objection, ObjectionStatus } from '../state.js';

export function objectionRaised(
  state: DeliberationState,
  raised: DataOf<'ObjectionRaised'>,
  recorded: Recorded,
): DeliberationState {
  const { objectionId, roundId, positionId } = raised;
  const position = state.rounds.get(roundId)?.positions.findLast((one) => one.positionId === positionId);
  const objection: Objection = {
    ...raised,
    status: position?.late ? 'late' : 'raised',
    ...{ tested: undefined, notQualified: [], adoptBy: undefined, confirmed: [], abandoned: undefined },
    actedAt: recorded.at,
  };
  const added = { ...state, objections: state.objections.with(objectionId, objection) };
  const next = changeRound(added, roundId, (round) => ({ ...round, objections: [...round.objections, objectionId] }));
  return raised.reasonDueAt === undefined ? next : awaitReason(next, objection, raised.reasonDueAt);
}

/** The round stays open for the reason of an objection under silent consent, as long as its position counts (4.4). */
function awaitReason(state: DeliberationState, objection: Objection, dueAt: Instant): DeliberationState {
  const { roundId } = objection;
  const round = state.rounds.get(roundId);
  if (!round || !liveObjections(state, round).includes(objection)) return state;
  const next = fallsDue(state, 'RoundComplete', { id: roundId, dueAt, order: round.order });
  if (round.closesAt >= dueAt) return next;
  return owe(next, event('RoundExtended', { roundId, cause: 'reason-due', closesAt: dueAt }));
}

export function objectionReasonGiven(
  state: DeliberationState,
  { objectionId }: DataOf<'ObjectionReasonGiven'>,
): DeliberationState {
  return changeObjection(state, objectionId, (objection) => ({ ...objection, reasonGiven: true }));
}

export function objectionTested(state: DeliberationState, tested: DataOf<'ObjectionTested'>): DeliberationState {
  return changeObjection(state, tested.objectionId, (objection) => ({ ...objection, tested: tested.form }));
}

/** The last word of each partner counts. */
export function objectionContested(
  state: DeliberationState,
  { objectionId, partnerId, says }: DataOf<'ObjectionContested'>,
): DeliberationState {
  return changeObjection(state, objectionId, (objection) => {
    const others = objection.notQualified.filter((id) => id !== partnerId);
    return { ...objection, notQualified: says === 'not-qualified' ? [...others, partnerId] : others };
  });
}

export function objectionOrphaned(
  state: DeliberationState,
  { objectionId, adoptBy }: DataOf<'ObjectionOrphaned'>,
  recorded: Recorded,
): DeliberationState {
  const next = changeObjection(state, objectionId, (objection) => ({ ...objection, status: 'orphaned', adoptBy }));
  return fallsDue(next, 'ObjectionLapsed', { id: objectionId, dueAt: adoptBy, order: recorded.seq });
}

export function objectionIntegrated(
  state: DeliberationState,
  { objectionId }: DataOf<'ObjectionIntegrated'>,
): DeliberationState {
  return changeObjection(state, objectionId, (objection) => ({ ...objection, status: 'integrating', confirmed: [] }));
}

/** Both sides confirmed: the objection is resolved, in the same commit. */
export function resolutionConfirmed(
  state: DeliberationState,
  { objectionId, side }: DataOf<'ObjectionResolutionConfirmed'>,
  recorded: Recorded,
): DeliberationState {
  const next = changeObjection(state, objectionId, (objection) => ({
    ...objection,
    confirmed: [...objection.confirmed, side],
    actedAt: side === 'objector' ? recorded.at : objection.actedAt,
  }));
  const objection = next.objections.get(objectionId);
  if (!objection?.confirmed.includes('objector') || !objection.confirmed.includes('sponsor')) return next;
  return owe(next, event('ObjectionResolved', { objectionId }, { subject: roundSubject(objection.roundId) }));
}

export function objectionAbandoned(
  state: DeliberationState,
  { objectionId }: DataOf<'ObjectionAbandoned'>,
  recorded: Recorded,
): DeliberationState {
  return changeObjection(state, objectionId, (objection) => {
    const from = objection.status === 'integrating' ? 'integrating' : 'qualified';
    return { ...objection, status: 'abandoned', abandoned: { at: recorded.at, from } };
  });
}

/** The objection comes back as it was before it was abandoned. */
export function abandonmentContested(
  state: DeliberationState,
  { objectionId }: DataOf<'ObjectionAbandonmentContested'>,
  recorded: Recorded,
): DeliberationState {
  return changeObjection(state, objectionId, (objection) => ({
    ...objection,
    status: objection.abandoned?.from ?? objection.status,
    abandoned: undefined,
    actedAt: recorded.at,
  }));
}

/** A fold that only moves an objection to its next status. */
export function objectionBecomes(status: ObjectionStatus) {
  return (state: DeliberationState, { objectionId }: { readonly objectionId: Id }) =>
    changeObjection(state, objectionId, (objection) => ({ ...objection, status }));
}
