import { event } from '#contracts';
import type { ArgumentsOf, DomainEvent } from '#contracts';
import { isRefusal, refuse } from '#kernel';
import type { Act, Decision, Id, Refusal } from '#kernel';
import { isActive, phaseRefusal, proposalOf, representing, sponsoring } from './authority.js';
import { withNeeds } from './delegation.js';
import { optionFault, standingVersions } from './options.js';
import { named } from './sealed.js';
import { citedFault, submissionFault } from './submission.js';
import type { DeliberationState, Proposal } from './state.js';
import type { DeliberationWorld } from './world.js';

/** R(propose), who then sponsors it, or a citizen, whose draft waits for a sponsor (part 1, 4.2: DraftProposal). */
export function draftProposal(
  world: DeliberationWorld,
  { decisionType, sealed }: ArgumentsOf<'DraftProposal'>,
  act: Act,
): Decision<DomainEvent> {
  const sponsor = act.actor.kind === 'citizen' ? phaseRefusal(world) : representing(world, act, 'propose');
  if (isRefusal(sponsor)) return sponsor;
  const proposalId = act.newId('proposalId');
  return [
    event(
      'ProposalDrafted',
      { proposalId, decisionType, sponsorId: sponsor?.partnerId },
      { sealed: named(sealed, 'title', 'driver') },
    ),
  ];
}

/** R(propose) carries a draft without sponsor, or a proposal whose sponsor left; one sponsor at a time (SponsorProposal). */
export function sponsorProposal(
  world: DeliberationWorld,
  { proposalId }: ArgumentsOf<'SponsorProposal'>,
  act: Act,
): Decision<DomainEvent> {
  const representative = representing(world, act, 'propose');
  if (isRefusal(representative)) return representative;
  const proposal = proposalOf(world, proposalId);
  if (isRefusal(proposal)) return proposal;
  if (hasEnded(proposal)) return refuse('WRONG_STATE', { rule: proposal.status });
  if (isActive(world, proposal.sponsorId)) return refuse('WRONG_STATE', { rule: 'one sponsor at a time' });
  const { partnerId } = representative;
  if (hasRecused(world.state, proposal, partnerId)) return refuse('NOT_IN_ELECTORATE', { rule: 'recused' });
  return [event('ProposalSponsored', { proposalId, partnerId })];
}

/** While the round goes on from which the sponsor recused itself, another partner sponsors (4.7). */
function hasRecused(state: DeliberationState, { rounds }: Proposal, partnerId: Id): boolean {
  const round = state.rounds.get(rounds.at(-1));
  const removal = round?.removals.find((one) => one.partnerId === partnerId);
  return round?.closed === undefined && removal?.cause === 'recused';
}

/** S submits its draft with the first version of the text (SubmitProposal). */
export function submitProposal(
  world: DeliberationWorld,
  args: ArgumentsOf<'SubmitProposal'>,
  act: Act,
): Decision<DomainEvent> {
  const proposal = sponsoring(world, args.proposalId, act);
  if (isRefusal(proposal)) return proposal;
  if (proposal.status !== 'draft') return refuse('WRONG_STATE', { rule: proposal.status });
  return submission(world, proposal, args, act);
}

/** What a draft becomes when it is submitted, or why it cannot be. */
export function submission(
  world: DeliberationWorld,
  proposal: Proposal,
  args: ArgumentsOf<'SubmitProposal'>,
  act: Act,
): Decision<DomainEvent> {
  const fault = submissionFault(world, proposal, args, act) ?? optionFault(proposal, args.optionId);
  if (fault) return fault;
  const { proposalId, thenType, target, effectiveFrom, reviewOn, expiresOn, reviewOf, reviewOutcome, sealed } = args;
  const matter = args.subjectKey ?? world.state.decisions.get(reviewOf)?.subjectKey ?? act.newId('subjectKey');
  const dates = { effectiveFrom, reviewOn, expiresOn };
  const submitted = event(
    'ProposalSubmitted',
    {
      ...{ proposalId, subjectKey: matter, thenType, target, ...dates },
      ...{ supersedes: args.supersedes ?? [], reviewOf, reviewOutcome, affected: args.affected ?? [] },
      delegation: args.delegation && withNeeds(args.delegation),
    },
    { sealed: named(sealed, 'subjectLabel') },
  );
  return [submitted, versioned(proposal, { ...args, integrates: [] }, act)];
}

/** S gives the proposal a new text, also in mid-round, which closes the round (ReviseProposal). */
export function reviseProposal(
  world: DeliberationWorld,
  args: ArgumentsOf<'ReviseProposal'>,
  act: Act,
): Decision<DomainEvent> {
  const proposal = sponsoring(world, args.proposalId, act);
  return isRefusal(proposal) ? proposal : revision(world, proposal, args, act);
}

