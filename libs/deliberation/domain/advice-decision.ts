import { event } from '#contracts';
import type { ArgumentsOf, DomainEvent } from '#contracts';
import { isRefusal, refuse } from '#kernel';
import type { Act, Decision, Instant, Refusal } from '#kernel';
import { adviceOn, isByAdvice, isPending } from './advice.js';
import { isActive, sponsoring } from './authority.js';
import { askedVersion } from './options.js';
import { notReviewable, subjectBusy, subjectTaken } from './subject.js';
import type { Advice, Proposal, Submission, Version } from './state.js';
import type { DeliberationWorld } from './world.js';

/** M9: the sponsor decides in its own domain, after having asked whom it affects (part 1, 4.5: TakeAdviceDecision). */
export function takeAdviceDecision(
  world: DeliberationWorld,
  { proposalId }: ArgumentsOf<'TakeAdviceDecision'>,
  act: Act,
): Decision<DomainEvent> {
  const proposal = sponsoring(world, proposalId, act);
  if (isRefusal(proposal)) return proposal;
  const { submission } = proposal;
  const version = askedVersion(proposal);
  if (proposal.status !== 'submitted' || !submission || !version) {
    return refuse('WRONG_STATE', { rule: proposal.status });
  }
  if (world.alliance.standing() === 'dormant') return refuse('ALLIANCE_DORMANT');
  if (!isByAdvice(world, proposal)) return refuse('WRONG_STATE', { rule: 'advice' });
  const asked = { proposal, submission, version, advice: adviceOn(world, proposal), at: act.at };
  for (const guard of GUARDS) {
    const refusal = guard(world, asked);
    if (refusal) return refusal;
  }
  const matter = { proposalId, submission };
  const held = subjectBusy(world, matter) ?? subjectTaken(world, matter) ?? notReviewable(world, matter);
  return held ?? [event('AdviceDecisionTaken', { proposalId, version: version.version })];
}

interface Asked {
  readonly proposal: Proposal;
  readonly submission: Submission;
  readonly version: Version;
  readonly advice: readonly Advice[];
  readonly at: Instant;
}

/** The guards of M9 in the order of part 1, 4.5. */
const GUARDS: readonly ((world: DeliberationWorld, asked: Asked) => Refusal | undefined)[] = [
  nobodyAsked,
  affectedNotAsked,
  beyondOwnDomain,
  pending,
  unanswered,
];

function nobodyAsked(_world: DeliberationWorld, { advice }: Asked): Refusal | undefined {
  return advice.length === 0 ? refuse('ADVICE_NOBODY_ASKED') : undefined;
}

/** Affected partners are those that the proposal names; who left cannot be asked, and nobody asks itself. */
function affectedNotAsked(world: DeliberationWorld, { proposal, submission, advice }: Asked): Refusal | undefined {
  const choices = submission.affected.filter(
    (partnerId) =>
      partnerId !== proposal.sponsorId &&
      isActive(world, partnerId) &&
      !advice.some((one) => one.partnerId === partnerId),
  );
  return choices.length > 0 ? refuse('ADVICE_AFFECTED_NOT_ASKED', { choices }) : undefined;
}

/** What a sponsor decides alone asks resources of itself alone; a request without names asks all. */
function beyondOwnDomain(_world: DeliberationWorld, { proposal, version }: Asked): Refusal | undefined {
  const isBeyond = version.requests.some(
    ({ partnerIds }) => partnerIds.length === 0 || partnerIds.some((partnerId) => partnerId !== proposal.sponsorId),
  );
  return isBeyond ? refuse('BEYOND_OWN_DOMAIN') : undefined;
}

function pending(world: DeliberationWorld, { advice, at }: Asked): Refusal | undefined {
  const choices = advice.filter((one) => isPending(world, one, at)).map(({ partnerId }) => partnerId);
  return choices.length > 0 ? refuse('ADVICE_PENDING', { choices }) : undefined;
}

function unanswered(_world: DeliberationWorld, { advice }: Asked): Refusal | undefined {
  const choices = advice.filter(({ given, followUp }) => given && !followUp).map(({ adviceId }) => adviceId);
  return choices.length > 0 ? refuse('ADVICE_UNANSWERED', { choices }) : undefined;
}
