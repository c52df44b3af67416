import type { Result } from '#contracts';
import { consensus, consensusCount } from './consensus.js';
import type { ConsensusCount } from './consensus.js';
import { needed } from './method.js';
import type { Count, Verdict, VotingMethod } from './method.js';

/**
 * M3 consensus minus n: as consensus, but up to n partners that block do not prevent; they are listed in `dissent`.
 * Part 1, 4.5. An electorate of fewer than 2n + 2 is judged by consensus.
 */
export const consensusMinusN: VotingMethod = {
  ...consensus,
  parameters: [...consensus.parameters, 'n'],
  judge: (count) => {
    const n = needed(count.snapshot.policy, 'n');
    if (count.eligible < 2 * n + 2) return { ...consensus.judge(count), appliedMethod: 'consensus' };
    return verdictOf(consensusCount(count), n);
  },
};

function verdictOf(numbers: ConsensusCount, n: number): Verdict {
  const result = resultOf(numbers, n);
  return {
    result,
    quorumRequired: numbers.quorum,
    minFavourRequired: numbers.minFavour,
    expressed: numbers.expressed,
    dissent: result === 'adopted' ? blockers(numbers) : [],
  };
}

function resultOf({ participation, quorum, favour, aside, blocks, minFavour }: ConsensusCount, n: number): Result {
  if (participation < quorum) return 'inconclusive:quorum';
  if (blocks > n) return 'blocked';
  if (favour + aside + blocks === 0) return 'inconclusive:none-expressed';
  if (favour <= aside + blocks) return 'inconclusive:stand-asides';
  if (favour < minFavour) return 'inconclusive:weak-support';
  return 'adopted';
}

function blockers({ votes }: Count): readonly string[] {
  return votes.filter(({ value }) => value === 'block').map(({ position }) => position.partnerId);
}
