import { needed } from './method.js';
import { highestSum, optionMethod } from './option-method.js';

/**
 * M10 score: each ballot gives options integers from `min` to `max`, and the highest sum is selected. Part 1, 4.5 (range
 * voting). A score missing from a ballot is 0.
 */
export const score = optionMethod({
  parameters: ['min', 'max'],
  scoresFault: (scores, policy) => {
    const [min, max] = [needed(policy, 'min'), needed(policy, 'max')];
    return scores.every((one) => one >= min && one <= max) ? undefined : `a score is ${min} to ${max}`;
  },
  choose: highestSum,
});
