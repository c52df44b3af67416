import { event } from '#contracts';
import type { ArgumentsOf, DomainEvent } from '#contracts';
import { isRefusal, msBetween, refuse } from '#kernel';
import type { Act, Decision } from '#kernel';
import { notFacilitating, roundOf } from './authority.js';
import { named } from './sealed.js';
import type { DeliberationWorld } from './world.js';

/** F moves the deadline of an open round once, with a reason, by at most its original length (part 1, 4.4: ExtendRound). */
export function extendRound(
  world: DeliberationWorld,
  { roundId, closesAt, sealed }: ArgumentsOf<'ExtendRound'>,
  act: Act,
): Decision<DomainEvent> {
  const refusal = notFacilitating(world, act);
  if (refusal) return refusal;
  const round = roundOf(world, roundId);
  if (isRefusal(round)) return round;
  if (round.closed) return refuse('ROUND_CLOSED', { rule: round.closed.closing });
  if (sealed['reason'] === undefined) return refuse('REASON_REQUIRED', { pointer: '/reason' });
  if (round.extendedBy.includes('facilitator')) return refuse('EXTENSION_REFUSED', { rule: 'once' });
  const moreMs = msBetween(round.closesAt, closesAt);
  if (moreMs <= 0) return refuse('EXTENSION_REFUSED', { pointer: '/closesAt', rule: 'later' });
  if (moreMs > round.lengthMs) return refuse('EXTENSION_REFUSED', { pointer: '/closesAt', rule: 'original length' });
  return [event('RoundExtended', { roundId, cause: 'facilitator', closesAt }, { sealed: named(sealed, 'reason') })];
}
