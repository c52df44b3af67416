import { event } from '#contracts';
import type { ArgumentsOf, DomainEvent } from '#contracts';
import { addHours, dayOf, endOfDay, isRefusal, refuse, startOfDay } from '#kernel';
import type { Act, Decision, Id, Refusal } from '#kernel';
import { notFacilitating, objectionOf, phaseRefusal, representing } from './authority.js';
import { named } from './sealed.js';
import { GRACE_HOURS, graceFrom, roundSubject } from './round.js';
import type { Objection, Round } from './state.js';
import type { DeliberationWorld } from './world.js';

interface Found {
  readonly objection: Objection;
  readonly round: Round;
}

/** The objector withdraws its objection after a round that came back for integration (part 1, 4.6: WithdrawObjection). */
export function withdrawObjection(
  world: DeliberationWorld,
  { objectionId, sealed }: ArgumentsOf<'WithdrawObjection'>,
  act: Act,
): Decision<DomainEvent> {
  const found = objecting(world, objectionId, act);
  if (isRefusal(found)) return found;
  const fault = notIntegrating(world, found, ['qualified', 'integrating']);
  if (fault) return fault;
  const subject = roundSubject(found.round.roundId);
  return [event('ObjectionWithdrawn', { objectionId }, { subject, sealed: named(sealed, 'reason') })];
}

/** F marks it abandoned when the objector took no part for 72 h after the day of an invitation (4.6: AbandonObjection). */
export function abandonObjection(
  world: DeliberationWorld,
  { objectionId, invitedOn, sealed }: ArgumentsOf<'AbandonObjection'>,
  act: Act,
): Decision<DomainEvent> {
  const refusal = notFacilitating(world, act);
  if (refusal) return refusal;
  const found = objectionOf(world, objectionId);
  if (isRefusal(found)) return found;
  const fault =
    notIntegrating(world, found, ['qualified', 'integrating']) ?? invitationFault(world, found, invitedOn, act);
  if (fault) return fault;
  const subject = roundSubject(found.round.roundId);
  return [event('ObjectionAbandoned', { objectionId, invitedOn }, { subject, sealed: named(sealed, 'reason') })];
}

/** The invitation came after the round closed, its 72 h are over from the end of its day, and the objector kept away. */
function invitationFault(
  { state }: DeliberationWorld,
  { objection, round }: Found,
  invitedOn: string,
  act: Act,
): Refusal | undefined {
  const pointer = '/invitedOn';
  const { timeZone } = state;
  if (invitedOn > dayOf(act.at, timeZone)) return refuse('FUTURE_FACT', { pointer });
  if (round.closed && invitedOn < dayOf(round.closed.closedAt, timeZone)) {
    return refuse('OCCURRED_BEFORE_CAUSE', { pointer });
  }
  if (act.at <= addHours(endOfDay(invitedOn, timeZone), GRACE_HOURS)) return refuse('WRONG_STATE', { rule: '72 h' });
  const tookPart = objection.actedAt >= startOfDay(invitedOn, timeZone);
  return tookPart ? refuse('WRONG_STATE', { rule: 'the objector took part' }) : undefined;
}

/** The objector contests the abandonment within 72 h, which brings the objection back (4.6: ContestAbandonment). */
export function contestAbandonment(
  world: DeliberationWorld,
  { objectionId, sealed }: ArgumentsOf<'ContestAbandonment'>,
  act: Act,
): Decision<DomainEvent> {
  const found = objecting(world, objectionId, act);
  if (isRefusal(found)) return found;
  const fault = notIntegrating(world, found, ['abandoned']);
  if (fault) return fault;
  const { abandoned } = found.objection;
  if (!abandoned || act.at > graceFrom(abandoned.at)) return refuse('WRONG_STATE', { rule: '72 h' });
  const subject = roundSubject(found.round.roundId);
  return [event('ObjectionAbandonmentContested', { objectionId }, { subject, sealed: named(sealed, 'reason') })];
}

/** Objector and sponsor each confirm that the new version resolves the objection (4.6: ConfirmResolution). */
export function confirmResolution(
  world: DeliberationWorld,
  args: ArgumentsOf<'ConfirmResolution'>,
  act: Act,
): Decision<DomainEvent> {
  const { objectionId, sealed } = args;
  const side = confirmingSide(world, args, act);
  if (isRefusal(side)) return side;
  const found = objectionOf(world, objectionId);
  if (isRefusal(found)) return found;
  const fault = notIntegrating(world, found, ['integrating']);
  if (fault) return fault;
  if (found.objection.confirmed.includes(side.side)) return refuse('WRONG_STATE', { rule: 'confirmed once' });
  const subject = roundSubject(found.round.roundId);
  return [event('ObjectionResolutionConfirmed', { objectionId, ...side }, { subject, sealed: named(sealed, 'note') })];
}

interface Side {
  readonly side: 'objector' | 'sponsor';
}

/** The side that the actor can confirm for; a partner that is both says which. */
function confirmingSide(
  world: DeliberationWorld,
  { objectionId, side }: ArgumentsOf<'ConfirmResolution'>,
  act: Act,
): Side | Refusal {
  const representative = world.alliance.representative(act.actor, ['take-position', 'propose'], act.at);
  if (isRefusal(representative)) return representative;
  const refusal = phaseRefusal(world);
  if (refusal) return refusal;
  const found = objectionOf(world, objectionId);
  if (isRefusal(found)) return found;
  const sponsorId = world.state.proposals.get(found.round.proposalId)?.sponsorId;
  const sides: Side['side'][] = [];
  if (mayAct(world, act, found.objection.partnerId, 'take-position')) sides.push('objector');
  if (mayAct(world, act, sponsorId, 'propose')) sides.push('sponsor');
  const [first, second] = side === undefined ? sides : sides.filter((one) => one === side);
  if (first === undefined) return refuse('POWER_MISSING', { rule: 'objector or sponsor' });
  return second === undefined ? { side: first } : refuse('CAPACITY_AMBIGUOUS', { pointer: '/side', choices: sides });
}

function mayAct(
  world: DeliberationWorld,
  act: Act,
  partnerId: Id | undefined,
  power: 'take-position' | 'propose',
): boolean {
  const representative = representing(world, act, power);
  return !isRefusal(representative) && representative.partnerId === partnerId;
}

/** The objection, when the actor acts for the objector with `take-position`. */
function objecting(world: DeliberationWorld, objectionId: Id, act: Act): Found | Refusal {
  const representative = representing(world, act, 'take-position');
  if (isRefusal(representative)) return representative;
  const found = objectionOf(world, objectionId);
  if (isRefusal(found) || found.objection.partnerId === representative.partnerId) return found;
  return refuse('POWER_MISSING', { rule: 'objector' });
}

/** Integration is of objections that qualified in a round that came back, as long as the proposal has not ended. */
function notIntegrating(
  { state }: DeliberationWorld,
  { objection, round }: Found,
  statuses: readonly Objection['status'][],
): Refusal | undefined {
  if (!round.closed) return refuse('ROUND_OPEN', { rule: 'take another position' });
  const proposal = state.proposals.get(round.proposalId);
  const goesOn = proposal?.status === 'submitted' || proposal?.status === 'in-round';
  const returned = round.closed.result === 'returned-for-integration';
  if (goesOn && returned && statuses.includes(objection.status)) return undefined;
  return refuse('WRONG_STATE', { rule: goesOn ? objection.status : (proposal?.status ?? 'ended') });
}
