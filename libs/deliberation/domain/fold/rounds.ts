import { event } from '#contracts';
import type { DataOf, DomainEvent, Outcome } from '#contracts';
import { msBetween } from '#kernel';
import type { Id, Recorded } from '#kernel';
import { closingConsequences } from '../adoption.js';
import { fallsBack } from '../asked-again.js';
import { fallsDue } from '../due.js';
import { STATUS_QUO } from '../evaluate/index.js';
import { unrepresentedAt } from '../representation.js';
import { isContestless, isReclassified, liveObjections, roundSubject } from '../round.js';
import { changeObjection, changeProposal, changeRound, owe } from '../state.js';
import type { DeliberationState, Proposal, Round } from '../state.js';
import { withoutProxiesOf } from './proxies.js';
import { underReview } from './reviews.js';

export function roundOpened(
  state: DeliberationState,
  opened: DataOf<'RoundOpened'>,
  recorded: Recorded,
): DeliberationState {
  const { roundId, proposalId, closesAt, minOpenUntil } = opened;
  const order = recorded.seq;
  const lengthMs = msBetween(opened.opensAt, closesAt);
  const versionCount = state.proposals.get(proposalId)?.versions.length ?? 0;
  const round: Round = {
    ...opened,
    ...{ order, versionCount, lengthMs, removals: [], deliveredAt: {}, positions: [], objections: [], extendedBy: [] },
    ...{ closed: undefined, reevaluated: undefined },
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
  next = underReview(next, next.proposals.get(proposalId)?.submission?.reviewOf);
  next = fallsDue(next, 'RoundClosed', { id: roundId, dueAt: closesAt, order });
  return fallsDue(next, 'RoundComplete', { id: roundId, dueAt: minOpenUntil, order });
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
  const closed = { closing, closedAt, outcome, result: outcome.result, unrepresented, positions: round.positions };
  let next = withoutProxiesOf(state, roundId);
  next = changeRound(next, roundId, (one) => ({ ...one, closed }));
  next = { ...next, openRounds: next.openRounds.filter((id) => id !== roundId) };
  next = changeProposal(next, round.proposalId, (proposal) => ({
    ...proposal,
    status: statusAfter(proposal, round, outcome),
    selected: selectedOption(outcome) ?? proposal.selected,
  }));
  const owed: DomainEvent[] = closingConsequences(next, roundId);
  for (const objection of liveObjections(state, round)) {
    const { objectionId } = objection;
    next = changeObjection(next, objectionId, (one) => ({ ...one, status: 'qualified' }));
    if (!isReclassified(round, objection)) continue;
    const cause = isContestless(round) ? 'no-reason' : 'all-others';
    owed.push(event('ObjectionReclassified', { objectionId, cause }, { subject: roundSubject(roundId) }));
  }
  return owe(next, ...owed);
}

/** By result (part 1, 4.2): `adopted`, `not-adopted` without fallback, things as they are, and withdrawal are final. */
function statusAfter(proposal: Proposal, round: Round, outcome: Outcome): Proposal['status'] {
  const { result } = outcome;
  if (proposal.status === 'withdrawn') return 'withdrawn';
  if (result === 'adopted') return 'adopted';
  if (result === 'selected') return selectedOption(outcome) === undefined ? 'closed' : 'submitted';
  return result === 'not-adopted' && !fallsBack(round.policy, result) ? 'closed' : 'submitted';
}

function selectedOption({ selected }: Outcome): Id | undefined {
  return selected === null || selected === STATUS_QUO ? undefined : selected;
}
