import { event } from '#contracts';
import type { DomainEvent } from '#contracts';
import { endOfDay, restDue } from '#kernel';
import type { Day, DueItem, Id, Instant } from '#kernel';
import { closingNow, isComplete, roundClosed } from './closing.js';
import { ratificationRefused } from './ratification.js';
import { roundSubject } from './round.js';
import { conditionalTurn, pendingTurn } from './conditions.js';
import type { DecisionRecord, DeliberationState } from './state.js';
import type { DeliberationWorld } from './world.js';

/**
 * The next automatic event: what earlier events owe, then the first pending decision whose conditions were settled
 * (part 1, 4.9), then the first open round that must close (4.4).
 */
export function nextConsequence(world: DeliberationWorld): DomainEvent | undefined {
  const { state } = world;
  if (state.dissolved) return undefined;
  const [owed] = state.owed;
  if (owed) return owed;
  const turn = conditionalTurn(world);
  if (turn) return turn;
  for (const roundId of state.openRounds) {
    const round = state.rounds.get(roundId);
    const closing = round && closingNow(state, round);
    if (closing) return roundClosed(state, round, closing, state.lastAt);
  }
  return undefined;
}

/** What a due item stands for, or nothing when the state has moved past it. */
export function dueEvent(world: DeliberationWorld, item: DueItem): DomainEvent | undefined {
  const { state } = world;
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
      return completeAtLast(state, id, item.dueAt);
    case 'RatificationRefused':
      return notAnswered(state, id);
    default:
      return decisionDue(world, item);
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

/**
 * Everybody has answered, and the minimum opening or the time for a reason passes last. At the deadline itself the deadline
 * closes.
 */
function completeAtLast(state: DeliberationState, roundId: Id, dueAt: Instant): DomainEvent | undefined {
  const round = state.rounds.get(roundId);
  if (!round || round.closed || round.closesAt === dueAt) return undefined;
  if (!isComplete(state, round, (deadline) => dueAt >= deadline)) return undefined;
  return roundClosed(state, round, 'complete', dueAt);
}

/** Nobody ratified a position taken ad referendum by its last day: that is a refusal (part 1, 4.8). */
function notAnswered(state: DeliberationState, positionId: Id): DomainEvent | undefined {
  const round = state.rounds.get(state.roundOfPosition.get(positionId));
  const position = round?.positions.find((one) => one.positionId === positionId);
  return position?.ratification === 'pending' ? ratificationRefused(state, position, { cause: 'deadline' }) : undefined;
}

function decisionDue(world: DeliberationWorld, { type, id, dueAt }: DueItem): DomainEvent | undefined {
  const { state } = world;
  const decision = state.decisions.get(id as Id);
  if (!decision) return undefined;
  const { decisionId, status } = decision;
  const inForce = status === 'in-force' || status === 'under-review';
  switch (type) {
    case 'DecisionTookEffect':
    case 'DecisionLapsed': {
      const turn = pendingTurn(world, decision, dueAt);
      return turn?.type === type ? turn : undefined;
    }
    case 'DecisionExpired':
      return inForce ? event('DecisionExpired', { decisionId }) : undefined;
    case 'DecisionAnnulled':
      return isOverdue(decision, dueAt) ? event('DecisionAnnulled', { decisionId }) : undefined;
    default:
      return needsReview(state, decision, dueAt) ? event('ReviewDue', { decisionId }) : undefined;
  }
}

function isOverdue({ status, suspended }: DecisionRecord, dueAt: Instant): boolean {
  return status === 'suspended' && suspended?.until === dueAt;
}

/** In force, and its date over: the date may have been moved since this fell due. */
function needsReview(
  state: DeliberationState,
  { status, reviewOverdue, reviewOn }: DecisionRecord,
  dueAt: Instant,
): boolean {
  return status === 'in-force' && !reviewOverdue && !isAhead(state, reviewOn, dueAt);
}

function isAhead({ timeZone }: DeliberationState, day: Day | undefined, at: Instant): boolean {
  return day !== undefined && endOfDay(day, timeZone) > at;
}
