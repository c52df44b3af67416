import { BLOCK_KINDS, event, OBJECTION_KINDS } from '#contracts';
import type { ArgumentsOf, DataOf, DomainEvent, SealedValues } from '#contracts';
import { isRefusal, refuse } from '#kernel';
import type { Act, Decision, Id, Refusal } from '#kernel';
import { representing, roundOf } from './authority.js';
import { allowsPosition, ballotFault } from './evaluate/index.js';
import { ratificationAsked } from './ad-referendum.js';
import type { RatificationAsked } from './ad-referendum.js';
import { optionsAsked } from './options.js';
import { positionLimitFault } from './position-limit.js';
import { named } from './sealed.js';
import { formOf, withObjection } from './raised-objection.js';
import { graceFrom, isContestless, isElector } from './round.js';
import type { Round } from './state.js';
import { ownVoice, proxyUseFault, proxyVoice } from './voice.js';
import type { Voice } from './voice.js';
import type { DeliberationWorld } from './world.js';

type Taken = ArgumentsOf<'TakePosition'>;
/** What a position says, however it came. */
type Said = Pick<Taken, 'value' | 'ballot' | 'objection'>;

/**
 * R(take-position) of a partner of E takes its position, or with `proxyId` that of the partner whose proxy it holds; for
 * 72 h after a deadline it is kept as late (TakePosition).
 */
export function takePosition(world: DeliberationWorld, args: Taken, act: Act): Decision<DomainEvent> {
  const representative = representing(world, act, 'take-position');
  if (isRefusal(representative)) return representative;
  const round = roundOf(world, args.roundId);
  if (isRefusal(round)) return round;
  const { proxyId, value, ballot, reaffirms, sealed } = args;
  const voice = proxyId === undefined ? ownVoice(representative) : proxyVoice(world, proxyId, representative);
  if (isRefusal(voice)) return voice;
  const fault =
    notTaking(round, voice.partnerId, act) ??
    proxyUseFault(world, round, voice, act) ??
    reaffirmFault(world, round, args, voice.partnerId) ??
    positionFault(world, round, voice, args);
  if (fault) return fault;
  const ratification = ratificationAsked(world, args, voice.mandates, act);
  if (isRefusal(ratification)) return ratification;
  const positionId = act.newId('positionId');
  const texts = named(sealed, 'reason', 'concern', 'internalSplit');
  const taken = positionTaken(round, voice, { positionId, value, ballot, reaffirms, ...ratification }, texts);
  return withObjection(taken, round, voice, { ...args, positionId, at: act.at });
}

/** Whether a partner may take position in a round now: a partner of E, while it is open or for 72 h after its deadline. */
export function notTaking(round: Round, partnerId: Id, act: Act): Refusal | undefined {
  if (!isElector(round, partnerId)) return refuse('NOT_IN_ELECTORATE');
  const { closed } = round;
  if (!closed || (closed.closing === 'deadline' && act.at <= graceFrom(closed.closedAt))) return undefined;
  return refuse('ROUND_CLOSED', { rule: closed.closing });
}

/** What any position is refused for: a value or ballot outside the method, an objection without reason, limits. */
export function positionFault(world: DeliberationWorld, round: Round, voice: Voice, said: Said): Refusal | undefined {
  return valueFault(round, said) ?? badBallot(round, said) ?? positionLimitFault(world.state, round, voice);
}

function valueFault(round: Round, { value, objection }: Said): Refusal | undefined {
  const { method } = round.policy;
  if (!allowsPosition(method, value)) {
    const hint = method === 'consent' || method === 'silent-consent' ? 'consent or recuse' : method;
    return refuse('POSITION_NOT_ALLOWED', { pointer: '/value', rule: hint });
  }
  const form = formOf(value);
  if (!form) return objection ? refuse('POSITION_NOT_ALLOWED', { pointer: '/objection' }) : undefined;
  if (!objection) return refuse('REASON_REQUIRED', { pointer: '/objection' });
  const reasonMissing = objection.sealed['reason'] === undefined && !isContestless(round);
  if (reasonMissing) return refuse('REASON_REQUIRED', { pointer: '/objection/reason' });
  const kinds: readonly string[] = form === 'objection' ? OBJECTION_KINDS : BLOCK_KINDS;
  if (kinds.includes(objection.kind)) return undefined;
  return refuse('POSITION_NOT_ALLOWED', { pointer: '/objection/kind', rule: kinds.join(' | ') });
}

/** A ballot names options of the round, as its method asks, and no other position has one (part 1, 4.5, M10). */
function badBallot(round: Round, { value, ballot }: Said): Refusal | undefined {
  const pointer = '/ballot';
  if (value !== 'ballot') return ballot && refuse('BALLOT_INVALID', { pointer, rule: 'value ballot' });
  const fault = ballot ? ballotFault(round.policy, optionsAsked(round), ballot) : 'missing';
  return fault === undefined ? undefined : refuse('BALLOT_INVALID', { pointer, rule: fault });
}

/** A re-affirmation names an own position in an earlier round of the same proposal (part 1, 4.7). */
function reaffirmFault(
  { state }: DeliberationWorld,
  round: Round,
  { reaffirms }: Taken,
  partnerId: Id,
): Refusal | undefined {
  if (reaffirms === undefined) return undefined;
  const earlier = (state.proposals.get(round.proposalId)?.rounds ?? []).filter((id) => id !== round.roundId);
  const own = earlier.some((roundId) =>
    state.rounds
      .get(roundId)
      ?.positions.some((position) => position.positionId === reaffirms && position.partnerId === partnerId),
  );
  return own ? undefined : refuse('NOT_FOUND', { pointer: '/reaffirms' });
}

/** The event of a position taken by the partner or its proxy holder; late when the round is closed. */
export function positionTaken(
  round: Round,
  { partnerId, standing, channel, proxyId }: Voice,
  position: Pick<DataOf<'PositionTaken'>, 'positionId' | 'value' | 'ballot' | 'reaffirms'> & Partial<RatificationAsked>,
  sealed?: SealedValues,
): DomainEvent {
  const { roundId } = round;
  const late = round.closed !== undefined;
  const by = channel === 'proxy' ? ({ channel, proxyId } as const) : ({ channel: 'direct' } as const);
  const data = { adReferendum: false, ...position, roundId, partnerId, standing, ...by, late };
  return event('PositionTaken', data, sealed ? { sealed } : {});
}
