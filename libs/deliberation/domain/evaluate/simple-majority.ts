import { majorityMethod } from './majority.js';

/**
 * M5 simple majority: adopted when more of those who expressed themselves are for than against, with a quorum and a
 * least number of agreements. Part 1, 4.5 (abstention: Robert's Rules of Order). A tie keeps the status quo.
 */
export const simpleMajority = majorityMethod([], ({ participation, quorum, expressed, favour, against, minFavour }) => {
  if (participation < quorum) return 'inconclusive:quorum';
  if (expressed === 0) return 'inconclusive:none-expressed';
  if (favour === against) return 'inconclusive:tie';
  if (favour < against) return 'not-adopted';
  if (favour < minFavour) return 'inconclusive:weak-support';
  return 'adopted';
});