/** The next version of a proposal, the sponsor's own or an amendment that it takes, or why there is none. */
export function revision(
  world: DeliberationWorld,
  proposal: Proposal,
  args: VersionArguments,
  act: Act,
): Decision<DomainEvent> {
  if (!isAsking(proposal)) return refuse('WRONG_STATE', { rule: proposal.status });
  if (standingVersions(proposal).some(({ textHash }) => textHash === args.textHash)) return refuse('SAME_VERSION');
  const fault =
    optionFault(proposal, args.optionId) ??
    citedFault(world, args, act) ??
    integrationFault(world, proposal, args.integrates ?? []);
  return fault ?? [versioned(proposal, args, act)];
}

/** A version claims to integrate only objections of this proposal that qualified in a round that came back. */
function integrationFault(
  { state }: DeliberationWorld,
  { proposalId }: Proposal,
  integrates: ArgumentsOf<'ReviseProposal'>['integrates'] & object,
): Refusal | undefined {
  for (const [index, objectionId] of integrates.entries()) {
    const pointer = `/integrates/${String(index)}`;
    const objection = state.objections.get(objectionId);
    const round = state.rounds.get(objection?.roundId);
    if (!objection || round?.proposalId !== proposalId) return refuse('NOT_FOUND', { pointer });
    const integrable = objection.status === 'qualified' || objection.status === 'integrating';
    if (!integrable || round.closed?.result !== 'returned-for-integration') {
      return refuse('WRONG_STATE', { pointer, rule: objection.status });
    }
    if (integrates.indexOf(objectionId) < index) return refuse('WRONG_STATE', { pointer, rule: 'named once' });
  }
  return undefined;
}

type VersionArguments = Pick<
  ArgumentsOf<'ReviseProposal'>,
  'proposalId' | 'optionId' | 'requests' | 'conditions' | 'integrates' | 'textHash' | 'sealed'
> & { readonly amendmentId?: Id };

function versioned(proposal: Proposal, args: VersionArguments, act: Act): DomainEvent {
  const revised = args.amendmentId === undefined ? 'revised' : 'amendment';
  return event(
    'ProposalVersioned',
    {
      proposalId: proposal.proposalId,
      version: proposal.versions.length + 1,
      textHash: args.textHash,
      optionId: proposal.selected ?? args.optionId,
      cause: proposal.versions.length === 0 ? 'first' : revised,
      amendmentId: args.amendmentId,
      integrates: args.integrates ?? [],
      requests: (args.requests ?? []).map((request) => ({ requestId: act.newId('requestId'), ...request })),
      conditions: args.conditions ?? [],
    },
    { sealed: named(args.sealed, 'text', 'textKey') },
  );
}

/** S withdraws what has not ended; an open round closes with it (WithdrawProposal). */
export function withdrawProposal(
  world: DeliberationWorld,
  { proposalId, sealed }: ArgumentsOf<'WithdrawProposal'>,
  act: Act,
): Decision<DomainEvent> {
  const proposal = sponsoring(world, proposalId, act);
  if (isRefusal(proposal)) return proposal;
  if (hasEnded(proposal)) return refuse('WRONG_STATE', { rule: proposal.status });
  return [event('ProposalWithdrawn', { proposalId, cause: 'sponsor' }, { sealed: named(sealed, 'reason') })];
}

/** As many as an alliance has active partners at most (part 1, section 2). */
export const MAX_RESPONSIBLE = 200;

/** R(commit) accepts for its own partner to carry the decision out, before it is adopted (AcceptResponsibility). */
export function acceptResponsibility(
  world: DeliberationWorld,
  { proposalId }: ArgumentsOf<'AcceptResponsibility'>,
  act: Act,
): Decision<DomainEvent> {
  const representative = representing(world, act, 'commit');
  if (isRefusal(representative)) return representative;
  const proposal = proposalOf(world, proposalId);
  if (isRefusal(proposal)) return proposal;
  const { partnerId } = representative;
  if (!isAsking(proposal)) return refuse('WRONG_STATE', { rule: proposal.status });
  if (proposal.responsible.includes(partnerId)) return refuse('WRONG_STATE', { rule: 'accepted once' });
  if (proposal.responsible.length >= MAX_RESPONSIBLE) return refuse('LIMIT_EXCEEDED');
  return [event('ResponsibilityAccepted', { proposalId, partnerId })];
}

/** Submitted, and not ended. */
export function isAsking({ status }: Proposal): boolean {
  return status === 'submitted' || status === 'in-round';
}

function hasEnded(proposal: Proposal): boolean {
  return proposal.status !== 'draft' && !isAsking(proposal);
}
