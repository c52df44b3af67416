import { majorityMethod } from './majority.js';

/**
 * M7 absolute majority: adopted when more than half of the whole electorate is for, with a quorum and a least number of
 * agreements. Part 1, 4.5. Abstention and silence weigh as against.
 */
export const absoluteMajority = majorityMethod(
  [],
  ({ participation, quorum, expressed, eligible, favour, minFavour }) => {
    if (participation < quorum) return 'inconclusive:quorum';
    if (expressed === 0) return 'inconclusive:none-expressed';
    if (2 * favour <= eligible) return 'not-adopted';
    if (favour < minFavour) return 'inconclusive:weak-support';
    return 'adopted';
  },
);
