import { event } from '#contracts';
import type { DataOf } from '#contracts';
import { dayOf, endOfDay, startOfDay } from '#kernel';
import type { Day, Id, Instant, Recorded } from '#kernel';
import { fallsDue } from '../due.js';
import { changeDecision, owe } from '../state.js';
import type { DecisionRecord, DeliberationState } from '../state.js';

/** A decision takes effect in the same commit when its day has come, else at 00:00 of that day (part 1, 4.9). */
export function decisionAdopted(
  state: DeliberationState,
  adopted: DataOf<'DecisionAdopted'>,
  recorded: Recorded,
): DeliberationState {
  const { decisionId, subjectKey, effectiveFrom } = adopted;
  const next: DeliberationState = {
    ...state,
    decisions: state.decisions.with(decisionId, recordOf(state, adopted)),
    holders: state.holders.with(subjectKey, [...(state.holders.get(subjectKey) ?? []), decisionId]),
  };
  if (effectiveFrom <= dayOf(recorded.at, state.timeZone))
    return owe(next, event('DecisionTookEffect', { decisionId }));
  const dueAt = startOfDay(effectiveFrom, state.timeZone);
  return fallsDue(next, 'DecisionTookEffect', { id: decisionId, dueAt, order: state.decisions.size });
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
    policy: state.rounds.get(adopted.roundId)?.policy,
    reviewOverdue: false,
  };
}

export function decisionTookEffect(
  state: DeliberationState,
  { decisionId }: DataOf<'DecisionTookEffect'>,
  recorded: Recorded,
): DeliberationState {
  const decision = state.decisions.get(decisionId);
  if (!decision) return state;
  let next = changeDecision(state, decisionId, (one) => ({ ...one, status: 'in-force' }));
  if (decision.decisionType === 'charter-change') {
    next = { ...next, charterChanges: [...next.charterChanges, decisionId] };
  }
  if (decision.expiresOn !== undefined) {
    next = fallsDue(next, 'DecisionExpired', dayOver(state, decision.expiresOn, { decision, recorded }));
  }
  if (decision.reviewOn !== undefined) {
    next = fallsDue(next, 'ReviewDue', dayOver(state, decision.reviewOn, { decision, recorded }));
  }
  const superseded = decision.supersedes.filter((id) => holdsSubject(next.decisions.get(id)));
  return owe(
    next,
    ...superseded.map((id) => event('DecisionSuperseded', { decisionId: id, byDecisionId: decisionId })),
  );
}

/** 00:00 after a last day, never before the decision was in force. */
function dayOver(
  state: DeliberationState,
  day: Day,
  { decision, recorded }: { readonly decision: DecisionRecord; readonly recorded: Recorded },
): { readonly id: Id; readonly dueAt: Instant; readonly order: number } {
  const over = endOfDay(day, state.timeZone);
  const dueAt = over > recorded.at ? over : recorded.at;
  return { id: decision.decisionId, dueAt, order: decision.order };
}

/** States that hold the subject (part 1, 4.9). */
export function holdsSubject(decision: DecisionRecord | undefined): boolean {
  return decision?.status === 'pending' || decision?.status === 'in-force';
}

/** Expired or superseded: no longer in force, its subject is free. */
export function decisionEnds(status: 'expired' | 'superseded') {
  return (state: DeliberationState, { decisionId }: { readonly decisionId: Id }): DeliberationState => {
    const subjectKey = state.decisions.get(decisionId)?.subjectKey;
    if (subjectKey === undefined) return state;
    const ended = changeDecision(state, decisionId, (one) => ({ ...one, status }));
    return {
      ...ended,
      holders: ended.holders.change(subjectKey, (ids) => ids.filter((id) => id !== decisionId)),
      charterChanges: ended.charterChanges.filter((id) => id !== decisionId),
    };
  };
}

export function reviewDue(state: DeliberationState, { decisionId }: DataOf<'ReviewDue'>): DeliberationState {
  return changeDecision(state, decisionId, (decision) => ({ ...decision, reviewOverdue: true }));
}
