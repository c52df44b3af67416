import { omit, pick } from './command-schema.js';
import type { CommandDefinition } from './command-schema.js';
import { guaranteeCommands } from './commands-guarantee.js';
import { valuationCommands } from './commands-valuation.js';
import { contributionEvents as events } from './events-contribution.js';
import { flag, id, optional } from './schema.js';

/** Commands of the ladder: part 2, 1.4, 1.5 and the catalogue's column Who. */
const ladderCommands = {
  RequestResource: {
    context: 'contribution',
    path: 'resource-requests',
    status: 201,
    creates: { collection: 'resource-requests', field: 'requestId' },
    who: ['R(propose)'],
    public: {
      ...omit(events.ResourceRequested.public, 'requestId', 'decisionId', 'partnerIds'),
      partnerIds: optional(events.ResourceRequested.public.partnerIds),
    },
    sealed: events.ResourceRequested.sealed,
  },
  CloseRequest: {
    context: 'contribution',
    path: 'resource-requests/{requestId}/closing',
    status: 200,
    who: ['F', 'R(propose)'],
    public: { requestId: id() },
    sealed: events.ResourceRequestClosed.sealed,
  },
  MakePledge: {
    context: 'contribution',
    path: 'pledges',
    status: 201,
    creates: { collection: 'pledges', field: 'pledgeId' },
    who: ['R(speak)', 'R(commit)'],
    public: omit(events.PledgeMade.public, 'pledgeId'),
    sealed: events.PledgeMade.sealed,
  },
  WithdrawPledge: {
    context: 'contribution',
    path: 'pledges/{pledgeId}/withdrawal',
    status: 200,
    who: ['R(speak)', 'R(commit)'],
    public: events.PledgeWithdrawn.public,
    sealed: events.PledgeWithdrawn.sealed,
  },
  MakeCommitment: {
    context: 'contribution',
    path: 'commitments',
    status: 201,
    creates: { collection: 'commitments', field: 'commitmentId' },
    who: ['R(commit)'],
    public: {
      ...omit(events.CommitmentMade.public, 'commitmentId', 'adReferendum'),
      adReferendum: optional(flag()),
    },
    sealed: events.CommitmentMade.sealed,
  },
  RatifyCommitment: {
    context: 'contribution',
    path: 'commitments/{commitmentId}/ratification',
    status: 200,
    who: ['R(commit)'],
    public: events.CommitmentRatified.public,
    sealed: events.CommitmentRatified.sealed,
  },
  RefuseCommitmentRatification: {
    context: 'contribution',
    path: 'commitments/{commitmentId}/ratification-refusal',
    status: 200,
    who: ['R(commit)'],
    public: { commitmentId: id() },
    sealed: events.CommitmentRatificationRefused.sealed,
  },
  RescheduleCommitment: {
    context: 'contribution',
    path: 'commitments/{commitmentId}/reschedulings',
    status: 201,
    who: ['R(commit)', 'F'],
    public: events.CommitmentRescheduled.public,
    sealed: events.CommitmentRescheduled.sealed,
  },
  ReleaseCommitment: {
    context: 'contribution',
    path: 'commitments/{commitmentId}/releases',
    status: 201,
    who: ['R(commit)', 'F'],
    public: events.CommitmentReleased.public,
    sealed: events.CommitmentReleased.sealed,
  },
  DeclareContribution: {
    context: 'contribution',
    path: 'contributions',
    status: 201,
    creates: { collection: 'contributions', field: 'contributionId' },
    who: ['R(speak)', 'R(commit)'],
    public: {
      ...omit(events.ContributionDeclared.public, 'contributionId', 'fulfils'),
      fulfils: optional(events.ContributionDeclared.public.fulfils),
    },
    sealed: events.ContributionDeclared.sealed,
    fact: true,
  },
  AcknowledgeContribution: {
    context: 'contribution',
    path: 'contributions/{contributionId}/acknowledgements',
    status: 201,
    who: ['R(speak)', 'R(commit)'],
    public: events.ContributionAcknowledged.public,
    sealed: events.ContributionAcknowledged.sealed,
  },
  ContestContribution: {
    context: 'contribution',
    path: 'contributions/{contributionId}/contestations',
    status: 201,
    who: ['R(speak)', 'R(commit)'],
    public: events.ContributionContested.public,
    sealed: events.ContributionContested.sealed,
  },
  LiftContestation: {
    context: 'contribution',
    path: 'contributions/{contributionId}/contestation-liftings',
    status: 201,
    who: ['R(speak)', 'R(commit)', 'F'],
    public: events.ContestationLifted.public,
    sealed: events.ContestationLifted.sealed,
  },
  CorrectContribution: {
    context: 'contribution',
    path: 'contributions/{contributionId}/corrections',
    status: 201,
    creates: { collection: 'contributions', field: 'contributionId' },
    who: ['R(speak)', 'R(commit)'],
    public: omit(events.ContributionCorrected.public, 'correctionId'),
    sealed: events.ContributionCorrected.sealed,
  },
  ReplaceAttestor: {
    context: 'contribution',
    path: 'attestor-replacements',
    status: 201,
    who: ['F'],
    public: pick(events.AttestorReplaced.public, 'contributionId', 'commitmentId', 'attestorId'),
    sealed: events.AttestorReplaced.sealed,
  },
} as const satisfies Readonly<Record<string, CommandDefinition>>;

/** Commands of the contribution context. */
export const contributionCommands = { ...ladderCommands, ...valuationCommands, ...guaranteeCommands } as const;
