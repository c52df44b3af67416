import { event } from '#contracts';
import type { DomainEvent } from '#contracts';
import { addMonths, dayOf, derivedId } from '#kernel';
import type { Day, Id } from '#kernel';
import { holdsSubject } from './fold/decisions.js';
import { askedType } from './options.js';
import { counted, electors, liveObjections } from './round.js';
import type { Closed, DeliberationState, Proposal, Round, Submission } from './state.js';

type ClosedRound = Round & { readonly closed: Closed };

/**
 * What a closed round brings about besides its objections (part 1, 4.9): the end of the review that it was, and, when
 * adopted, a decision, or the return of the one that was suspended. A review to renew or to revoke makes none.
 */
export function closingConsequences(state: DeliberationState, roundId: Id): DomainEvent[] {
  const round = state.rounds.get(roundId);
  const proposal = state.proposals.get(round?.proposalId);
  if (!isClosed(round) || !proposal?.submission) return [];
  const owed = reviewed(state, proposal.submission, round);
  const { reviewOutcome } = proposal.submission;
  if (round.closed.result !== 'adopted' || reviewOutcome === 'renew' || reviewOutcome === 'revoke') return owed;
  const suspended = suspendedVersion(state, proposal, round);
  if (suspended) return [...owed, event('DecisionResumed', { decisionId: suspended, cause: 're-adopted' })];
  return [...owed, decisionAdopted(state, proposal, proposal.submission, round)];
}

function isClosed(round: Round | undefined): round is ClosedRound {
  return round?.closed !== undefined;
}

/** The review of a decision ends with its round: `none` when it was not adopted; to revoke it ends the decision too. */
function reviewed(
  state: DeliberationState,
  { reviewOf, reviewOutcome, reviewOn }: Submission,
  { roundId, closed }: ClosedRound,
): DomainEvent[] {
  if (reviewOf === undefined || reviewOutcome === undefined) return [];
  const decision = state.decisions.get(reviewOf);
  // One that expired meanwhile can be neither renewed nor revoked.
  if (!holdsSubject(decision)) return [];
  const outcome = closed.result === 'adopted' ? reviewOutcome : 'none';
  const renewed = outcome === 'renew' ? { reviewOn } : {};
  const owed = [event('DecisionReviewed', { decisionId: reviewOf, roundId, outcome, ...renewed })];
  return outcome === 'revoke' ? [...owed, event('DecisionRevoked', { decisionId: reviewOf })] : owed;
}

/** The suspended decision of this very version, which its new adoption restores. */
function suspendedVersion(state: DeliberationState, { decisionId }: Proposal, { version }: Round): Id | undefined {
  const decision = state.decisions.get(decisionId);
  return decision?.status === 'suspended' && decision.version === version ? decisionId : undefined;
}

/** The decision that an adopted round puts in the register: only `adopted` makes one. */
function decisionAdopted(
  state: DeliberationState,
  proposal: Proposal,
  submission: Submission,
  round: ClosedRound,
): DomainEvent {
  const { effectiveFrom, reviewOn, expiresOn, subjectKey } = submission;
  const { dissent } = round.closed.outcome;
  const adoptedOn = dayOf(round.closed.closedAt, state.timeZone);
  return event('DecisionAdopted', {
    decisionId: derivedId(round.roundId, 'DecisionAdopted', 0),
    proposalId: round.proposalId,
    roundId: round.roundId,
    version: round.version,
    textHash: round.textHash,
    decisionType: askedType(proposal),
    method: round.policy.method,
    subjectKey,
    effectiveFrom: effectiveFrom ?? adoptedOn,
    reviewOn: reviewAfter(reviewOn, dissent, adoptedOn),
    expiresOn,
    supersedes: replaced(state, proposal, submission),
    responsible: proposal.responsible,
    conditions: proposal.versions.find(({ version }) => version === round.version)?.conditions ?? [],
    dissent,
    awaitingRatification: electorsWith(round, ['pending']),
    criteria: concernsOf(state, round),
  });
}

/** What it takes the place of when it takes effect: those named, the one that it amends, its own suspended one. */
export function replaced(
  state: DeliberationState,
  { decisionId }: Proposal,
  { supersedes, reviewOf }: Submission,
): readonly Id[] {
  const amended = reviewOf === undefined ? [] : [reviewOf];
  const own = decisionId !== undefined && holdsSubject(state.decisions.get(decisionId)) ? [decisionId] : [];
  return [...new Set([...supersedes, ...amended, ...own])];
}

/** Partners for which the effects wait until their own body has ratified, which a refusal does not do (part 1, 4.8). */
export function notRatifiedIn(round: Round): readonly Id[] {
  return electorsWith(round, ['pending', 'refused']);
}

/** Partners of E with such a counted position, in the order of the electorate. */
function electorsWith(round: Round, ratifications: readonly string[]): readonly Id[] {
  const { byPartner } = counted(round);
  return electors(round)
    .map(({ partnerId }) => partnerId)
    .filter((partnerId) => ratifications.includes(byPartner.get(partnerId)?.ratification ?? ''));
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
  const { byPartner } = counted(round);
  const concerns = electors(round)
    .map(({ partnerId }) => byPartner.get(partnerId))
    .filter((position) => position?.value === 'agree-with-concern')
    .map((position) => position?.positionId)
    .filter((id) => id !== undefined);
  // Whatever did not stop the decision: under every method but M3 a live objection that qualifies would have.
  const unheeded = liveObjections(state, round);
  return [...concerns, ...unheeded.map(({ objectionId }) => objectionId)];
}
