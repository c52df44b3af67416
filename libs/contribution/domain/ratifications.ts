import { event } from '#contracts';
import type { ArgumentsOf, DomainEvent } from '#contracts';
import { isRefusal, refuse } from '#kernel';
import type { Act, Day, Decision, Id, Refusal } from '#kernel';
import { actingPartner, BINDING, today } from './authority.js';
import type { AdReferendum } from './facts.js';
import { standingOn } from './ratification.js';
import type { World } from './world.js';

/** The provider says that its body ratified, not after `ratifyBy` (part 2, 1.4). */
export function ratifyCommitment(
  world: World,
  { commitmentId, ratifiedOn, actHash, sealed }: ArgumentsOf<'RatifyCommitment'>,
  act: Act,
): Decision<DomainEvent> {
  const fact = world.state.commitments.get(commitmentId)?.fact;
  const fault = answererFault(world, fact && { ...fact, ownerId: fact.providerId }, act, ratifiedOn);
  return fault ?? [event('CommitmentRatified', { commitmentId, ratifiedOn, actHash }, { sealed })];
}

/** The provider says that its body refused. */
export function refuseCommitmentRatification(
  world: World,
  { commitmentId, sealed }: ArgumentsOf<'RefuseCommitmentRatification'>,
  act: Act,
): Decision<DomainEvent> {
  const fact = world.state.commitments.get(commitmentId)?.fact;
  const fault = answererFault(world, fact && { ...fact, ownerId: fact.providerId }, act);
  return fault ?? [event('CommitmentRatificationRefused', { commitmentId, cause: 'body' }, { sealed })];
}

/** The same for a guarantee, by the obligor. */
export function ratifyGuarantee(
  world: World,
  { guaranteeId, ratifiedOn, actHash, sealed }: ArgumentsOf<'RatifyGuarantee'>,
  act: Act,
): Decision<DomainEvent> {
  const fact = world.state.guarantees.get(guaranteeId)?.fact;
  const fault = answererFault(world, fact && { ...fact, ownerId: fact.obligorId }, act, ratifiedOn);
  return fault ?? [event('GuaranteeRatified', { guaranteeId, ratifiedOn, actHash }, { sealed })];
}

export function refuseGuaranteeRatification(
  world: World,
  { guaranteeId, sealed }: ArgumentsOf<'RefuseGuaranteeRatification'>,
  act: Act,
): Decision<DomainEvent> {
  const fact = world.state.guarantees.get(guaranteeId)?.fact;
  const fault = answererFault(world, fact && { ...fact, ownerId: fact.obligorId }, act);
  return fault ?? [event('GuaranteeRatificationRefused', { guaranteeId, cause: 'body' }, { sealed })];
}

/**
 * The one that is bound, with `commit`; what nobody answered by `ratifyBy` is late from the day after, what was
 * answered or never awaited an answer is not pending (part 2, 1.4). A day in the future comes before both (1.5).
 */
function answererFault(
  world: World,
  promise: (AdReferendum & { readonly ownerId: Id }) | undefined,
  act: Act,
  ratifiedOn?: Day,
): Refusal | undefined {
  const acting = actingPartner(world, act, BINDING, 'NOT_PROVIDER_MANDATE');
  if (isRefusal(acting)) return acting;
  if (ratifiedOn !== undefined && ratifiedOn > today(world, act))
    return refuse('FUTURE_FACT', { pointer: '/ratifiedOn' });
  if (!promise) return refuse('NOT_FOUND');
  if (promise.ownerId !== acting.partnerId) return refuse('NOT_PROVIDER_MANDATE');
  const standing = standingOn(promise, today(world, act));
  if (standing === 'pending') return undefined;
  return standing === 'refused' && !promise.declined ? refuse('RATIFICATION_LATE') : refuse('NOT_PENDING');
}
