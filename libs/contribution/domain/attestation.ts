import { amountFault, amountOf, event } from '#contracts';
import type { ArgumentsOf, DomainEvent } from '#contracts';
import { refuse } from '#kernel';
import type { Act, Decision, Id, Refusal } from '#kernel';
import { facilitatorFault, partnerOrDecisionFault, STATING } from './authority.js';
import { activeOtherFault } from './parties.js';
import { bucketsOf } from './buckets.js';
import type { Buckets } from './buckets.js';
import type { World } from './world.js';

/** The attestor received so much. Silence acknowledges nothing, however long (part 2, 1.1). */
export function acknowledgeContribution(
  world: World,
  { contributionId, amount, sealed }: ArgumentsOf<'AcknowledgeContribution'>,
  act: Act,
): Decision<DomainEvent> {
  const fault =
    attestorActFault(world, { contributionId }, act) ?? bucketFault(world, contributionId, 'awaiting', amount);
  return fault ?? [event('ContributionAcknowledged', { contributionId, amount }, { sealed })];
}

/** The attestor disputes so much of what awaits or was acknowledged, with a ground and an explanation. */
export function contestContribution(
  world: World,
  { contributionId, amount, from, ground, sealed }: ArgumentsOf<'ContestContribution'>,
  act: Act,
): Decision<DomainEvent> {
  const fault = attestorActFault(world, { contributionId }, act) ?? bucketFault(world, contributionId, from, amount);
  if (fault) return fault;
  if (sealed['explanation'] === undefined) return refuse('REASON_REQUIRED', { pointer: '/explanation' });
  return [event('ContributionContested', { contributionId, amount, from, ground }, { sealed })];
}

/** A contestation is lifted by the attestor, or recorded by the facilitator with an adopted decision. */
export function liftContestation(
  world: World,
  { contributionId, amount, decisionId, sealed }: ArgumentsOf<'LiftContestation'>,
  act: Act,
): Decision<DomainEvent> {
  const fault =
    attestorActFault(world, { contributionId, decisionId }, act) ??
    bucketFault(world, contributionId, 'contested', amount);
  return fault ?? [event('ContestationLifted', { contributionId, amount, decisionId }, { sealed })];
}

interface AttestorAct {
  readonly contributionId: Id;
  readonly decisionId?: Id | undefined;
}

/** Only the attestor moves the buckets (part 2, 1.5). */
function attestorActFault(world: World, { contributionId, decisionId }: AttestorAct, act: Act): Refusal | undefined {
  const ownerId = world.state.contributions.get(contributionId)?.fact.attestorId;
  return partnerOrDecisionFault(world, act, { powers: STATING, ownerId, decisionId, notYours: 'NOT_ATTESTOR' });
}

/** Never more than the bucket holds (part 2, 1.5). */
function bucketFault(world: World, id: Id, bucket: keyof Buckets, amount: string): Refusal | undefined {
  const fact = world.state.contributions.get(id)?.fact;
  if (!fact) return refuse('NOT_FOUND', { pointer: '/contributionId' });
  const invalid = amountFault(amount, fact.unit);
  if (invalid) return invalid;
  return amountOf(amount) > bucketsOf(fact)[bucket] ? refuse('OVER_ATTESTED', { pointer: '/amount' }) : undefined;
}

/** The facilitator names another active partner in place of an attestor that is no longer active (part 2, 1.4). */
export function replaceAttestor(
  world: World,
  { contributionId, commitmentId, attestorId, sealed }: ArgumentsOf<'ReplaceAttestor'>,
  act: Act,
): Decision<DomainEvent> {
  const fault = facilitatorFault(world, act);
  if (fault) return fault;
  if (contributionId === undefined && commitmentId === undefined) return refuse('NOT_FOUND');
  const contribution = world.state.contributions.get(contributionId)?.fact;
  const commitment = world.state.commitments.get(commitmentId)?.fact;
  if (contributionId !== undefined && !contribution) return refuse('NOT_FOUND', { pointer: '/contributionId' });
  if (commitmentId !== undefined && !commitment) return refuse('NOT_FOUND', { pointer: '/commitmentId' });
  for (const fact of [contribution, commitment]) {
    const barred = fact && replacementFault(world, fact, attestorId);
    if (barred) return barred;
  }
  const subject =
    contributionId === undefined ? `commitment/${String(commitmentId)}` : `contribution/${contributionId}`;
  return [event('AttestorReplaced', { contributionId, commitmentId, attestorId }, { sealed, subject })];
}

function replacementFault(
  world: World,
  fact: { readonly providerId?: Id; readonly receiverId?: Id; readonly attestorId: Id },
  attestorId: Id,
): Refusal | undefined {
  if (world.alliance.partner(fact.attestorId)?.status === 'active') {
    return refuse('WRONG_STATE', { rule: 'the attestor is still active' });
  }
  const declarerId = fact.providerId ?? fact.receiverId;
  return declarerId && activeOtherFault(world, declarerId, attestorId);
}
