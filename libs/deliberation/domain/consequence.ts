import { event } from '#contracts';
import type { DomainEvent } from '#contracts';
import { restDue } from '#kernel';
import type { DueItem, Id, Instant } from '#kernel';
import { closingNow, isComplete, roundClosed } from './closing.js';
import { roundSubject } from './round.js';
import type { DeliberationState } from './state.js';

/** The next automatic event: what earlier events owe, then the first open round that must close (part 1, 4.4). */
export function nextConsequence(state: DeliberationState): DomainEvent | undefined {
  if (state.dissolved) return undefined;
  const [owed] = state.owed;
  if (owed) return owed;
  for (const roundId of state.openRounds) {
    const round = state.rounds.get(roundId);
    const closing = round && closingNow(state, round);
    if (closing) return roundClosed(state, round, closing, state.lastAt);
  }
  return undefined;
}

/** What a due item stands for, or nothing when the state has moved past it. */
export function dueEvent(state: DeliberationState, item: DueItem): DomainEvent | undefined {
  const id = item.id as Id;
  switch (item.type) {
    case 'ObjectionLapsed':
      return lapsed(state, id);
    case 'ProxyRevoked':
      return state.liveProxies.includes(id) ? event('ProxyRevoked', { proxyId: id, cause: 'expired' }) : undefined;
    case 'ProposalWithdrawn':
      return withoutSponsor(state, id, item.dueAt);
    case 'RoundClosed':
      return deadline(state, id, item.dueAt);
    case 'RoundComplete':
      return completeAtLast(state, id);
    default:
      return decisionDue(state, id, item.type);
  }
}

export function withoutFirstDue(state: DeliberationState): DeliberationState {
  return { ...state, due: restDue(state.due) };
}

function lapsed(state: DeliberationState, objectionId: Id): DomainEvent | undefined {
  const objection = state.objections.get(objectionId);
  if (objection?.status !== 'orphaned') return undefined;
  return event('ObjectionLapsed', { objectionId }, { subject: roundSubject(objection.roundId) });
}

function withoutSponsor(state: DeliberationState, proposalId: Id, dueAt: Instant): DomainEvent | undefined {
  const proposal = state.proposals.get(proposalId);
  if (proposal?.sponsorBy !== dueAt) return undefined;
  return event('ProposalWithdrawn', { proposalId, cause: 'no-sponsor' });
}

function deadline(state: DeliberationState, roundId: Id, dueAt: Instant): DomainEvent | undefined {
  const round = state.rounds.get(roundId);
  if (!round || round.closed || round.closesAt !== dueAt) return undefined;
  return roundClosed(state, round, 'deadline', dueAt);
}

/** Everybody has answered and the minimum opening passes last. At the deadline itself the deadline closes. */
function completeAtLast(state: DeliberationState, roundId: Id): DomainEvent | undefined {
  const round = state.rounds.get(roundId);
  if (!round || round.closed || round.closesAt === round.minOpenUntil || !isComplete(state, round)) return undefined;
  return roundClosed(state, round, 'complete', round.minOpenUntil);
}

function decisionDue(state: DeliberationState, decisionId: Id, type: string): DomainEvent | undefined {
  const decision = state.decisions.get(decisionId);
  if (type === 'DecisionTookEffect') {
    return decision?.status === 'pending' ? event('DecisionTookEffect', { decisionId }) : undefined;
  }
  if (decision?.status !== 'in-force') return undefined;
  if (type === 'DecisionExpired') return event('DecisionExpired', { decisionId });
  return type === 'ReviewDue' && !decision.reviewOverdue ? event('ReviewDue', { decisionId }) : undefined;
}
