import type { Result } from '#contracts';
import type { Count, PolicyParameter, VotingMethod } from './method.js';
import { minFavourRequired, quorumRequired } from './thresholds.js';

/** The letters of part 1, 4.5: F, C, Q, m; `expressed` = F + C. */
export interface MajorityCount extends Count {
  readonly favour: number;
  readonly against: number;
  readonly expressed: number;
  readonly quorum: number;
  readonly minFavour: number;
}

/** What M5, M6 and M7 share: positions, numbers, silence that is nothing. The order of the rules is each method's own. */
export function majorityMethod(
  parameters: readonly PolicyParameter[],
  resultOf: (count: MajorityCount) => Result,
): VotingMethod {
  return {
    positions: ['agree', 'agree-with-concern', 'abstain', 'against'],
    parameters: ['quorum', 'minFavour', ...parameters],
    refusedRatification: 'abstain',
    objectionFalls: 'when-all-contest',
    silenceCounts: () => false,
    judge: (count) => {
      const numbers = majorityCount(count);
      const { quorum, minFavour, expressed } = numbers;
      return { result: resultOf(numbers), quorumRequired: quorum, minFavourRequired: minFavour, expressed };
    },
  };
}

function majorityCount(count: Count): MajorityCount {
  const favour = count.tallies.agree + count.tallies.concern;
  const against = count.tallies.against;
  const thresholds = { quorum: quorumRequired(count), minFavour: minFavourRequired(count) };
  return { ...count, ...thresholds, favour, against, expressed: favour + against };
}
