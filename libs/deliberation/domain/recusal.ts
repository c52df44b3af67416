import { event } from '#contracts';
import type { ArgumentsOf, DomainEvent } from '#contracts';
import { isRefusal, refuse } from '#kernel';
import type { Act, Decision } from '#kernel';
import { representing, roundOf } from './authority.js';
import { isElector } from './round.js';
import { named } from './sealed.js';
import type { DeliberationWorld } from './world.js';

/** R(take-position) takes its partner out of E for this round, without way back (part 1, 4.7: RecusePartner). */
export function recusePartner(
  world: DeliberationWorld,
  { roundId, sealed }: ArgumentsOf<'RecusePartner'>,
  act: Act,
): Decision<DomainEvent> {
  const representative = representing(world, act, 'take-position');
  if (isRefusal(representative)) return representative;
  const round = roundOf(world, roundId);
  if (isRefusal(round)) return round;
  if (round.closed) return refuse('ROUND_CLOSED', { rule: round.closed.closing });
  const { partnerId } = representative;
  if (!isElector(round, partnerId)) return refuse('NOT_IN_ELECTORATE');
  return [event('PartnerRecused', { roundId, partnerId }, { sealed: named(sealed, 'reason') })];
}
