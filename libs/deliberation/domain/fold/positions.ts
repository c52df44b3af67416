import type { DataOf } from '#contracts';
import type { Recorded } from '#kernel';
import { changeRound } from '../state.js';
import type { DeliberationState, Position } from '../state.js';
import { objectionsFollow } from './following.js';
import { endedByOwnPosition } from './proxies.js';

type Told = Omit<Position, 'seq' | 'recordedAt' | 'deliveredAt' | 'contested' | 'struck'>;

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
function withPosition(state: DeliberationState, told: Told, { at }: Recorded): DeliberationState {
  const { roundId, partnerId, positionId } = told;
  const before = state.rounds.get(roundId);
  const next = changeRound(state, roundId, (round) => ({
    ...round,
    positions: [...round.positions, { ...told, ...UNTOUCHED, seq: round.positions.length + 1, recordedAt: at }],
  }));
  const placed = { ...next, roundOfPosition: next.roundOfPosition.with(positionId, roundId) };
  if (before?.closed !== undefined) return placed;
  const ended = told.channel === 'proxy' ? placed : endedByOwnPosition(placed, roundId, partnerId);
  return objectionsFollow(state, ended, roundId, partnerId);
}

const UNTOUCHED = { deliveredAt: undefined, contested: false, struck: false };

/** A contested position stops counting; in a closed round it is the one fact that may be judged again (part 1, 4.8). */
export function positionContested(
  state: DeliberationState,
  { positionId }: DataOf<'PositionContested'>,
): DeliberationState {
  const round = state.rounds.get(state.roundOfPosition.get(positionId));
  const contested = round?.positions.find((one) => one.positionId === positionId);
  if (!round || !contested) return state;
  const next = changeRound(state, round.roundId, (one) => ({
    ...one,
    positions: one.positions.map((position) =>
      position.positionId === positionId ? { ...position, contested: true } : position,
    ),
  }));
  return objectionsFollow(state, next, round.roundId, contested.partnerId);
}
