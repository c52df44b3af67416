import { floorDiv, refuse } from '#kernel';
import type { Refusal } from '#kernel';
import { optionsAsked } from './options.js';
import { electors } from './round.js';
import type { DeliberationState, Round } from './state.js';
import { MAX_RESPONSIBLE } from './proposal.js';
import type { Voice } from './voice.js';

/** Positions that one partner may take in a round (part 1, section 2), late ones included. */
export function positionLimit(electorCount: number): number {
  return Math.max(4, floorDiv(900, electorCount));
}

/**
 * The limit per partner, and the bytes of the entry that will close the round: many positions under the first limit
 * would otherwise make an outcome that no entry can hold (architecture 4). The first position that a partner takes
 * itself is never refused: its room is kept from the opening, and nobody who speaks for it can use it up.
 */
export function positionLimitFault(state: DeliberationState, round: Round, voice: Voice): Refusal | undefined {
  const theirs = round.positions.filter(({ partnerId }) => partnerId === voice.partnerId);
  const hasSpoken = theirs.some(isDirect);
  if (isDirect(voice) && !hasSpoken) return undefined;
  const kept = hasSpoken ? 0 : 1;
  if (theirs.length + kept >= positionLimit(electors(round).length)) return refuse('POSITION_LIMIT');
  const bytes = closingBytes(state, round) + notCountedBytes(voice);
  return bytes <= MAX_CLOSING_BYTES ? undefined : refuse('POSITION_LIMIT', { rule: 'closing entry' });
}

function isDirect({ channel }: Pick<Voice, 'channel'>): boolean {
  return channel === 'direct';
}

/** An entry has 60,000 bytes at most; the rest is for its envelope and for the position that closes the round. */
const MAX_CLOSING_BYTES = 60_000 - 1_000 - 3_000;
/** `RoundClosed` and `DecisionAdopted` with empty lists, every number at its longest, and ten colleges against. */
const FIXED_BYTES = 3_300;
/** `{"atLeast":"…","by":"…","kind":"…","unit":"…"},` at its longest. */
const CONDITION_BYTES = 100;
/** An id in a list: quotes and comma. */
const ID_BYTES = 29;
/** `{"positionId":"…","why":"…"},` with the longest reason for which such a position can be left out. */
function notCountedBytes({ standing, channel }: Pick<Voice, 'standing' | 'channel'>): number {
  return 52 + (standing === 'titular' && channel === 'direct' ? 'contested' : LONGEST_WHY).length;
}

const LONGEST_WHY = 'titular-beats-substitute';

/**
 * Upper bound of the bytes of `RoundClosed` and of the `DecisionAdopted` behind it, were every position left out and
 * every partner of E to take one more, to leave one concern or objection among the criteria, and to await its body.
 */
function closingBytes(state: DeliberationState, round: Round): number {
  const taken = round.positions.reduce((sum, position) => sum + notCountedBytes(position), 0);
  const answered = new Set(round.positions.filter(isDirect).map(({ partnerId }) => partnerId));
  const silent = electors(round).filter(({ partnerId }) => !answered.has(partnerId)).length;
  const { submission, versions = [] } = state.proposals.get(round.proposalId) ?? {};
  // The decision that it amends and its own suspended one; concerns, and ratifications awaited.
  const superseded = (submission?.supersedes.length ?? 0) + 2;
  const dissenting = round.policy.n ?? 0;
  const listed = superseded + MAX_RESPONSIBLE + 2 * round.electorate.length + dissenting + optionsAsked(round).length;
  const conditions = versions.find(({ version }) => version === round.version)?.conditions ?? [];
  const decided = listed * ID_BYTES + conditions.length * CONDITION_BYTES;
  return FIXED_BYTES + taken + silent * (52 + LONGEST_WHY.length) + decided;
}
