import { event } from '#contracts';
import type { DataOf } from '#contracts';
import { addMs, DAY_MS, dayOf, endOfDay, startOfDay } from '#kernel';
import type { Day, Id, Instant, Recorded } from '#kernel';
import { fallsDue } from '../due.js';
import { changeDecision, changeProposal, owe } from '../state.js';
import type { DecisionRecord, DeliberationState, EndedStatus } from '../state.js';

/** The decision enters the register, pending; it takes effect in the same commit when nothing is waited for (4.9). */
export function decisionAdopted(
  state: DeliberationState,
  adopted: DataOf<'DecisionAdopted'>,
  recorded: Recorded,
): DeliberationState {
  const { decisionId, subjectKey, proposalId } = adopted;
  const next: DeliberationState = {
    ...state,
    decisions: state.decisions.with(decisionId, recordOf(state, adopted)),
    holders: state.holders.with(subjectKey, [...(state.holders.get(subjectKey) ?? []), decisionId]),
  };
  return waits(
    changeProposal(next, proposalId, (proposal) => ({ ...proposal, decisionId })),
    decisionId,
    recorded,
  );
}

function recordOf(state: DeliberationState, adopted: DataOf<'DecisionAdopted'>): DecisionRecord {
  const proposal = state.proposals.get(adopted.proposalId);
  const version = proposal?.versions.find((one) => one.version === adopted.version);
  return {
    ...adopted,
    order: state.decisions.size,
    status: 'pending',
    target: proposal?.submission?.target,
    requests: version?.requests ?? [],
    delegation: proposal?.submission?.delegation,
    delegatedActs: [],
    policy: state.rounds.get(adopted.roundId)?.policy ?? { method: adopted.method },
    restsOn: adopted.roundId,
    ...{ reviewOverdue: false, reviewRequested: false, suspended: undefined },
    lateObjections: [],
  };
}

/**
 * A pending decision waits for its day and its conditions. With conditions it is looked at whenever something happens
 * (`conditions.ts`), at 00:00 of its day, and when the last day of a condition is over.
 */
function waits(state: DeliberationState, decisionId: Id, recorded: Recorded): DeliberationState {
  const decision = state.decisions.get(decisionId);
  if (!decision) return state;
  const { effectiveFrom, conditions, order } = decision;
  const dayHasCome = effectiveFrom <= dayOf(recorded.at, state.timeZone);
  if (dayHasCome && conditions.length === 0) return owe(state, event('DecisionTookEffect', { decisionId }));
  let next = conditions.length === 0 ? state : { ...state, conditional: [...state.conditional, decisionId] };
  if (!dayHasCome) {
    const dueAt = startOfDay(effectiveFrom, state.timeZone);
    next = fallsDue(next, 'DecisionTookEffect', { id: decisionId, dueAt, order });
  }
  for (const { by } of conditions) {
    next = fallsDue(next, 'DecisionLapsed', dayOver(state, by, { decision, recorded }));
  }
  return next;
}

export function decisionTookEffect(
  state: DeliberationState,
  { decisionId }: DataOf<'DecisionTookEffect'>,
  recorded: Recorded,
): DeliberationState {
  const decision = state.decisions.get(decisionId);
  if (!decision) return state;
  const next = inForce(state, decisionId, recorded);
  const superseded = decision.supersedes.filter((id) => holdsSubject(next.decisions.get(id)));
  return owe(
    next,
    ...superseded.map((id) => event('DecisionSuperseded', { decisionId: id, byDecisionId: decisionId })),
  );
}

/** In force from now on, for the first time or again: its last day and its review fall due. */
export function inForce(state: DeliberationState, decisionId: Id, recorded: Recorded): DeliberationState {
  const decision = state.decisions.get(decisionId);
  if (!decision) return state;
  let next = changeDecision(leavesWaiting(state, decisionId), decisionId, (one) => ({ ...one, status: 'in-force' }));
  if (decision.decisionType === 'charter-change') {
    next = { ...next, charterChanges: [...next.charterChanges, decisionId] };
  }
  if (decision.expiresOn !== undefined) {
    next = fallsDue(next, 'DecisionExpired', dayOver(state, decision.expiresOn, { decision, recorded }));
  }
  return reviewFallsDue(next, decisionId, recorded);
}

