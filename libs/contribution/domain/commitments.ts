import { amountFault, amountOf, event, givenLineFault } from '#contracts';
import type { ArgumentsOf, DomainEvent } from '#contracts';
import { isRefusal, refuse } from '#kernel';
import type { Act, Day, Decision, Id, Refusal } from '#kernel';
import { actingPartner, BINDING, partnerOrDecisionFault, today } from './authority.js';
import { dueOnAt } from './obligations.js';
import { attestorFault, carrierFault } from './parties.js';
import { namedPledgeFault } from './pledges.js';
import { answeredRequestFault, ceilingFault, ratificationTerms } from './promising.js';
import { standingOn } from './ratification.js';
import { obligationNow } from './standing-facts.js';
import type { Commitment } from './state.js';
import type { World } from './world.js';

type MakeCommitment = ArgumentsOf<'MakeCommitment'>;

/** A firm promise of one partner, by its own mandate with `commit`; guards in the order of part 2, 1.5. */
export function makeCommitment(world: World, args: MakeCommitment, act: Act): Decision<DomainEvent> {
  const acting = actingPartner(world, act, BINDING, 'NOT_PROVIDER_MANDATE');
  if (isRefusal(acting)) return acting;
  const { adReferendum: _asked, ratifyBy: _by, occurredOn: _today, sealed, ...terms } = args;
  if (args.providerId !== acting.partnerId) return refuse('NOT_PROVIDER_MANDATE', { pointer: '/providerId' });
  const madeOn = today(world, act);
  const asked = { ...args, mandateId: acting.mandateId };
  const fault =
    givenLineFault(args) ??
    amountFault(args.amount, args.unit) ??
    attestorFault(world, { ...args, declarerId: args.providerId }) ??
    carrierFault(world, args, madeOn) ??
    dueFault(args, madeOn) ??
    answeredRequestFault(world, args, asked) ??
    namedPledgeFault(world, args, act) ??
    ceilingFault(world, args, asked, '/amount');
  if (fault) return fault;
  const ratification = ratificationTerms(world, asked, madeOn);
  if (isRefusal(ratification)) return ratification;
  const commitmentId = act.newId('commitmentId');
  return [event('CommitmentMade', { commitmentId, ...terms, ...ratification }, { sealed })];
}

function dueFault({ dueOn }: MakeCommitment, madeOn: string): Refusal | undefined {
  return dueOn < madeOn ? refuse('DUE_BEFORE_COMMITMENT', { pointer: '/dueOn' }) : undefined;
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
  const notInForce = commitment && inForceFault(commitment, today(world, act));
  if (notInForce) return notInForce;
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
  const invalid =
    commitment && (inForceFault(commitment, today(world, act)) ?? amountFault(amount, commitment.fact.unit));
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
  return reason === 'decision-ended' && ENDED.includes(statusOf(request?.fact.decisionId));
}

/** Only a commitment in force is rescheduled and released. */
function inForceFault({ fact }: Commitment, now: Day): Refusal | undefined {
  return standingOn(fact, now) === 'in-force' ? undefined : refuse('NOT_IN_FORCE');
}
