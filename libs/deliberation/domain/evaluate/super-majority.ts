import { reaches } from '#kernel';
import { majorityMethod } from './majority.js';
import { needed } from './method.js';

/**
 * M6 super-majority: adopted when those for reach `num/den` of those who expressed themselves, or of the whole
 * electorate (`basis`), with a quorum and a least number of agreements. Part 1, 4.5. No tie case.
 */
export const superMajority = majorityMethod(
  ['num', 'den', 'strict', 'basis'],
  ({ snapshot, participation, quorum, expressed, eligible, favour, minFavour }) => {
    const { policy } = snapshot;
    const share = { num: needed(policy, 'num'), den: needed(policy, 'den') };
    const base = policy.basis === 'eligible' ? eligible : expressed;
    if (participation < quorum) return 'inconclusive:quorum';
    if (expressed === 0) return 'inconclusive:none-expressed';
    if (!reaches(favour, base, share, policy.strict === true)) return 'not-adopted';
    if (favour < minFavour) return 'inconclusive:weak-support';
    return 'adopted';
  },
);
