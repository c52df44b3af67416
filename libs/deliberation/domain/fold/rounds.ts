import { event } from '#contracts';
import type { DataOf, DomainEvent, Result } from '#contracts';
import { msBetween } from '#kernel';
import type { Instant, Recorded } from '#kernel';
import { decisionAdopted } from '../adoption.js';
import { fallsBack } from '../asked-again.js';
import { fallsDue } from '../due.js';
import { unrepresentedAt } from '../representation.js';
import { countedPosition, isContestless, isReclassified, liveObjections, roundSubject } from '../round.js';
import { changeObjection, changeProposal, changeRound, owe } from '../state.js';
import type { DeliberationState, Position, Proposal, Round } from '../state.js';

export function roundOpened(
  state: DeliberationState,
  opened: DataOf<'RoundOpened'>,
  recorded: Recorded,
): DeliberationState {
  const { roundId, proposalId, closesAt, minOpenUntil } = opened;
  const order = recorded.seq;
  const lengthMs = msBetween(opened.opensAt, closesAt);
  const round: Round = {
    ...opened,
    ...{
      order,
      lengthMs,
      removals: [],
      deliveredAt: {},
      positions: [],
      objections: [],
      extendedBy: [],
      closed: undefined,
    },
  };
  let next: DeliberationState = {
    ...state,
    rounds: state.rounds.with(roundId, round),
    openRounds: [...state.openRounds, roundId],
  };
  next = changeProposal(next, proposalId, (proposal) => ({
    ...proposal,
    status: 'in-round',
    rounds: [...proposal.rounds, roundId],
  }));
  next = fallsDue(next, 'RoundClosed', { id: roundId, dueAt: closesAt, order });
  return fallsDue(next, 'RoundComplete', { id: roundId, dueAt: minOpenUntil, order });
}

/** When another position of the partner counts from now on, the objection of the old one is withdrawn (part 1, 4.6). */
export function positionTaken(
  state: DeliberationState,
  taken: DataOf<'PositionTaken'>,
  recorded: Recorded,
): DeliberationState {
  const before = state.rounds.get(taken.roundId);
  const next = changeRound(state, taken.roundId, (round) => ({
    ...round,
    positions: [...round.positions, positionAt(round.positions.length + 1, taken, recorded.at)],
  }));
  const after = next.rounds.get(taken.roundId);
  if (!before || !after || before.closed) return next;
  if (countedPosition(after, taken.partnerId)?.seq !== after.positions.length) return next;
  const replaced = liveObjections(state, before).filter(({ partnerId }) => partnerId === taken.partnerId);
  return owe(next, ...replaced.map(({ objectionId }) => withdrawn(objectionId, taken.roundId)));
}

function positionAt(seq: number, taken: DataOf<'PositionTaken'>, recordedAt: Instant): Position {
  return { ...taken, seq, recordedAt, deliveredAt: undefined, contested: false, struck: false };
}

function withdrawn(objectionId: DataOf<'ObjectionWithdrawn'>['objectionId'], roundId: Round['roundId']): DomainEvent {
  return event('ObjectionWithdrawn', { objectionId }, { subject: roundSubject(roundId) });
}

export function roundExtended(
  state: DeliberationState,
  { roundId, cause, closesAt }: DataOf<'RoundExtended'>,
): DeliberationState {
  const by = cause === 'facilitator' ? 'facilitator' : 'system';
  // What waits for an orphan or a sponsor is no extension (part 1, 4.4).
  const counts = cause === 'facilitator' || cause === 'unrepresented' || cause === 'outage';
  const next = changeRound(state, roundId, (round) => ({
    ...round,
    closesAt,
    extendedBy: counts ? [...round.extendedBy, by] : round.extendedBy,
  }));
  const order = state.rounds.get(roundId)?.order ?? 0;
  return fallsDue(next, 'RoundClosed', { id: roundId, dueAt: closesAt, order });
}

/** Closing settles the live objections, moves the proposal on, and owes the decision of an adopted round. */
export function roundClosed(
  state: DeliberationState,
  { roundId, closing, closedAt, outcome }: DataOf<'RoundClosed'>,
): DeliberationState {
  const round = state.rounds.get(roundId);
  if (!round) return state;
  const unrepresented = unrepresentedAt(state, round, closedAt);
  const closed = { closing, closedAt, outcome, result: outcome.result, unrepresented };
  let next = changeRound(state, roundId, (one) => ({ ...one, closed }));
  next = { ...next, openRounds: next.openRounds.filter((id) => id !== roundId) };
  next = changeProposal(next, round.proposalId, (proposal) => ({
    ...proposal,
    status: statusAfter(proposal, round, outcome.result),
  }));
  const owed: DomainEvent[] = outcome.result === 'adopted' ? decisionAdopted(next, roundId) : [];
  for (const objection of liveObjections(state, round)) {
    const { objectionId } = objection;
    next = changeObjection(next, objectionId, (one) => ({ ...one, status: 'qualified' }));
    if (!isReclassified(round, objection)) continue;
    const cause = isContestless(round) ? 'no-reason' : 'all-others';
    owed.push(event('ObjectionReclassified', { objectionId, cause }, { subject: roundSubject(roundId) }));
  }
  return owe(next, ...owed);
}

/** By result (part 1, 4.2): `adopted`, `not-adopted` without fallback and withdrawal are final. */
function statusAfter(proposal: Proposal, round: Round, result: Result): Proposal['status'] {
  if (proposal.status === 'withdrawn') return 'withdrawn';
  if (result === 'adopted') return 'adopted';
  return result === 'not-adopted' && !fallsBack(round.policy, result) ? 'closed' : 'submitted';
}
