import { event } from '#contracts';
import type { DataOf } from '#contracts';
import { roundSubject } from '../round.js';
import { changeProposal, owe } from '../state.js';
import type { DeliberationState, Proposal } from '../state.js';

export function proposalDrafted(state: DeliberationState, drafted: DataOf<'ProposalDrafted'>): DeliberationState {
  return { ...state, proposals: state.proposals.with(drafted.proposalId, draftOf(drafted)) };
}

/** A proposal as it begins. */
export function draftOf({ proposalId, decisionType, sponsorId }: DataOf<'ProposalDrafted'>): Proposal {
  return {
    ...{ proposalId, decisionType, sponsorId },
    status: 'draft',
    ...{ sponsorBy: undefined, submission: undefined, versions: [], selected: undefined, rounds: [], responsible: [] },
    ...{ advice: [], decisionId: undefined },
  };
}

export function proposalSponsored(
  state: DeliberationState,
  { proposalId, partnerId }: DataOf<'ProposalSponsored'>,
): DeliberationState {
  return changeProposal(state, proposalId, (proposal) => ({
    ...proposal,
    sponsorId: partnerId,
    sponsorBy: undefined,
  }));
}

export function proposalSubmitted(
  state: DeliberationState,
  submission: DataOf<'ProposalSubmitted'>,
): DeliberationState {
  return changeProposal(state, submission.proposalId, (proposal) => ({ ...proposal, status: 'submitted', submission }));
}

/** A version that claims to integrate objections owes their `ObjectionIntegrated`. */
export function proposalVersioned(
  state: DeliberationState,
  { proposalId, version, textHash, optionId, requests, conditions, integrates }: DataOf<'ProposalVersioned'>,
): DeliberationState {
  const versioned = changeProposal(state, proposalId, (proposal) => ({
    ...proposal,
    versions: [...proposal.versions, { version, textHash, optionId, requests, conditions }],
  }));
  const integrated = integrates.map((objectionId) => {
    const subject = roundSubject(state.objections.get(objectionId)?.roundId);
    return event('ObjectionIntegrated', { objectionId, version }, { subject });
  });
  return owe(versioned, ...integrated);
}

export function proposalWithdrawn(
  state: DeliberationState,
  { proposalId }: DataOf<'ProposalWithdrawn'>,
): DeliberationState {
  return changeProposal(state, proposalId, (proposal) => ({ ...proposal, status: 'withdrawn', sponsorBy: undefined }));
}

export function responsibilityAccepted(
  state: DeliberationState,
  { proposalId, partnerId }: DataOf<'ResponsibilityAccepted'>,
): DeliberationState {
  return changeProposal(state, proposalId, (proposal) => ({
    ...proposal,
    responsible: [...proposal.responsible, partnerId],
  }));
}
