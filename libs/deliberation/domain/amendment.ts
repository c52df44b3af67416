import { event } from '#contracts';
import type { ArgumentsOf, DomainEvent } from '#contracts';
import { isRefusal, refuse } from '#kernel';
import type { Act, Decision, Id, Refusal } from '#kernel';
import { proposalOf, representing, sponsoring } from './authority.js';
import { draftOf } from './fold/proposals.js';
import { standingVersions } from './options.js';
import { isAsking, revision, submission } from './proposal.js';
import { named } from './sealed.js';
import type { Amendment, Proposal, Version } from './state.js';
import type { DeliberationWorld } from './world.js';

/** R(propose) proposes another text in the place of a current version (part 1, 4.1: SubmitAmendment). */
export function submitAmendment(
  world: DeliberationWorld,
  { proposalId, baseVersion, textHash, sealed }: ArgumentsOf<'SubmitAmendment'>,
  act: Act,
): Decision<DomainEvent> {
  const representative = representing(world, act, 'propose');
  if (isRefusal(representative)) return representative;
  const proposal = proposalOf(world, proposalId);
  if (isRefusal(proposal)) return proposal;
  if (!isAsking(proposal)) return refuse('WRONG_STATE', { rule: proposal.status });
  if (!currentBase(proposal, baseVersion)) return refuse('STALE_AMENDMENT', { pointer: '/baseVersion' });
  if (standingVersions(proposal).some((version) => version.textHash === textHash)) return refuse('SAME_VERSION');
  const amendmentId = act.newId('amendmentId');
  const submitted = { amendmentId, proposalId, baseVersion, textHash };
  return [event('AmendmentSubmitted', submitted, { sealed: named(sealed, 'text', 'textKey', 'reason') })];
}

/** The version that is amended, as long as none came in its place; of a choice each option has one. */
function currentBase(proposal: Proposal, baseVersion: number): Version | undefined {
  return standingVersions(proposal).find(({ version }) => version === baseVersion);
}

/** S takes an amendment of the current version: its text is the next version, also in mid-round (AcceptAmendment). */
export function acceptAmendment(
  world: DeliberationWorld,
  { amendmentId, integrates, sealed }: ArgumentsOf<'AcceptAmendment'>,
  act: Act,
): Decision<DomainEvent> {
  const found = sponsored(world, amendmentId, act);
  if (isRefusal(found)) return found;
  const { amendment, proposal } = found;
  const base = currentBase(proposal, amendment.baseVersion);
  if (!base) return refuse('STALE_AMENDMENT');
  if (sealed['text'] === undefined) return refuse('WRONG_STATE', { rule: 'text erased' });
  const { optionId, conditions } = base;
  const requests = base.requests.map(({ requestId: _made, ...request }) => request);
  const { proposalId, textHash } = amendment;
  const version = { proposalId, amendmentId, optionId, requests, conditions, textHash, sealed };
  const versioned = revision(world, proposal, { ...version, integrates }, act);
  if (isRefusal(versioned)) return versioned;
  const accepted = { amendmentId, version: proposal.versions.length + 1 };
  return [event('AmendmentAccepted', accepted, { sealed: named(sealed, 'reason') }), ...versioned];
}

/** S does not take it, and says why (RejectAmendment). */
export function rejectAmendment(
  world: DeliberationWorld,
  { amendmentId, sealed }: ArgumentsOf<'RejectAmendment'>,
  act: Act,
): Decision<DomainEvent> {
  const found = sponsored(world, amendmentId, act);
  if (isRefusal(found)) return found;
  if (sealed['reason'] === undefined) return refuse('REASON_REQUIRED', { pointer: '/reason' });
  return [event('AmendmentRejected', { amendmentId }, { sealed: named(sealed, 'reason') })];
}

/** Its author takes it back (WithdrawAmendment). */
export function withdrawAmendment(
  world: DeliberationWorld,
  { amendmentId, sealed }: ArgumentsOf<'WithdrawAmendment'>,
  act: Act,
): Decision<DomainEvent> {
  const amendment = authored(world, amendmentId, act, 'submitted');
  if (isRefusal(amendment)) return amendment;
  return [event('AmendmentWithdrawn', { amendmentId }, { sealed: named(sealed, 'reason') })];
}

/**
 * Its author makes of a rejected amendment a submitted proposal of its own, of the same type and on the same subject
 * (PromoteAmendment).
 */
export function promoteAmendment(
  world: DeliberationWorld,
  { amendmentId, ...args }: ArgumentsOf<'PromoteAmendment'>,
  act: Act,
): Decision<DomainEvent> {
  const amendment = authored(world, amendmentId, act, 'rejected');
  if (isRefusal(amendment)) return amendment;
  const amended = proposalOf(world, amendment.proposalId);
  if (isRefusal(amended)) return amended;
  const { sealed } = args;
  if (sealed['text'] === undefined) return refuse('WRONG_STATE', { rule: 'text erased' });
  const proposalId = act.newId('newProposalId');
  const draft = { proposalId, decisionType: amended.decisionType, sponsorId: amendment.authorId };
  const subjectKey = amended.submission?.subjectKey;
  const submitted = submission(world, draftOf(draft), { ...args, proposalId, subjectKey }, act);
  if (isRefusal(submitted)) return submitted;
  const promoted = { amendmentId, newProposalId: proposalId };
  return [
    event('AmendmentPromoted', promoted, { sealed: named(sealed, 'reason') }),
    event('ProposalDrafted', draft, { sealed: named(sealed, 'title', 'driver') }),
    ...submitted,
  ];
}

/** S, for an amendment that nobody has answered yet. */
function sponsored(
  world: DeliberationWorld,
  amendmentId: Id,
  act: Act,
): { readonly amendment: Amendment; readonly proposal: Proposal } | Refusal {
  const representative = representing(world, act, 'propose');
  if (isRefusal(representative)) return representative;
  const amendment = amendmentOf(world, amendmentId);
  if (isRefusal(amendment)) return amendment;
  const proposal = sponsoring(world, amendment.proposalId, act);
  if (isRefusal(proposal)) return proposal;
  return amendment.status === 'submitted' ? { amendment, proposal } : refuse('WRONG_STATE', { rule: amendment.status });
}

/** R(propose) of the partner that submitted it. */
function authored(
  world: DeliberationWorld,
  amendmentId: Id,
  act: Act,
  status: Amendment['status'],
): Amendment | Refusal {
  const representative = representing(world, act, 'propose');
  if (isRefusal(representative)) return representative;
  const amendment = amendmentOf(world, amendmentId);
  if (isRefusal(amendment)) return amendment;
  if (amendment.authorId !== representative.partnerId) return refuse('POWER_MISSING', { rule: 'author' });
  return amendment.status === status ? amendment : refuse('WRONG_STATE', { rule: amendment.status });
}

function amendmentOf({ state }: DeliberationWorld, amendmentId: Id): Amendment | Refusal {
  return state.amendments.get(amendmentId) ?? refuse('NOT_FOUND', { pointer: '/amendmentId' });
}
