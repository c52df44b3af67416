import { amountFault, event, lineFault, sameLine } from '#contracts';
import type { ArgumentsOf, DomainEvent, Line } from '#contracts';
import { isRefusal, refuse } from '#kernel';
import type { Act, Decision, Id, Refusal } from '#kernel';
import { actingPartner, facilitatorFault, today } from './authority.js';
import { coverageOf } from './needs.js';
import { readAt } from './reading.js';
import { factsOfRequest } from './standing-facts.js';
import type { ResourceRequest } from './state.js';
import type { World } from './world.js';

/** A partner says what the alliance needs, without decision; it binds nobody (part 2, 1.4). */
export function requestResource(world: World, args: ArgumentsOf<'RequestResource'>, act: Act): Decision<DomainEvent> {
  const acting = actingPartner(world, act, ['propose'], 'POWER_MISSING');
  if (isRefusal(acting)) return acting;
  const { kind, unit, amount, partnerIds = [], neededBy, sealed } = args;
  const fault = lineFault(args) ?? amountFault(amount, unit) ?? askedFault(world, partnerIds);
  if (fault) return fault;
  const requestId = act.newId('requestId');
  return [event('ResourceRequested', { requestId, kind, unit, amount, partnerIds, neededBy }, { sealed })];
}

function askedFault(world: World, partnerIds: readonly Id[]): Refusal | undefined {
  for (const [index, partnerId] of partnerIds.entries()) {
    const partner = world.alliance.partner(partnerId);
    const pointer = `/partnerIds/${index}`;
    if (!partner) return refuse('NOT_FOUND', { pointer });
    if (partner.status !== 'active') return refuse('PARTNER_NOT_ACTIVE', { pointer });
  }
  return undefined;
}

/** The facilitator, or the partner that asked without decision, closes a request; `covered` is computed (2.3). */
export function closeRequest(
  world: World,
  { requestId, sealed }: ArgumentsOf<'CloseRequest'>,
  act: Act,
): Decision<DomainEvent> {
  const request = world.state.requests.get(requestId);
  const fault = closerFault(world, request, act);
  if (fault) return fault;
  if (!request) return refuse('NOT_FOUND', { pointer: '/requestId' });
  if (request.fact.closed) return refuse('REQUEST_CLOSED');
  const { uncovered } = coverageOf(request.fact, readAt(factsOfRequest(world.state, request), today(world, act)));
  const cause = uncovered === 0n ? 'covered' : 'cancelled';
  return [event('ResourceRequestClosed', { requestId, cause }, { sealed })];
}

function closerFault(world: World, request: ResourceRequest | undefined, act: Act): Refusal | undefined {
  if (act.actor.kind !== 'representative') return facilitatorFault(world, act);
  const acting = actingPartner(world, act, ['propose'], 'POWER_MISSING');
  if (isRefusal(acting)) return acting;
  return request && request.fact.askedBy !== acting.partnerId
    ? refuse('POWER_MISSING', { rule: 'the partner that asked without decision' })
    : undefined;
}

/** The request that a commitment or contribution names is there and of the same line. */
export function namedRequestFault(world: World, requestId: Id | undefined, line: Line): Refusal | undefined {
  if (requestId === undefined) return undefined;
  const request = world.state.requests.get(requestId);
  const pointer = '/requestId';
  if (!request) return refuse('NOT_FOUND', { pointer });
  return sameLine(request.fact, line) ? undefined : refuse('UNIT_MISMATCH', { pointer });
}

/** A commitment answers an open request only (part 2, 1.4). */
export function openRequestFault(world: World, requestId: Id | undefined): Refusal | undefined {
  const closed = world.state.requests.get(requestId)?.fact.closed !== undefined;
  return closed ? refuse('REQUEST_CLOSED', { pointer: '/requestId' }) : undefined;
}
