import { event } from '#contracts';
import type { ArgumentsOf, DomainEvent } from '#contracts';
import { dayOf, isRefusal, refuse } from '#kernel';
import type { Act, Day, Decision, Id, Refusal } from '#kernel';
import { isActive, representing, roundOf } from './authority.js';
import { hasOwnPosition, isElector } from './round.js';
import type { DeliberationState, Proxy } from './state.js';
import type { DeliberationWorld } from './world.js';

type Given = Pick<Proxy, 'giverId' | 'holderId' | 'roundId' | 'validFrom' | 'validTo'>;

/** R(take-position) lets another partner take its position, in one round or between two dates (part 1, 4.8: GiveProxy). */
export function giveProxy(
  world: DeliberationWorld,
  { holderId, roundId, validFrom, validTo }: ArgumentsOf<'GiveProxy'>,
  act: Act,
): Decision<DomainEvent> {
  const giver = representing(world, act, 'take-position');
  if (isRefusal(giver)) return giver;
  const given = { giverId: giver.partnerId, holderId, roundId, validFrom, validTo };
  const fault =
    spanFault(world, given, act) ??
    heldFault(world, given) ??
    ownPositionFault(world, given) ??
    tooManyFault(world.state, given);
  if (fault) return fault;
  return [event('ProxyGiven', { proxyId: act.newId('proxyId'), ...given })];
}

/** R(take-position) takes back the proxy that its partner gave; what the holder took before stands (RevokeProxy). */
export function revokeProxy(
  world: DeliberationWorld,
  { proxyId }: ArgumentsOf<'RevokeProxy'>,
  act: Act,
): Decision<DomainEvent> {
  const giver = representing(world, act, 'take-position');
  if (isRefusal(giver)) return giver;
  const proxy = world.state.proxies.get(proxyId);
  if (!proxy) return refuse('NOT_FOUND', { pointer: '/proxyId' });
  if (proxy.giverId !== giver.partnerId) return refuse('POWER_MISSING', { rule: 'giver' });
  if (!world.state.liveProxies.includes(proxyId)) return refuse('WRONG_STATE', { rule: 'over' });
  return [event('ProxyRevoked', { proxyId, cause: 'giver' })];
}

/** Either an open round in which both are of E, or two dates from today on, and a holder that is active. */
function spanFault(world: DeliberationWorld, given: Given, act: Act): Refusal | undefined {
  const { roundId, validFrom, validTo } = given;
  if (roundId !== undefined) {
    const isMixed = validFrom !== undefined || validTo !== undefined;
    return isMixed ? refuse('DATE_INVALID', { rule: 'one round, or two dates' }) : roundFault(world, given, roundId);
  }
  if (validFrom === undefined || validTo === undefined)
    return refuse('DATE_INVALID', { rule: 'one round, or two dates' });
  if (validFrom < dayOf(act.at, world.state.timeZone)) return refuse('DATE_INVALID', { pointer: '/validFrom' });
  if (validTo < validFrom) return refuse('DATE_INVALID', { pointer: '/validTo' });
  return isActive(world, given.holderId) ? undefined : refuse('PARTNER_NOT_ACTIVE', { pointer: '/holderId' });
}

function roundFault(world: DeliberationWorld, { giverId, holderId }: Given, roundId: Id): Refusal | undefined {
  const round = roundOf(world, roundId);
  if (isRefusal(round)) return round;
  if (round.closed) return refuse('ROUND_CLOSED', { rule: round.closed.closing });
  if (!isElector(round, giverId)) return refuse('NOT_IN_ELECTORATE');
  return isElector(round, holderId) ? undefined : refuse('NOT_IN_ELECTORATE', { pointer: '/holderId' });
}

/** In any one round a partner holds one proxy at most and gives one at most; who holds one gives none, and the reverse. */
function heldFault({ state }: DeliberationWorld, given: Given): Refusal | undefined {
  const { giverId, holderId } = given;
  if (giverId === holderId) return refuse('PROXY_CHAIN', { pointer: '/holderId', rule: 'oneself' });
  const beside = liveProxies(state).filter((proxy) => mayMeet(state, proxy, given));
  if (beside.some((proxy) => proxy.holderId === holderId)) return refuse('PROXY_LIMIT', { rule: 'holder' });
  if (beside.some((proxy) => proxy.giverId === giverId)) return refuse('PROXY_LIMIT', { rule: 'giver' });
  const chained = beside.some((proxy) => proxy.holderId === giverId || proxy.giverId === holderId);
  return chained ? refuse('PROXY_CHAIN') : undefined;
}

/** A proxy between two dates is for other rounds too; the own position is asked of again when it is used. */
function ownPositionFault({ state }: DeliberationWorld, { giverId, roundId }: Given): Refusal | undefined {
  const round = state.rounds.get(roundId);
  return round && hasOwnPosition(round, giverId) ? refuse('OWN_POSITION_EXISTS') : undefined;
}

/** Proxies between two dates that a partner gives ahead, at most. */
const MAX_PROXIES_AHEAD = 40;

function tooManyFault(state: DeliberationState, { giverId, roundId }: Given): Refusal | undefined {
  if (roundId !== undefined) return undefined;
  const ahead = liveProxies(state).filter((proxy) => proxy.giverId === giverId && proxy.roundId === undefined);
  return ahead.length >= MAX_PROXIES_AHEAD ? refuse('LIMIT_EXCEEDED') : undefined;
}

function liveProxies(state: DeliberationState): readonly Proxy[] {
  return state.liveProxies.map((proxyId) => state.proxies.get(proxyId)).filter((proxy) => proxy !== undefined);
}

/** Whether two proxies can be for one round: the same, or days that both have. */
function mayMeet(state: DeliberationState, one: Given, other: Given): boolean {
  if (one.roundId !== undefined && other.roundId !== undefined) return one.roundId === other.roundId;
  const [a, b] = [daysOf(state, one), daysOf(state, other)];
  return a !== undefined && b !== undefined && a.from <= b.to && b.from <= a.to;
}

function daysOf(
  { rounds, timeZone }: DeliberationState,
  { roundId, validFrom, validTo }: Given,
): { readonly from: Day; readonly to: Day } | undefined {
  const round = rounds.get(roundId);
  if (round) return { from: dayOf(round.opensAt, timeZone), to: dayOf(round.closesAt, timeZone) };
  return validFrom === undefined || validTo === undefined ? undefined : { from: validFrom, to: validTo };
}
