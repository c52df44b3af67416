import { event } from '#contracts';
import type { DataOf, DomainEvent } from '#contracts';
import { addMs, DAY_MS } from '#kernel';
import type { Id, Instant, Recorded } from '#kernel';
import { fallsDue } from '../due.js';
import { electors, graceFrom, isElector, liveObjections, reachesFloor, roundSubject } from '../round.js';
import { changeProposal, changeRound, owe } from '../state.js';
import type { DeliberationState, Position, Removal, Round } from '../state.js';
import { objectionsFollow } from './following.js';
import { endedByRecusal, endedWithPartner } from './proxies.js';

/** A partner left the alliance: it leaves every open electorate at once, and every open proposal that it sponsored. */
export function partnerLeft(cause: 'withdrew' | 'excluded') {
  return (state: DeliberationState, { partnerId }: { readonly partnerId: Id }, recorded: Recorded) => {
    // From the last to the first, because what is owed last stands first in the queue.
    const left = state.openRounds.toReversed().reduce((next, roundId) => {
      const round = next.rounds.get(roundId);
      return round ? leaveRound(next, round, { partnerId, cause }, recorded) : next;
    }, state);
    return endedWithPartner(left, partnerId);
  };
}

/**
 * A partner with a conflict of interest leaves the electorate of one round. What it took as proxy holder is struck; what
 * a holder took that left the alliance stands (part 1, 4.7).
 */
export function partnerRecused(
  state: DeliberationState,
  { roundId, partnerId }: DataOf<'PartnerRecused'>,
  recorded: Recorded,
): DeliberationState {
  const struck = strike(state, roundId, partnerId);
  const round = struck.rounds.get(roundId);
  if (!round || round.closed) return state;
  const left = leaveRound(struck, round, { partnerId, cause: 'recused' }, recorded);
  return endedByRecusal(left, round, partnerId, recorded.at);
}

/** The positions that a holder took in a round for others. */
function strike(state: DeliberationState, roundId: Id, holderId: Id): DeliberationState {
  const isTakenBy = ({ proxyId }: Position) => state.proxies.get(proxyId)?.holderId === holderId;
  const struck = (state.rounds.get(roundId)?.positions ?? []).filter(isTakenBy);
  if (struck.length === 0) return state;
  const next = changeRound(state, roundId, (round) => ({
    ...round,
    positions: round.positions.map((position) => (isTakenBy(position) ? { ...position, struck: true } : position)),
  }));
  const givers = [...new Set(struck.map(({ partnerId }) => partnerId))];
  return givers.reduce((settled, giverId) => objectionsFollow(state, settled, roundId, giverId), next);
}

function leaveRound(state: DeliberationState, round: Round, removal: Removal, recorded: Recorded): DeliberationState {
  const { partnerId } = removal;
  const { roundId, proposalId } = round;
  const until = graceFrom(recorded.at);
  const sponsored = state.proposals.get(proposalId)?.sponsorId === partnerId;
  let next = sponsored ? loseSponsor(state, proposalId, until, recorded) : state;
  if (isElector(round, partnerId)) {
    next = changeRound(next, roundId, (one) => ({ ...one, removals: [...one.removals, removal] }));
  }
  const remaining = next.rounds.get(roundId);
  if (!remaining || !reachesFloor(electors(remaining), remaining.floor)) return next;
  const orphans = liveObjections(state, round).filter((objection) => objection.partnerId === partnerId);
  const owed: DomainEvent[] = orphans.map(({ objectionId }) =>
    event('ObjectionOrphaned', { objectionId, adoptBy: until }, { subject: roundSubject(roundId) }),
  );
  if ((sponsored || orphans.length > 0) && round.closesAt < until) {
    const cause = orphans.length > 0 ? 'orphaned' : 'no-sponsor';
    owed.push(event('RoundExtended', { roundId, cause, closesAt: until }));
  }
  return owe(next, ...owed);
}

/** 72 h for another partner to sponsor (part 1, 4.7). */
function loseSponsor(state: DeliberationState, proposalId: Id, until: Instant, recorded: Recorded): DeliberationState {
  const next = changeProposal(state, proposalId, (one) => ({ ...one, sponsorId: undefined, sponsorBy: until }));
  return fallsDue(next, 'ProposalWithdrawn', { id: proposalId, dueAt: until, order: recorded.seq });
}

const SYSTEM_EXTENSION_MS = 7 * DAY_MS;

/** Once per round the system gives 7 days more, or the original length if shorter (part 1, 4.4). */
export function partnerBecameUnrepresented(
  state: DeliberationState,
  { partnerId }: { readonly partnerId: Id },
): DeliberationState {
  const owed: DomainEvent[] = [];
  for (const roundId of state.openRounds) {
    const round = state.rounds.get(roundId);
    if (!round || round.extendedBy.includes('system') || !isElector(round, partnerId)) continue;
    const more = Math.min(SYSTEM_EXTENSION_MS, round.lengthMs);
    owed.push(event('RoundExtended', { roundId, cause: 'unrepresented', closesAt: addMs(round.closesAt, more) }));
  }
  return owe(state, ...owed);
}
