import type { DataOf } from '#contracts';
import { endOfDay } from '#kernel';
import type { Instant, Recorded } from '#kernel';
import { fallsDue } from '../due.js';
import { changeRound } from '../state.js';
import type { DeliberationState, Position } from '../state.js';
import { objectionsFollow } from './following.js';
import { endedByOwnPosition } from './proxies.js';
import { changePosition, oweReevaluation } from './reevaluation.js';

type Told = Omit<Position, 'seq' | 'recordedAt' | 'deliveredAt' | 'contested' | 'struck' | 'ratification'>;

export function positionTaken(
  state: DeliberationState,
  taken: DataOf<'PositionTaken'>,
  recorded: Recorded,
): DeliberationState {
  return withPosition(state, { ...taken, statedAt: undefined }, recorded);
}

export function positionRecordedOnBehalf(
  state: DeliberationState,
  { speakerMandateId: _said, means: _by, evidenceHash: _proof, ...told }: DataOf<'PositionRecordedOnBehalf'>,
  recorded: Recorded,
): DeliberationState {
  return withPosition(state, { ...told, channel: 'on-behalf' }, recorded);
}

/** A position of the partner itself ends the proxy that it gave for the round (part 1, 4.8). */
function withPosition(state: DeliberationState, told: Told, { at, seq: order }: Recorded): DeliberationState {
  const { roundId, partnerId, positionId } = told;
  const before = state.rounds.get(roundId);
  const next = changeRound(state, roundId, (round) => ({
    ...round,
    positions: [...round.positions, positionAt(round.positions.length + 1, told, at)],
  }));
  const known = { ...next, roundOfPosition: next.roundOfPosition.with(positionId, roundId) };
  const placed = awaitRatification(known, told, order);
  if (before?.closed !== undefined) return placed;
  const ended = told.channel === 'proxy' ? placed : endedByOwnPosition(placed, roundId, partnerId);
  return objectionsFollow(state, ended, roundId, partnerId);
}

function positionAt(seq: number, told: Told, recordedAt: Instant): Position {
  // A late one counts for nothing, so nobody is asked to ratify it.
  const ratification = told.adReferendum && !told.late ? 'pending' : 'none';
  return { ...told, seq, recordedAt, deliveredAt: undefined, contested: false, struck: false, ratification };
}

/** A position ad referendum is refused when its last day is over without an answer (part 1, 4.8). */
function awaitRatification(state: DeliberationState, { positionId, ratifyBy }: Told, order: number): DeliberationState {
  if (ratifyBy === undefined) return state;
  const dueAt = endOfDay(ratifyBy, state.timeZone);
  return fallsDue(state, 'RatificationRefused', { id: positionId, dueAt, order });
}

/** A contested position stops counting; in a closed round it makes `evaluate` run again (part 1, 4.8). */
export function positionContested(
  state: DeliberationState,
  { positionId }: DataOf<'PositionContested'>,
): DeliberationState {
  const round = state.rounds.get(state.roundOfPosition.get(positionId));
  const contested = round?.positions.find((one) => one.positionId === positionId);
  if (!round || !contested) return state;
  const next = changePosition(state, positionId, { contested: true });
  const followed = objectionsFollow(state, next, round.roundId, contested.partnerId);
  return oweReevaluation(state, followed, positionId, 'contested');
}
