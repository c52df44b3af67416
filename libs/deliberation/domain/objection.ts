import { event } from '#contracts';
import type { ArgumentsOf, DomainEvent } from '#contracts';
import { isRefusal, refuse } from '#kernel';
import type { Act, Decision, Id, Refusal } from '#kernel';
import { notFacilitating, objectionOf, representing } from './authority.js';
import { notTaking, positionTaken } from './position.js';
import { objectionRaised } from './raised-objection.js';
import { positionLimitFault } from './position-limit.js';
import { ownVoice } from './voice.js';
import { named } from './sealed.js';
import { isContestless, isElector, liveObjections, roundSubject } from './round.js';
import type { Objection, Round } from './state.js';
import type { DeliberationWorld } from './world.js';

interface Found {
  readonly objection: Objection;
  readonly round: Round;
}

/** The objector gives the reason that was missing under silent consent, within 48 h (4.5, M8: GiveObjectionReason). */
export function giveObjectionReason(
  world: DeliberationWorld,
  { objectionId, sealed }: ArgumentsOf<'GiveObjectionReason'>,
  act: Act,
): Decision<DomainEvent> {
  const representative = representing(world, act, 'take-position');
  if (isRefusal(representative)) return representative;
  const found = objectionOf(world, objectionId);
  if (isRefusal(found)) return found;
  const { objection, round } = found;
  if (objection.partnerId !== representative.partnerId) return refuse('POWER_MISSING', { rule: 'objector' });
  const fault = notLive(world, found) ?? notAwaited(objection, act);
  if (fault) return fault;
  if (sealed['reason'] === undefined) return refuse('REASON_REQUIRED', { pointer: '/reason' });
  const subject = roundSubject(round.roundId);
  return [event('ObjectionReasonGiven', { objectionId }, { subject, sealed: named(sealed, 'reason') })];
}

function notAwaited({ reasonGiven, reasonDueAt }: Objection, act: Act): Refusal | undefined {
  if (reasonGiven) return refuse('WRONG_STATE', { rule: 'reason given' });
  return reasonDueAt !== undefined && act.at > reasonDueAt ? refuse('WRONG_STATE', { rule: '48 h' }) : undefined;
}

/** F says whether the form of an objection is complete while its round is open; changes no count (4.6: TestObjection). */
export function testObjection(
  world: DeliberationWorld,
  { objectionId, form }: ArgumentsOf<'TestObjection'>,
  act: Act,
): Decision<DomainEvent> {
  const refusal = notFacilitating(world, act);
  if (refusal) return refusal;
  const found = objectionOf(world, objectionId);
  if (isRefusal(found)) return found;
  const fault = notLive(world, found);
  return fault ?? [event('ObjectionTested', { objectionId, form }, { subject: roundSubject(found.round.roundId) })];
}

/** Another partner of E says, with a reason, that it does not qualify, or takes that back (4.6: ContestObjection). */
export function contestObjection(
  world: DeliberationWorld,
  { objectionId, says, sealed }: ArgumentsOf<'ContestObjection'>,
  act: Act,
): Decision<DomainEvent> {
  const representative = representing(world, act, 'take-position');
  if (isRefusal(representative)) return representative;
  const { partnerId } = representative;
  const found = objectionOf(world, objectionId);
  if (isRefusal(found)) return found;
  if (!isElector(found.round, partnerId)) return refuse('NOT_IN_ELECTORATE');
  const fault = notLive(world, found) ?? notContestable(found, partnerId);
  if (fault) return fault;
  if (says === 'not-qualified' && sealed['reason'] === undefined)
    return refuse('REASON_REQUIRED', { pointer: '/reason' });
  const subject = roundSubject(found.round.roundId);
  return [event('ObjectionContested', { objectionId, partnerId, says }, { subject, sealed: named(sealed, 'reason') })];
}

function notContestable({ objection, round }: Found, partnerId: Id): Refusal | undefined {
  if (isContestless(round)) return refuse('NOT_CONTESTABLE', { rule: round.policy.method });
  if (objection.kind === 'exceeds-our-limits') return refuse('NOT_CONTESTABLE', { rule: objection.kind });
  return objection.partnerId === partnerId ? refuse('NOT_CONTESTABLE', { rule: 'own objection' }) : undefined;
}

/** Another partner of E makes an orphaned objection its own `object` or `block` within 72 h (4.7: AdoptObjection). */
export function adoptObjection(
  world: DeliberationWorld,
  { objectionId }: ArgumentsOf<'AdoptObjection'>,
  act: Act,
): Decision<DomainEvent> {
  const representative = representing(world, act, 'take-position');
  if (isRefusal(representative)) return representative;
  const found = objectionOf(world, objectionId);
  if (isRefusal(found)) return found;
  const { objection, round } = found;
  if (round.closed) return refuse('ROUND_CLOSED', { rule: round.closed.closing });
  const fault = notTaking(round, representative.partnerId, act);
  if (fault) return fault;
  if (objection.status !== 'orphaned') return refuse('WRONG_STATE', { rule: objection.status });
  const voice = ownVoice(representative);
  const full = positionLimitFault(world.state, round, voice);
  if (full) return full;
  const positionId = act.newId('positionId');
  const value = objection.form === 'block' ? 'block' : 'object';
  const raised = objectionRaised(round, voice, { positionId, at: act.at }, objection);
  const adopted = { objectionId, byObjectionId: raised.data.objectionId };
  return [
    positionTaken(round, voice, { positionId, value }),
    raised,
    event('ObjectionAdopted', adopted, { subject: roundSubject(round.roundId) }),
  ];
}

/** A live objection of an open round; testing and contesting end with the round. */
function notLive({ state }: DeliberationWorld, { objection, round }: Found): Refusal | undefined {
  if (round.closed) return refuse('ROUND_CLOSED', { rule: round.closed.closing });
  return liveObjections(state, round).includes(objection)
    ? undefined
    : refuse('WRONG_STATE', { rule: objection.status });
}
