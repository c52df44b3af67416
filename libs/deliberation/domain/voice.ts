import { dayOf, refuse } from '#kernel';
import type { Act, Id, Refusal } from '#kernel';
import { hasOwnPosition, isElector } from './round.js';
import type { DeliberationState, Position, Proxy, Round } from './state.js';
import type { DeliberationWorld, Representative } from './world.js';

/** For which partner a position is, how it came, and the mandates behind it. */
export interface Voice extends Pick<Position, 'partnerId' | 'standing' | 'channel' | 'proxyId'> {
  /** Where one of them binds only after ratification, a favourable position does (part 1, 4.8). */
  readonly mandates: readonly Id[];
}

/** A partner's own voice, by its representative. */
export function ownVoice({ partnerId, standing, mandateId }: Representative): Voice {
  return { partnerId, standing, channel: 'direct', proxyId: undefined, mandates: [mandateId] };
}

/** The voice of the giver of a proxy, by a representative of its holder: nobody else uses it (part 1, 4.8). */
export function proxyVoice(
  { state }: DeliberationWorld,
  proxyId: Id,
  { partnerId, standing, mandateId }: Representative,
): Voice | Refusal {
  const proxy = state.proxies.get(proxyId);
  if (!proxy) return refuse('NOT_FOUND', { pointer: '/proxyId' });
  if (proxy.holderId !== partnerId) return refuse('POWER_MISSING', { rule: 'proxy holder' });
  const given = proxy.mandateId === undefined ? [] : [proxy.mandateId];
  return { partnerId: proxy.giverId, standing, channel: 'proxy', proxyId, mandates: [mandateId, ...given] };
}

/** A proxy in force, held by a partner of E, of a giver that has not spoken itself, and one alone: one hop (4.8). */
export function proxyUseFault(
  { state }: DeliberationWorld,
  round: Round,
  { proxyId }: Voice,
  act: Act,
): Refusal | undefined {
  const proxy = state.proxies.get(proxyId);
  if (!proxy) return undefined;
  const today = dayOf(act.at, state.timeZone);
  if (proxy.ended || !coversRound(proxy, round.roundId, today)) return refuse('NOT_IN_FORCE', { pointer: '/proxyId' });
  if (!isElector(round, proxy.holderId)) return refuse('NOT_IN_ELECTORATE', { rule: 'proxy holder' });
  if (hasOwnPosition(round, proxy.giverId)) return refuse('OWN_POSITION_EXISTS');
  const others = proxiesUsed(state, round).filter(({ giverId }) => giverId !== proxy.giverId);
  if (others.some(({ holderId }) => holderId === proxy.holderId)) return refuse('PROXY_LIMIT');
  const chained = others.some(({ giverId, holderId }) => giverId === proxy.holderId || holderId === proxy.giverId);
  return chained ? refuse('PROXY_CHAIN') : undefined;
}

/** Whether a proxy is for a round, that day. */
export function coversRound({ roundId, validFrom, validTo }: Proxy, asked: Id, day: string): boolean {
  if (roundId !== undefined) return roundId === asked;
  return validFrom !== undefined && validTo !== undefined && validFrom <= day && day <= validTo;
}

/** By which proxies positions were taken in a round. */
function proxiesUsed(state: DeliberationState, { positions }: Round): readonly Proxy[] {
  return positions.map(({ proxyId }) => state.proxies.get(proxyId)).filter((proxy) => proxy !== undefined);
}
