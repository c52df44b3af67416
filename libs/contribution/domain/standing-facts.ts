import { amountOf, sum } from '#contracts';
import type { Amount } from '#contracts';
import type { Id } from '#kernel';
import type { CommitmentFact, ContributionFact, Facts } from './facts.js';
import { readAt } from './reading.js';
import type { Obligation } from './reading.js';
import type { ContributionState, ResourceRequest } from './state.js';

/** Later than every effective day: at the head all facts count, since none lies in the future. */
const NO_END = '9999-12-31';

/** The facts that one obligation's figures rest on. */
export function factsOfObligation(state: ContributionState, commitmentId: Id): Facts {
  const commitment = state.commitments.get(commitmentId);
  if (!commitment) return { commitments: [], contributions: [] };
  return { commitments: [commitment.fact], contributions: contributionsOf(state, commitment.contributions) };
}

/** The figures of an obligation at the head. */
export function obligationNow(state: ContributionState, commitmentId: Id): Obligation | undefined {
  return readAt(factsOfObligation(state, commitmentId), NO_END).obligations[0];
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
  return { commitments: commitmentsOf(state, [...obligations]), contributions };
}

export function commitmentsOf(state: ContributionState, ids: readonly Id[]): readonly CommitmentFact[] {
  return ids.flatMap((id) => state.commitments.get(id)?.fact ?? []);
}

function contributionsOf(state: ContributionState, ids: readonly Id[]): readonly ContributionFact[] {
  return ids.flatMap((id) => state.contributions.get(id)?.fact ?? []);
}

/** Σ (amount − released) of commitments in force (part 2, 1.8). */
export function committedOf(facts: readonly CommitmentFact[]): Amount {
  return sum(facts.map((fact) => amountOf(fact.amount) - sum(fact.releases.map((one) => amountOf(one.amount)))));
}
