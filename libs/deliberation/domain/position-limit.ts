import { floorDiv, refuse } from '#kernel';
import type { Refusal } from '#kernel';
import { electors } from './round.js';
import type { DeliberationState, Round } from './state.js';
import type { Representative } from './world.js';

/** Positions that one partner may take in a round (part 1, section 2), late ones included. */
export function positionLimit(electorCount: number): number {
  return Math.max(4, floorDiv(900, electorCount));
}

/**
 * The limit per partner, and the bytes of the entry that will close the round: many positions under the first limit
 * would otherwise make an outcome that no entry can hold (architecture 4).
 */
export function positionLimitFault(
  state: DeliberationState,
  round: Round,
  { partnerId, standing }: Representative,
): Refusal | undefined {
  const own = round.positions.filter((position) => position.partnerId === partnerId);
  if (own.length >= positionLimit(electors(round).length)) return refuse('POSITION_LIMIT');
  const bytes = closingBytes(state, round, [...round.positions.map((one) => one.standing), standing]);
  return bytes <= MAX_CLOSING_BYTES ? undefined : refuse('POSITION_LIMIT', { rule: 'closing entry' });
}

/** An entry has 60,000 bytes at most; the rest is for its envelope and for the position that closes the round. */
const MAX_CLOSING_BYTES = 60_000 - 1_000 - 3_000;
/** `RoundClosed` and `DecisionAdopted` with empty lists, every number at its longest. */
const FIXED_BYTES = 3_000;
/** An id in a list: quotes and comma. */
const ID_BYTES = 29;
/** `{"positionId":"…","why":"…"},` without the reason. */
const NOT_COUNTED_BYTES = 52;
/** The longest reasons for which a position of either standing can be left out. */
const WHY_BYTES = { titular: 'contested'.length, substitute: 'titular-beats-substitute'.length };

/** Upper bound of the bytes of `RoundClosed` and the `DecisionAdopted` behind it: each position counted or left out. */
function closingBytes(
  state: DeliberationState,
  round: Round,
  standings: readonly Round['positions'][number]['standing'][],
) {
  const left = standings.reduce((sum, standing) => sum + NOT_COUNTED_BYTES + WHY_BYTES[standing], 0);
  const proposal = state.proposals.get(round.proposalId);
  const named = (proposal?.responsible.length ?? 0) + (proposal?.submission?.supersedes.length ?? 0);
  // Colleges against, and for each partner of E at most one concern or objection among the criteria.
  const lists = named + electors(round).length + 10;
  return FIXED_BYTES + left + lists * ID_BYTES;
}
