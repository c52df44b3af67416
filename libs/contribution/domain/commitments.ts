import { amountFault, amountOf, event, givenLineFault, sameLine } from '#contracts';
import type { ArgumentsOf, DomainEvent } from '#contracts';
import { isRefusal, refuse } from '#kernel';
import type { Act, Decision, Id, Refusal } from '#kernel';
import { actingPartner, BINDING, partnerOrDecisionFault, today } from './authority.js';
import { attestorFault, carrierFault } from './parties.js';
import { dueOnAt } from './reading.js';
import { namedRequestFault, openRequestFault } from './requests.js';
import { obligationNow } from './standing-facts.js';
import type { Commitment } from './state.js';
import type { World } from './world.js';

type MakeCommitment = ArgumentsOf<'MakeCommitment'>;

/** A firm promise of one partner, by its own mandate with `commit`; guards in the order of part 2, 1.5. */
export function makeCommitment(world: World, args: MakeCommitment, act: Act): Decision<DomainEvent> {
  const acting = actingPartner(world, act, BINDING, 'NOT_PROVIDER_MANDATE');
  if (isRefusal(acting)) return acting;
  const { adReferendum: _asked, occurredOn: _today, sealed, ...terms } = args;
  if (args.providerId !== acting.partnerId) return refuse('NOT_PROVIDER_MANDATE', { pointer: '/providerId' });
  const fault =
    givenLineFault(args) ??
    amountFault(args.amount, args.unit) ??
    attestorFault(world, { ...args, declarerId: args.providerId }) ??
    carrierFault(world, args, today(world, act)) ??
    dueFault(args, today(world, act)) ??
    openRequestFault(world, args.requestId) ??
    namedRequestFault(world, args.requestId, args) ??
    ceilingFault(world, args, acting.mandateId);
  if (fault) return fault;
  const commitmentId = act.newId('commitmentId');
  return [event('CommitmentMade', { commitmentId, ...terms, adReferendum: false }, { sealed })];
}

function dueFault({ dueOn }: MakeCommitment, madeOn: string): Refusal | undefined {
  return dueOn < madeOn ? refuse('DUE_BEFORE_COMMITMENT', { pointer: '/dueOn' }) : undefined;
}

/** At most the mandate's ceiling for this line, per commitment; a line without ceiling is 0. */
function ceilingFault(world: World, args: MakeCommitment, mandateId: Id): Refusal | undefined {
  const mandate = world.alliance.mandate(mandateId);
  if (args.adReferendum === true || mandate?.adReferendum === true) return refuse('AD_REFERENDUM_NOT_AVAILABLE');
  const ceiling = mandate?.ceilings.find((one) => one.kind === args.kind && one.unit === args.unit);
  return amountOf(args.amount) > amountOf(ceiling?.amount ?? '0')
    ? refuse('OVER_CEILING', { pointer: '/amount' })
    : undefined;
}

/**
 * Who may reschedule and release: the receiver if it is a partner other than the provider, else the attestor. Such a
 * receiver is always the attestor, and whoever replaces it as attestor is creditor in its place.
 */
function creditorOf(commitment: Commitment | undefined): Id | undefined {
  return commitment?.fact.attestorId;
}

/** The creditor, or the facilitator by decision, gives a later due date; an earlier one needs a new commitment. */
export function rescheduleCommitment(
  world: World,
  { commitmentId, dueOn, decisionId, sealed }: ArgumentsOf<'RescheduleCommitment'>,
  act: Act,
): Decision<DomainEvent> {
  const commitment = world.state.commitments.get(commitmentId);
  const ownerId = creditorOf(commitment);
  const owned = { powers: BINDING, ownerId, decisionId, notYours: 'NOT_CREDITOR_MANDATE' } as const;
  const fault = partnerOrDecisionFault(world, act, owned);
  if (fault) return fault;
  if (commitment && dueOn <= dueOnAt(commitment.fact, today(world, act))) {
    return refuse('NOT_LATER', { pointer: '/dueOn' });
  }
  return [event('CommitmentRescheduled', { commitmentId, dueOn, decisionId }, { sealed })];
}

/** All or part of what is open ends: by the creditor, by decision, or by the provider where part 2, 1.5 lets it. */
export function releaseCommitment(
  world: World,
  args: ArgumentsOf<'ReleaseCommitment'>,
  act: Act,
): Decision<DomainEvent> {
  const { commitmentId, amount, reason, decisionId, sealed } = args;
  const commitment = world.state.commitments.get(commitmentId);
  const fault = releaserFault(world, commitment, args, act);
  if (fault) return fault;
  const invalid = commitment && amountFault(amount, commitment.fact.unit);
  if (invalid) return invalid;
  if (amountOf(amount) > (obligationNow(world.state, commitmentId)?.open ?? 0n)) {
    return refuse('RELEASE_OVER_OPEN', { pointer: '/amount' });
  }
  return [event('CommitmentReleased', { commitmentId, amount, reason, decisionId }, { sealed })];
}

function releaserFault(
  world: World,
  commitment: Commitment | undefined,
  { reason, decisionId }: ArgumentsOf<'ReleaseCommitment'>,
  act: Act,
): Refusal | undefined {
  const ownerId = providerMayRelease(world, commitment, reason, act)
    ? commitment?.fact.providerId
    : creditorOf(commitment);
  return partnerOrDecisionFault(world, act, { powers: BINDING, ownerId, decisionId, notYours: 'NOT_CREDITOR_MANDATE' });
}

const ENDED = ['lapsed', 'annulled', 'revoked', 'expired', 'superseded'];

/** The provider frees itself when the decision behind the request ended, or a dissolution is in force. */
function providerMayRelease(
  world: World,
  commitment: Commitment | undefined,
  reason: ArgumentsOf<'ReleaseCommitment'>['reason'],
  { actor }: Act,
): boolean {
  if (!commitment || actor.kind !== 'representative' || actor.partner !== commitment.fact.providerId) return false;
  const statusOf = (id: Id | undefined): string => (id && world.deliberation.decision(id)?.status) ?? '';
  if (reason === 'dissolution') return world.state.dissolutions.some((id) => statusOf(id) === 'in-force');
  const request = world.state.requests.get(commitment.fact.requestId);
  return reason === 'decision-ended' && ENDED.includes(statusOf(request?.decisionId));
}

/** An obligation that a contribution names: there, the provider's own, of the same line (part 2, 1.4). */
export function fulfilsFault(
  world: World,
  obligationId: Id,
  given: Pick<ArgumentsOf<'DeclareContribution'>, 'providerId' | 'kind' | 'unit'>,
  pointer: string,
): Refusal | undefined {
  const obligation = world.state.commitments.get(obligationId)?.fact;
  if (!obligation) return refuse('NOT_FOUND', { pointer });
  if (obligation.providerId !== given.providerId) return refuse('NOT_OWN_OBLIGATION', { pointer });
  return sameLine(obligation, given) ? undefined : refuse('UNIT_MISMATCH', { pointer });
}
