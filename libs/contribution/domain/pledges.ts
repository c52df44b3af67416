import { amountFault, event, givenLineFault, sameLine } from '#contracts';
import type { ArgumentsOf, DomainEvent, Line } from '#contracts';
import { isRefusal, refuse } from '#kernel';
import type { Act, Decision, Id, Refusal } from '#kernel';
import { actingPartner, STATING, today } from './authority.js';
import { namedRequestFault, openRequestFault } from './requests.js';
import { pledgeOn } from './standing-facts.js';
import type { World } from './world.js';

/** An indicative promise of one partner, by its own mandate; it binds nobody (part 2, 1.4). */
export function makePledge(world: World, args: ArgumentsOf<'MakePledge'>, act: Act): Decision<DomainEvent> {
  const acting = actingPartner(world, act, STATING, 'NOT_PROVIDER_MANDATE');
  if (isRefusal(acting)) return acting;
  const { occurredOn: _today, sealed, ...pledge } = args;
  if (args.providerId !== acting.partnerId) return refuse('NOT_PROVIDER_MANDATE', { pointer: '/providerId' });
  const fault =
    givenLineFault(args) ??
    amountFault(args.amount, args.unit) ??
    openRequestFault(world, args.requestId) ??
    namedRequestFault(world, args.requestId, args) ??
    (args.validUntil !== undefined && args.validUntil < today(world, act)
      ? refuse('DATE_INVALID', { pointer: '/validUntil', rule: 'not before today' })
      : undefined);
  if (fault) return fault;
  const pledgeId = act.newId('pledgeId');
  return [event('PledgeMade', { pledgeId, ...pledge }, { sealed })];
}

/** Its provider withdraws a standing pledge, freely. */
export function withdrawPledge(
  world: World,
  { pledgeId, sealed }: ArgumentsOf<'WithdrawPledge'>,
  act: Act,
): Decision<DomainEvent> {
  const acting = actingPartner(world, act, STATING, 'NOT_PROVIDER_MANDATE');
  if (isRefusal(acting)) return acting;
  const pledge = pledgeOn(world.state, pledgeId, today(world, act));
  if (!pledge) return refuse('NOT_FOUND', { pointer: '/pledgeId' });
  if (pledge.fact.providerId !== acting.partnerId) return refuse('NOT_PROVIDER_MANDATE');
  if (pledge.status === 'withdrawn') return refuse('ALREADY_WITHDRAWN');
  if (pledge.status !== 'standing') return refuse('PLEDGE_NOT_STANDING');
  return [event('PledgeWithdrawn', { pledgeId }, { sealed })];
}

/** A commitment names a pledge of its own provider that stands, of the same line; it may exceed it (1.5, 7). */
export function namedPledgeFault(
  world: World,
  promise: Line & { readonly pledgeId?: Id | undefined; readonly providerId: Id },
  act: Act,
): Refusal | undefined {
  const { pledgeId, providerId } = promise;
  if (pledgeId === undefined) return undefined;
  const pledge = pledgeOn(world.state, pledgeId, today(world, act));
  const pointer = '/pledgeId';
  if (!pledge) return refuse('NOT_FOUND', { pointer });
  const fits = pledge.fact.providerId === providerId && pledge.status === 'standing' && sameLine(pledge.fact, promise);
  return fits ? undefined : refuse('PLEDGE_NOT_STANDING', { pointer });
}
