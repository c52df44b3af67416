import { event } from '#contracts';
import type { ArgumentsOf, DomainEvent } from '#contracts';
import { addMs, DAY_MS, isRefusal, refuse } from '#kernel';
import type { Act, Decision, Id, Instant, Refusal } from '#kernel';
import { ratificationAsked } from './ad-referendum.js';
import type { RatificationAsked } from './ad-referendum.js';
import { notFacilitating, representing, roundOf } from './authority.js';
import { notTaking, positionFault } from './position.js';
import { withObjection } from './raised-objection.js';
import { isElector, roundSubject } from './round.js';
import { named } from './sealed.js';
import type { Position, Round } from './state.js';
import type { Voice } from './voice.js';
import type { DeliberationWorld, Representative } from './world.js';

type Recorded = ArgumentsOf<'RecordPositionOnBehalf'>;

/**
 * F, or R(take-position) of another partner of E, records what a partner's mandate said elsewhere, with its evidence
 * (part 1, 4.8: RecordPositionOnBehalf).
 */
export function recordPositionOnBehalf(world: DeliberationWorld, args: Recorded, act: Act): Decision<DomainEvent> {
  const refusal = notRecording(world, args, act);
  if (refusal) return refusal;
  const round = roundOf(world, args.roundId);
  if (isRefusal(round)) return round;
  const closedFault = notTaking(round, args.partnerId, act) ?? statedFault(round, args, act);
  if (closedFault) return closedFault;
  const speaker = speakerOf(world, args);
  if (isRefusal(speaker)) return speaker;
  const voice = voiceOf(speaker);
  const fault = positionFault(world, round, voice, args);
  if (fault) return fault;
  const ratification = ratificationAsked(world, args, voice.mandates, act);
  if (isRefusal(ratification)) return ratification;
  const positionId = act.newId('positionId');
  const position = recorded(round, voice, { ...args, ...ratification }, positionId);
  return withObjection(position, round, voice, { ...args, positionId, at: act.at });
}

function voiceOf({ partnerId, standing, mandateId }: Representative): Voice {
  return { partnerId, standing, channel: 'on-behalf', proxyId: undefined, mandates: [mandateId] };
}

function notRecording(world: DeliberationWorld, { roundId, partnerId }: Recorded, act: Act): Refusal | undefined {
  if (act.actor.kind === 'facilitator') return notFacilitating(world, act);
  const recorder = representing(world, act, 'take-position');
  if (isRefusal(recorder)) return recorder;
  if (recorder.partnerId === partnerId) return refuse('POWER_MISSING', { rule: 'another partner' });
  const round = world.state.rounds.get(roundId);
  return round && !isElector(round, recorder.partnerId) ? refuse('NOT_IN_ELECTORATE') : undefined;
}

/** It was said while the round took positions, and not after it is recorded. */
function statedFault({ opensAt, closesAt, closed }: Round, { statedAt }: Recorded, act: Act): Refusal | undefined {
  const wasOpen = opensAt <= statedAt && statedAt <= (closed?.closedAt ?? closesAt);
  return wasOpen && statedAt <= act.at ? undefined : refuse('DATE_INVALID', { pointer: '/statedAt' });
}

/** The mandate that spoke was the partner's own, in force when it spoke. */
function speakerOf(
  { alliance }: DeliberationWorld,
  { partnerId, speakerMandateId, statedAt }: Recorded,
): Representative | Refusal {
  const pointer = '/speakerMandateId';
  const speaker = alliance.speaker(speakerMandateId, 'take-position', statedAt);
  if (isRefusal(speaker)) return { ...speaker, pointer };
  return speaker.partnerId === partnerId ? speaker : refuse('MANDATE_NOT_IN_FORCE', { pointer, rule: 'own partner' });
}

function recorded(
  round: Round,
  { partnerId, standing }: Voice,
  args: Omit<Recorded, 'adReferendum'> & RatificationAsked,
  positionId: Id,
): DomainEvent {
  const { value, ballot, adReferendum, ratifyBy, speakerMandateId, statedAt, means, evidenceHash, sealed } = args;
  const { roundId } = round;
  const late = round.closed !== undefined;
  const position = { positionId, roundId, partnerId, value, ballot, standing, adReferendum, ratifyBy, late };
  return event(
    'PositionRecordedOnBehalf',
    { ...position, speakerMandateId, statedAt, means, evidenceHash },
    { sealed: named(sealed, 'reason', 'evidence', 'evidenceHashKey') },
  );
}

/** From the delivered notification of a position on behalf. */
const CONTEST_DAYS = 7;

/** The last instant at which a position on behalf can be contested, once its partner was told of it (part 1, 4.8). */
export function contestableUntil(deliveredAt: Instant): Instant {
  return addMs(deliveredAt, CONTEST_DAYS * DAY_MS);
}

/** R(take-position) of the partner says that what was recorded on its behalf is not its position (4.8: ContestPosition). */
export function contestPosition(
  world: DeliberationWorld,
  { positionId, sealed }: ArgumentsOf<'ContestPosition'>,
  act: Act,
): Decision<DomainEvent> {
  const representative = representing(world, act, 'take-position');
  if (isRefusal(representative)) return representative;
  const { state } = world;
  const round = state.rounds.get(state.roundOfPosition.get(positionId));
  const position = round?.positions.find((one) => one.positionId === positionId);
  if (!round || !position) return refuse('NOT_FOUND', { pointer: '/positionId' });
  const fault = contestFault(position, representative.partnerId, act);
  if (fault) return fault;
  const extras = { subject: roundSubject(round.roundId), sealed: named(sealed, 'reason') };
  return [event('PositionContested', { positionId }, extras)];
}

function contestFault(position: Position, partnerId: Id, act: Act): Refusal | undefined {
  if (position.partnerId !== partnerId) return refuse('POWER_MISSING', { rule: 'own partner' });
  if (position.channel !== 'on-behalf') return refuse('NOT_CONTESTABLE', { rule: position.channel });
  if (position.contested) return refuse('WRONG_STATE', { rule: 'contested' });
  const { deliveredAt } = position;
  const isLate = deliveredAt !== undefined && act.at > contestableUntil(deliveredAt);
  return isLate ? refuse('CONTEST_LATE') : undefined;
}
