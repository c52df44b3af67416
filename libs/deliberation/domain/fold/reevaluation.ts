import { event } from '#contracts';
import type { DataOf } from '#contracts';
import { addMs, DAY_MS } from '#kernel';
import type { Id, Recorded } from '#kernel';
import { roundReevaluated as reevaluationOf } from '../reevaluation.js';
import { counted } from '../round.js';
import { changeProposal, changeRound, owe } from '../state.js';
import type { DeliberationState, Position, Proposal, Round } from '../state.js';

export function positionRatified(
  state: DeliberationState,
  { positionId }: DataOf<'PositionRatified'>,
): DeliberationState {
  return changePosition(state, positionId, { ratification: 'ratified' });
}

export function ratificationRefused(
  state: DeliberationState,
  { positionId }: DataOf<'RatificationRefused'>,
): DeliberationState {
  const next = changePosition(state, positionId, { ratification: 'refused' });
  return oweReevaluation(state, next, positionId, 'ratification-refused');
}

/** What became known of a position, open round or closed. */
export function changePosition(
  state: DeliberationState,
  positionId: Id,
  known: Partial<Pick<Position, 'ratification' | 'contested' | 'struck'>>,
): DeliberationState {
  const roundId = state.roundOfPosition.get(positionId);
  if (roundId === undefined) return state;
  return changeRound(state, roundId, (round) => ({
    ...round,
    positions: round.positions.map((one) => (one.positionId === positionId ? { ...one, ...known } : one)),
  }));
}

/**
 * A fact about a counted position of a closed round makes `evaluate` run again (part 1, 4.8); in an open one it simply
 * counts. A position that was not counted changes no number, so nothing is recorded of it.
 */
export function oweReevaluation(
  before: DeliberationState,
  after: DeliberationState,
  positionId: Id,
  cause: DataOf<'RoundReevaluated'>['cause'],
): DeliberationState {
  const roundId = after.roundOfPosition.get(positionId);
  const [was, round] = [before.rounds.get(roundId), after.rounds.get(roundId)];
  if (!was || !round?.closed) return after;
  const isCounted = counted(was).counted.some((one) => one.positionId === positionId);
  return isCounted ? owe(after, reevaluationOf(after, { ...round, closed: round.closed }, cause, positionId)) : after;
}

/**
 * A re-evaluation can take a decision away and never makes one: what is adopted no longer suspends the decision that
 * rests on the round, what would be adopted now gives the right to ask the version again (part 1, 4.8).
 */
export function roundReevaluated(
  state: DeliberationState,
  { roundId, cause, outcome }: DataOf<'RoundReevaluated'>,
  recorded: Recorded,
): DeliberationState {
  const round = state.rounds.get(roundId);
  if (!round?.closed) return state;
  const { result } = outcome;
  const wasAdopted = (round.reevaluated?.result ?? round.closed.result) === 'adopted';
  if (wasAdopted === (result === 'adopted')) return state;
  const askUntil = addMs(recorded.at, state.repairDays * DAY_MS);
  let next = changeRound(state, roundId, (one) => ({ ...one, reevaluated: { result, askUntil } }));
  next = changeProposal(next, round.proposalId, (proposal) => ({ ...proposal, status: statusAfter(proposal, round) }));
  const decisionId = state.proposals.get(round.proposalId)?.decisionId;
  const decision = state.decisions.get(decisionId);
  if (!wasAdopted || decisionId === undefined || decision?.restsOn !== roundId || !isTakenAway(decision.status)) {
    return next;
  }
  return owe(next, event('DecisionSuspended', { decisionId, cause }));
}

/** Back to `submitted`, unless its life went on since: a later round, or its withdrawal. */
function statusAfter({ status, rounds }: Proposal, { roundId }: Round): Proposal['status'] {
  const isOver = status === 'adopted' || status === 'closed';
  return isOver && rounds.at(-1) === roundId ? 'submitted' : status;
}

function isTakenAway(status: string): boolean {
  return status === 'pending' || status === 'in-force' || status === 'under-review';
}
