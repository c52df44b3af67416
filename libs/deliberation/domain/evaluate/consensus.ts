import type { Result } from '#contracts';
import type { Count, VotingMethod } from './method.js';
import { minFavourRequired, quorumRequired } from './thresholds.js';

/** The letters of part 1, 4.5: A, S, B, Q, m; `expressed` = A + S + B. */
export interface ConsensusCount extends Count {
  readonly favour: number;
  readonly aside: number;
  readonly blocks: number;
  readonly expressed: number;
  readonly quorum: number;
  readonly minFavour: number;
}

/**
 * M2 consensus: adopted when nobody blocks, more agree than stand aside, and quorum and least agreements are there.
 * Part 1, 4.5. Silence does not prevent.
 */
export const consensus: VotingMethod = {
  positions: ['agree', 'agree-with-concern', 'abstain', 'stand-aside', 'block'],
  parameters: ['quorum', 'minFavour'],
  refusedRatification: 'abstain',
  objectionFalls: 'when-all-contest',
  silenceCounts: () => false,
  judge: (count) => {
    const numbers = consensusCount(count);
    const { quorum, minFavour, expressed } = numbers;
    return { result: resultOf(numbers), quorumRequired: quorum, minFavourRequired: minFavour, expressed };
  },
};

function resultOf({ participation, quorum, favour, aside, blocks, minFavour }: ConsensusCount): Result {
  if (participation < quorum) return 'inconclusive:quorum';
  if (blocks >= 1) return 'blocked';
  if (favour + aside === 0) return 'inconclusive:none-expressed';
  if (favour <= aside) return 'inconclusive:stand-asides';
  if (favour < minFavour) return 'inconclusive:weak-support';
  return 'adopted';
}

/** What M2 and M3 count. */
export function consensusCount(count: Count): ConsensusCount {
  const favour = count.tallies.agree + count.tallies.concern;
  const { standAside: aside, block: blocks } = count.tallies;
  const thresholds = { quorum: quorumRequired(count), minFavour: minFavourRequired(count) };
  return { ...count, ...thresholds, favour, aside, blocks, expressed: favour + aside + blocks };
}
