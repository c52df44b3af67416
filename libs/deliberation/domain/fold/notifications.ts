import type { DataOf } from '#contracts';
import type { Instant } from '#kernel';
import { changeRound } from '../state.js';
import type { DeliberationState } from '../state.js';

/** The first delivered notification counts, of the round or of a position on behalf; one that failed changes nothing. */
export function partnerNotified(
  state: DeliberationState,
  { roundId, partnerId, positionId, status, deliveredAt }: DataOf<'PartnerNotified'>,
): DeliberationState {
  if (status === 'failed' || deliveredAt === undefined) return state;
  return changeRound(state, roundId, (round) => {
    if (positionId === undefined) {
      const first = earlier(round.deliveredAt[partnerId], deliveredAt);
      return { ...round, deliveredAt: { ...round.deliveredAt, [partnerId]: first } };
    }
    const positions = round.positions.map((position) =>
      position.positionId === positionId
        ? { ...position, deliveredAt: earlier(position.deliveredAt, deliveredAt) }
        : position,
    );
    return { ...round, positions };
  });
}

function earlier(one: Instant | undefined, other: Instant): Instant {
  return one !== undefined && one < other ? one : other;
}
