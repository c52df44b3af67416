import type { Day, Id } from '#kernel';
import { NO_FACTS } from './facts.js';
import type { CommitmentFact, ContributionFact, Facts } from './facts.js';
import type { Obligation } from './obligations.js';
import { pledgeAt } from './pledges-at.js';
import type { Pledged } from './pledges-at.js';
import { readAt } from './reading.js';
import type { ContributionState, ResourceRequest } from './state.js';

/** Later than every effective day: at the head all facts count, since none lies in the future. */
export const NO_END = '9999-12-31';

/** The facts that one obligation's figures rest on: of a commitment, or of a call on a guarantee. */
export function factsOfObligation(state: ContributionState, obligationId: Id): Facts {
  const commitment = state.commitments.get(obligationId);
  if (commitment) {
    const contributions = contributionsOf(state, commitment.contributions);
    return { ...NO_FACTS, commitments: [commitment.fact], contributions };
  }
  const call = state.calls.get(obligationId);
  const guarantee = call && state.guarantees.get(call.guaranteeId)?.fact;
  if (!guarantee) return NO_FACTS;
  return { ...NO_FACTS, guarantees: [guarantee], contributions: contributionsOf(state, call.contributions) };
}

/** The figures of an obligation in force on a day; at the head when no day is given. */
export function obligationNow(
  state: ContributionState,
  obligationId: Id,
  trueOn: Day = NO_END,
): Obligation | undefined {
  const { obligations } = readAt(factsOfObligation(state, obligationId), trueOn);
  return obligations.find(({ fact }) => fact.obligationId === obligationId);
}

/** The facts that a request's coverage rests on: what answers it, and every obligation that those name. */
export function factsOfRequest(state: ContributionState, request: ResourceRequest): Facts {
  const ids = new Set(request.contributions);
  for (const id of request.commitments) {
    for (const contribution of state.commitments.get(id)?.contributions ?? []) ids.add(contribution);
  }
  const contributions = contributionsOf(state, [...ids]);
  const obligations = new Set(request.commitments);
  for (const { fulfils } of contributions) for (const { obligationId } of fulfils) obligations.add(obligationId);
  const guarantees = new Set(request.guarantees);
  for (const id of obligations) {
    const called = state.calls.get(id)?.guaranteeId;
    if (called !== undefined) guarantees.add(called);
  }
  return {
    ...NO_FACTS,
    commitments: commitmentsOf(state, [...obligations]),
    contributions,
    guarantees: [...guarantees].flatMap((id) => state.guarantees.get(id)?.fact ?? []),
  };
}

/** A pledge on a day, with what was made of it. */
export function pledgeOn(state: ContributionState, pledgeId: Id, trueOn: Day): Pledged | undefined {
  const pledge = state.pledges.get(pledgeId);
  return pledge && pledgeAt(pledge.fact, commitmentsOf(state, pledge.commitments), trueOn);
}

export function commitmentsOf(state: ContributionState, ids: readonly Id[]): readonly CommitmentFact[] {
  return ids.flatMap((id) => state.commitments.get(id)?.fact ?? []);
}

function contributionsOf(state: ContributionState, ids: readonly Id[]): readonly ContributionFact[] {
  return ids.flatMap((id) => state.contributions.get(id)?.fact ?? []);
}
