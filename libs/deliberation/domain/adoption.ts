import { event } from '#contracts';
import type { DomainEvent } from '#contracts';
import { dayOf, derivedId } from '#kernel';
import type { Id } from '#kernel';
import { countedPosition, electors, isReclassified, liveObjections } from './round.js';
import type { DeliberationState, Round } from './state.js';

/** The decision that an adopted round puts in the register (part 1, 4.9): only `adopted` makes one. */
export function decisionAdopted(state: DeliberationState, roundId: Id): DomainEvent[] {
  const round = state.rounds.get(roundId);
  const proposal = state.proposals.get(round?.proposalId);
  const submission = proposal?.submission;
  if (!round?.closed || !submission) return [];
  const { effectiveFrom, reviewOn, expiresOn, subjectKey, supersedes } = submission;
  const adopted = event('DecisionAdopted', {
    decisionId: derivedId(roundId, 'DecisionAdopted', 0),
    proposalId: round.proposalId,
    roundId,
    version: round.version,
    textHash: round.textHash,
    decisionType: proposal.decisionType,
    method: round.policy.method,
    subjectKey,
    effectiveFrom: effectiveFrom ?? dayOf(round.closed.closedAt, state.timeZone),
    reviewOn,
    expiresOn,
    supersedes,
    responsible: proposal.responsible,
    conditions: [],
    dissent: round.closed.outcome.dissent,
    awaitingRatification: [],
    criteria: concernsOf(state, round),
  });
  return [adopted];
}

/** Positions with a concern, in the order of the electorate, then objections found not to qualify (part 1, 4.1). */
function concernsOf(state: DeliberationState, round: Round): readonly Id[] {
  const concerns = electors(round)
    .map(({ partnerId }) => countedPosition(round, partnerId))
    .filter((position) => position?.value === 'agree-with-concern')
    .map((position) => position?.positionId)
    .filter((id) => id !== undefined);
  const notQualified = liveObjections(state, round).filter((objection) => isReclassified(round, objection));
  return [...concerns, ...notQualified.map(({ objectionId }) => objectionId)];
}
