import { event } from '#contracts';
import type { ArgumentsOf, DomainEvent } from '#contracts';
import { isRefusal, refuse } from '#kernel';
import type { Act, Decision, Instant, Refusal } from '#kernel';
import { notFacilitating, phaseRefusal, representing, roundOf } from './authority.js';
import { isElector } from './round.js';
import { named } from './sealed.js';
import type { Round } from './state.js';
import type { DeliberationWorld } from './world.js';

type Notified = ArgumentsOf<'RecordNotification'>;

/**
 * A partner of E was told of an open round, or a partner of a position recorded on its behalf (RecordNotification):
 * opened by its own representative, or received as F says (HTTP page, 1.2, note 3).
 */
export function recordNotification(world: DeliberationWorld, args: Notified, act: Act): Decision<DomainEvent> {
  const refusal = notRecording(world, args, act);
  if (refusal) return refusal;
  const round = roundOf(world, args.roundId);
  if (isRefusal(round)) return round;
  const told = toldOf(round, args);
  if (isRefusal(told)) return told;
  const deliveredAt = args.status === 'delivered' ? (args.deliveredAt ?? act.at) : args.deliveredAt;
  const fault = deliveryFault({ ...args, deliveredAt }, told.since, act.at);
  if (fault) return fault;
  const { roundId, partnerId, positionId, channel, status, sealed } = args;
  const data = { roundId, partnerId, positionId, channel, status, deliveredAt };
  return [event('PartnerNotified', data, { sealed: named(sealed, 'address') })];
}

/** Who may say by which way a partner was reached. Nobody says for another that it opened what it was sent. */
function notRecording(world: DeliberationWorld, { channel, partnerId }: Notified, act: Act): Refusal | undefined {
  if (channel === 'letter-received' || channel === 'meeting') return notFacilitating(world, act);
  if (channel === 'email-accepted')
    return act.actor.kind === 'system' ? phaseRefusal(world) : refuse('POWER_MISSING', { rule: 'notifier' });
  const representative = representing(world, act);
  if (isRefusal(representative)) return representative;
  return representative.partnerId === partnerId ? undefined : refuse('POWER_MISSING', { rule: 'own partner' });
}

/** What the partner was told of, which says since when it could be. */
function toldOf(round: Round, { partnerId, positionId }: Notified): { readonly since: Instant } | Refusal {
  if (positionId !== undefined) {
    const position = round.positions.find((one) => one.positionId === positionId);
    const isTheirs = position?.partnerId === partnerId && position.channel === 'on-behalf';
    return isTheirs ? { since: position.recordedAt } : refuse('NOT_FOUND', { pointer: '/positionId' });
  }
  if (round.closed) return refuse('ROUND_CLOSED', { rule: round.closed.closing });
  return isElector(round, partnerId)
    ? { since: round.opensAt }
    : refuse('NOT_IN_ELECTORATE', { pointer: '/partnerId' });
}

/** What was opened, was opened now; what F says to be received, was received since it exists and not in the future. */
function deliveryFault({ channel, status, deliveredAt }: Notified, since: Instant, now: Instant): Refusal | undefined {
  if (deliveredAt === undefined) return undefined;
  const isPlausible = since <= deliveredAt && deliveredAt <= now;
  const isAllowed = status === 'delivered' && (channel !== 'in-app-opened' || deliveredAt === now);
  return isPlausible && isAllowed ? undefined : refuse('DATE_INVALID', { pointer: '/deliveredAt' });
}
