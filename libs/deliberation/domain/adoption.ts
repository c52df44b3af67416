import { event } from '#contracts';
import type { DomainEvent } from '#contracts';
import { addMonths, dayOf, derivedId } from '#kernel';
import type { Day, Id } from '#kernel';
import { countedPosition, electors, liveObjections } from './round.js';
import type { DeliberationState, Round } from './state.js';

/** The decision that an adopted round puts in the register (part 1, 4.9): only `adopted` makes one. */
export function decisionAdopted(state: DeliberationState, roundId: Id): DomainEvent[] {
  const round = state.rounds.get(roundId);
  const proposal = state.proposals.get(round?.proposalId);
  const submission = proposal?.submission;
  if (!round?.closed || !submission) return [];
  const { effectiveFrom, reviewOn, expiresOn, subjectKey, supersedes } = submission;
  const { dissent } = round.closed.outcome;
  const adoptedOn = dayOf(round.closed.closedAt, state.timeZone);
  const adopted = event('DecisionAdopted', {
    decisionId: derivedId(roundId, 'DecisionAdopted', 0),
    proposalId: round.proposalId,
    roundId,
    version: round.version,
    textHash: round.textHash,
    decisionType: proposal.decisionType,
    method: round.policy.method,
    subjectKey,
    effectiveFrom: effectiveFrom ?? adoptedOn,
    reviewOn: reviewAfter(reviewOn, dissent, adoptedOn),
    expiresOn,
    supersedes,
    responsible: proposal.responsible,
    conditions: [],
    dissent,
    awaitingRatification: [],
    criteria: concernsOf(state, round),
  });
  return [adopted];
}

const DISSENT_REVIEW_MONTHS = 6;

/** Adopted with dissent, the review comes at most 6 calendar months after adoption (part 1, 4.5, M3). */
function reviewAfter(reviewOn: Day | undefined, dissent: readonly Id[], adoptedOn: Day): Day | undefined {
  if (dissent.length === 0) return reviewOn;
  const latest = addMonths(adoptedOn, DISSENT_REVIEW_MONTHS);
  return reviewOn === undefined || reviewOn > latest ? latest : reviewOn;
}

/**
 * Positions with a concern, in the order of the electorate, then objections and blocks found not to qualify, and blocks in
 * spite of which it was adopted, so that their text stands with the decision (part 1, 4.1, 4.5, 4.9).
 */
function concernsOf(state: DeliberationState, round: Round): readonly Id[] {
  const concerns = electors(round)
    .map(({ partnerId }) => countedPosition(round, partnerId))
    .filter((position) => position?.value === 'agree-with-concern')
    .map((position) => position?.positionId)
    .filter((id) => id !== undefined);
  // Whatever did not stop the decision: under every method but M3 a live objection that qualifies would have.
  const unheeded = liveObjections(state, round);
  return [...concerns, ...unheeded.map(({ objectionId }) => objectionId)];
}
