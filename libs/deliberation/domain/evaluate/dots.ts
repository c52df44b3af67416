import { needed } from './method.js';
import { highestSum, optionMethod } from './option-method.js';

/**
 * M10 dots: each ballot spreads at most `budget` points over the options, and the highest sum is selected. Part 1, 4.5 (dot
 * voting).
 */
export const dots = optionMethod({
  parameters: ['budget'],
  scoresFault: (points, policy) => {
    if (points.some((one) => one < 0)) return 'points are 0 or more';
    const budget = needed(policy, 'budget');
    const spent = points.reduce((sum, one) => sum + one, 0);
    return spent <= budget ? undefined : `at most ${budget} points`;
  },
  choose: highestSum,
});
