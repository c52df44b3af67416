import { event } from '#contracts';
import type { DataOf } from '#contracts';
import { dayOf, endOfDay } from '#kernel';
import type { Id, Instant, Recorded } from '#kernel';
import { fallsDue } from '../due.js';
import { owe } from '../state.js';
import type { DeliberationState, Proxy, Round } from '../state.js';
import { coversRound } from '../voice.js';

type Cause = DataOf<'ProxyRevoked'>['cause'];

/** A proxy between two dates ends at 00:00 after the last. */
export function proxyGiven(
  state: DeliberationState,
  given: DataOf<'ProxyGiven'>,
  { actor, seq }: Recorded,
): DeliberationState {
  const { proxyId, validTo } = given;
  const mandateId = actor.kind === 'representative' ? actor.mandate : undefined;
  const next: DeliberationState = {
    ...state,
    proxies: state.proxies.with(proxyId, { ...given, mandateId, ended: false }),
    liveProxies: [...state.liveProxies, proxyId],
  };
  if (validTo === undefined) return next;
  return fallsDue(next, 'ProxyRevoked', { id: proxyId, dueAt: endOfDay(validTo, state.timeZone), order: seq });
}

export function proxyRevoked(state: DeliberationState, { proxyId }: DataOf<'ProxyRevoked'>): DeliberationState {
  return {
    ...state,
    proxies: state.proxies.change(proxyId, (proxy) => ({ ...proxy, ended: true })),
    liveProxies: state.liveProxies.filter((id) => id !== proxyId),
  };
}

/** The giver's own position ends its proxy for that round (part 1, 4.8). */
export function endedByOwnPosition(state: DeliberationState, roundId: Id, giverId: Id): DeliberationState {
  return end(state, (proxy) => (proxy.roundId === roundId && proxy.giverId === giverId ? 'own-position' : undefined));
}

/** With a partner go the proxies that it holds (4.7), and those that it gave. */
export function endedWithPartner(state: DeliberationState, partnerId: Id): DeliberationState {
  return end(state, ({ holderId, giverId }) =>
    holderId === partnerId ? 'holder-left' : giverId === partnerId ? 'giver' : undefined,
  );
}

/** A holder that leaves E holds none for that round any more; what a giver gave for it alone has no use. */
export function endedByRecusal(
  state: DeliberationState,
  { roundId }: Round,
  partnerId: Id,
  at: Instant,
): DeliberationState {
  const today = dayOf(at, state.timeZone);
  return end(state, (proxy) => {
    if (proxy.holderId === partnerId) return coversRound(proxy, roundId, today) ? 'holder-left' : undefined;
    return proxy.giverId === partnerId && proxy.roundId === roundId ? 'giver' : undefined;
  });
}

/** Those of a closed round alone are of no more use; nothing is recorded of it. */
export function withoutProxiesOf(state: DeliberationState, roundId: Id): DeliberationState {
  const isOver = (proxyId: Id) => state.proxies.get(proxyId)?.roundId === roundId;
  return { ...state, liveProxies: state.liveProxies.filter((proxyId) => !isOver(proxyId)) };
}

function end(state: DeliberationState, causeOf: (proxy: Proxy) => Cause | undefined): DeliberationState {
  const owed = state.liveProxies.flatMap((proxyId) => {
    const proxy = state.proxies.get(proxyId);
    const cause = proxy && causeOf(proxy);
    return cause ? [event('ProxyRevoked', { proxyId, cause })] : [];
  });
  return owe(state, ...owed);
}