export function reviewFallsDue(state: DeliberationState, decisionId: Id, recorded: Recorded): DeliberationState {
  const decision = state.decisions.get(decisionId);
  if (decision?.reviewOn === undefined) return state;
  return fallsDue(state, 'ReviewDue', dayOver(state, decision.reviewOn, { decision, recorded }));
}

/** 00:00 after a last day, never before what happens now. */
function dayOver(
  state: DeliberationState,
  day: Day,
  { decision, recorded }: { readonly decision: DecisionRecord; readonly recorded: Recorded },
): { readonly id: Id; readonly dueAt: Instant; readonly order: number } {
  const over = endOfDay(day, state.timeZone);
  const dueAt = over > recorded.at ? over : recorded.at;
  return { id: decision.decisionId, dueAt, order: decision.order };
}

const HOLDING: readonly string[] = ['pending', 'in-force', 'under-review', 'suspended'];

/** States that hold the subject (part 1, 4.9). */
export function holdsSubject(decision: DecisionRecord | undefined): boolean {
  return decision !== undefined && HOLDING.includes(decision.status);
}

/** Neither pending nor in force any more, and its subject is free. */
export function decisionEnds(status: EndedStatus) {
  return (state: DeliberationState, { decisionId }: { readonly decisionId: Id }): DeliberationState => {
    const subjectKey = state.decisions.get(decisionId)?.subjectKey;
    if (subjectKey === undefined) return state;
    const ended = changeDecision(leavesWaiting(state, decisionId), decisionId, (one) => ({ ...one, status }));
    return {
      ...ended,
      holders: ended.holders.change(subjectKey, (ids) => ids.filter((id) => id !== decisionId)),
    };
  };
}

function leavesWaiting(state: DeliberationState, decisionId: Id): DeliberationState {
  return {
    ...state,
    conditional: state.conditional.filter((id) => id !== decisionId),
    charterChanges: state.charterChanges.filter((id) => id !== decisionId),
  };
}

/** Its effects stop; for `repairDays` it may be adopted again, else it is annulled (part 1, 4.8). */
export function decisionSuspended(
  state: DeliberationState,
  { decisionId }: DataOf<'DecisionSuspended'>,
  recorded: Recorded,
): DeliberationState {
  const decision = state.decisions.get(decisionId);
  if (!decision) return state;
  const from = decision.status === 'pending' ? 'pending' : 'in-force';
  const until = addMs(recorded.at, state.repairDays * DAY_MS);
  const next = changeDecision(leavesWaiting(state, decisionId), decisionId, (one) => ({
    ...one,
    status: 'suspended',
    suspended: { from, until },
  }));
  return fallsDue(next, 'DecisionAnnulled', { id: decisionId, dueAt: until, order: decision.order });
}

/** The same version was adopted again: it rests on that round now, and comes back to where it was (part 1, 4.9). */
export function decisionResumed(
  state: DeliberationState,
  { decisionId }: DataOf<'DecisionResumed'>,
  recorded: Recorded,
): DeliberationState {
  const decision = state.decisions.get(decisionId);
  const round = state.rounds.get(state.proposals.get(decision?.proposalId)?.rounds.at(-1));
  if (!decision?.suspended || !round) return state;
  const { from } = decision.suspended;
  const next = changeDecision(state, decisionId, (one) => ({
    ...one,
    status: from,
    suspended: undefined,
    restsOn: round.roundId,
    policy: round.policy,
    dissent: round.closed?.outcome.dissent ?? [],
  }));
  // Its review is over by now: while the round of that was open, none could open on the same subject.
  return from === 'pending' ? waits(next, decisionId, recorded) : inForce(next, decisionId, recorded);
}

/** Undoes nothing: a concern for whoever reviews the decision (part 1, 4.6). */
export function lateObjectionFiled(
  state: DeliberationState,
  { decisionId, partnerId, kind }: DataOf<'LateObjectionFiled'>,
): DeliberationState {
  return changeDecision(state, decisionId, (one) => ({
    ...one,
    lateObjections: [...one.lateObjections, { partnerId, kind }],
  }));
}
