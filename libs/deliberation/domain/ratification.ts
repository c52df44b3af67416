import { event } from '#contracts';
import type { ArgumentsOf, DataOf, DomainEvent } from '#contracts';
import { dayOf, isRefusal, refuse } from '#kernel';
import type { Act, Day, Decision, Id, Refusal } from '#kernel';
import { representing } from './authority.js';
import { named } from './sealed.js';
import { roundSubject } from './round.js';
import type { DeliberationState, Position } from './state.js';
import type { DeliberationWorld } from './world.js';

type Ratifying = ArgumentsOf<'RatifyPosition'>;

/** R(commit) records that its partner's own body confirmed a position taken ad referendum; once (4.8: RatifyPosition). */
export function ratifyPosition(world: DeliberationWorld, args: Ratifying, act: Act): Decision<DomainEvent> {
  const position = awaitingAnswer(world, args, act);
  if (isRefusal(position)) return position;
  const { positionId, actHash, actOn } = args;
  const decisionId = decisionOn(world.state, position.roundId);
  return [event('PositionRatified', { positionId, decisionId, actHash, actOn }, extrasOf(world, position, args, act))];
}

/** R(commit) records that it refused: the position counts as an objection or an abstention (RefusePositionRatification). */
export function refusePositionRatification(world: DeliberationWorld, args: Ratifying, act: Act): Decision<DomainEvent> {
  const position = awaitingAnswer(world, args, act);
  if (isRefusal(position)) return position;
  const { actHash, actOn } = args;
  const refused = ratificationRefused(world.state, position, { actHash, actOn, cause: 'body' });
  return [{ ...refused, ...extrasOf(world, position, args, act) }];
}

export function ratificationRefused(
  state: DeliberationState,
  { positionId, roundId }: Position,
  said: Pick<DataOf<'RatificationRefused'>, 'actHash' | 'actOn' | 'cause'>,
): DomainEvent {
  const decisionId = decisionOn(state, roundId);
  return event('RatificationRefused', { positionId, decisionId, ...said }, { subject: roundSubject(roundId) });
}

/** The decision that rests on a round. */
function decisionOn(state: DeliberationState, roundId: Id): Id | undefined {
  const { decisionId } = state.proposals.get(state.rounds.get(roundId)?.proposalId) ?? {};
  return state.decisions.get(decisionId)?.restsOn === roundId ? decisionId : undefined;
}

/** A position of the actor's partner whose ratification is awaited; the act is not of a later day, nor before it. */
function awaitingAnswer(world: DeliberationWorld, args: Ratifying, act: Act): Position | Refusal {
  const representative = representing(world, act, 'commit');
  if (isRefusal(representative)) return representative;
  const { state } = world;
  const round = state.rounds.get(state.roundOfPosition.get(args.positionId));
  const position = round?.positions.find(({ positionId }) => positionId === args.positionId);
  if (!position) return refuse('NOT_FOUND', { pointer: '/positionId' });
  if (position.partnerId !== representative.partnerId) return refuse('POWER_MISSING', { rule: 'own position' });
  if (position.ratification !== 'pending') return refuse('WRONG_STATE', { rule: position.ratification });
  return dayFault(state, position, args, act) ?? position;
}

function dayFault(
  { timeZone }: DeliberationState,
  { recordedAt }: Position,
  { actOn, occurredOn }: Ratifying,
  { at }: Act,
): Refusal | undefined {
  const today = dayOf(at, timeZone);
  const days = { '/actOn': actOn, '/occurredOn': occurredOn };
  for (const [pointer, day] of Object.entries(days)) {
    if (day === undefined) continue;
    if (day > today) return refuse('FUTURE_FACT', { pointer });
    if (day < dayOf(recordedAt, timeZone)) return refuse('OCCURRED_BEFORE_CAUSE', { pointer });
  }
  return undefined;
}

function extrasOf(
  { state }: DeliberationWorld,
  { roundId }: Position,
  { occurredOn, sealed }: Ratifying,
  { at }: Act,
): { subject: string; sealed: ReturnType<typeof named>; occurredOn?: Day } {
  const stated = occurredOn === undefined || occurredOn === dayOf(at, state.timeZone) ? {} : { occurredOn };
  return { subject: roundSubject(roundId), sealed: named(sealed, 'act', 'actHashKey'), ...stated };
}
