import { event } from '#contracts';
import type { DataOf, DomainEvent } from '#contracts';
import { dayOf, derivedId } from '#kernel';
import type { Instant } from '#kernel';
import { replaced } from './adoption.js';
import { askedType } from './options.js';
import type { DeliberationState, Proposal, Submission, Version } from './state.js';

/** A sponsor that decided in its own domain: a decision as an adopted round makes it; a review to renew or revoke makes none. */
export function adviceConsequences(
  state: DeliberationState,
  { proposalId, version: number }: DataOf<'AdviceDecisionTaken'>,
  at: Instant,
): DomainEvent[] {
  const proposal = state.proposals.get(proposalId);
  const submission = proposal?.submission;
  const version = proposal?.versions.find((one) => one.version === number);
  if (!submission || !version) return [];
  const adopted = () => adviceAdopted(state, proposal, { submission, version }, at);
  const { reviewOf, reviewOutcome, reviewOn } = submission;
  if (reviewOf === undefined || reviewOutcome === undefined) return [adopted()];
  const renewed = reviewOutcome === 'renew' ? { reviewOn } : {};
  const reviewed = event('DecisionReviewed', { decisionId: reviewOf, outcome: reviewOutcome, ...renewed });
  if (reviewOutcome === 'amend') return [reviewed, adopted()];
  return reviewOutcome === 'revoke' ? [reviewed, event('DecisionRevoked', { decisionId: reviewOf })] : [reviewed];
}

/** In the register with the whole of what was submitted; nobody dissents where nobody was asked to agree. */
function adviceAdopted(
  state: DeliberationState,
  proposal: Proposal,
  { submission, version }: { readonly submission: Submission; readonly version: Version },
  at: Instant,
): DomainEvent {
  const { proposalId, responsible } = proposal;
  const { effectiveFrom, reviewOn, expiresOn, subjectKey } = submission;
  const { textHash, conditions } = version;
  return event('DecisionAdopted', {
    decisionId: derivedId(proposalId, 'DecisionAdopted', 0),
    ...{ proposalId, version: version.version, textHash, decisionType: askedType(proposal), method: 'advice' },
    ...{ subjectKey, effectiveFrom: effectiveFrom ?? dayOf(at, state.timeZone), reviewOn, expiresOn },
    ...{ supersedes: replaced(state, proposal, submission), responsible, conditions },
    ...{ dissent: [], awaitingRatification: [], criteria: [] },
  });
}

/** The decision of delegates, in force at once under what enables it (part 1, 4.5, M11). */
export function delegatedAdopted(
  state: DeliberationState,
  { enablingId, subjectKey, textHash }: DataOf<'DelegatedDecisionTaken'>,
  at: Instant,
): DomainEvent {
  const acts = state.decisions.get(enablingId)?.delegatedActs.length ?? 0;
  return event('DecisionAdopted', {
    decisionId: derivedId(enablingId, 'DecisionAdopted', acts),
    ...{ enablingId, textHash, decisionType: 'delegated', method: 'mandated', subjectKey },
    effectiveFrom: dayOf(at, state.timeZone),
    ...{ supersedes: [], responsible: [], conditions: [], dissent: [], awaitingRatification: [], criteria: [] },
  });
}
