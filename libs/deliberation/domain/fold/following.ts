import { event } from '#contracts';
import type { Id } from '#kernel';
import { countedPosition, isReclassified, objectionIdOf, roundSubject } from '../round.js';
import { changeObjection, owe } from '../state.js';
import type { DeliberationState, Objection, Round } from '../state.js';

/**
 * An objection lives through its position (part 1, 4.4): when another position of the partner counts from now on, or
 * none, the objection of the old one is withdrawn (4.6). One whose position counts again, because a later one was
 * contested or struck, is open again.
 */
export function objectionsFollow(
  before: DeliberationState,
  after: DeliberationState,
  roundId: Id,
  partnerId: Id,
): DeliberationState {
  const [was, is] = [before.rounds.get(roundId), after.rounds.get(roundId)];
  if (!was || !is) return after;
  const [left, counts] = [countedPosition(was, partnerId), countedPosition(is, partnerId)];
  if (left?.positionId === counts?.positionId) return after;
  const gone = left && after.objections.get(objectionIdOf(left.positionId));
  const back = counts && after.objections.get(objectionIdOf(counts.positionId));
  const next = back?.status === 'withdrawn' ? openAgain(after, is, back) : after;
  if (!gone || !OPEN.includes(gone.status)) return next;
  return owe(next, event('ObjectionWithdrawn', { objectionId: gone.objectionId }, { subject: roundSubject(roundId) }));
}

/** States in which an objection asks for something still; an orphan stays one. */
const OPEN: readonly Objection['status'][] = ['raised', 'qualified', 'integrating'];

function openAgain(state: DeliberationState, round: Round, objection: Objection): DeliberationState {
  const atClosing = isReclassified(round, objection) ? 'reclassified' : 'qualified';
  const status = round.closed ? atClosing : 'raised';
  return changeObjection(state, objection.objectionId, (one) => ({ ...one, status }));
}
