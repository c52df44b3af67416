import { majorityGrades } from './majority-judgment.js';
import { sumOf } from './option-method.js';
import type { Scores } from './option-method.js';
import { inOrder, runOffTurns } from './ranked-irv.js';
import type { RunOffTurn } from './ranked-irv.js';

/** How ballots were counted, for readers: what each option came to, or turn by turn. */
export type CountingTold =
  | {
      readonly by: 'grades' | 'sums';
      readonly options: readonly (readonly [option: string, figures: readonly number[]])[];
    }
  | { readonly by: 'turns'; readonly turns: readonly RunOffTurn[] };

/** The steps by which an option method counts ballots (part 1, 4.5, M10); nothing for other methods. */
export function countingTold(
  method: string,
  ballots: readonly Scores[],
  options: readonly string[],
): CountingTold | undefined {
  switch (method) {
    case 'majority-judgment':
      return { by: 'grades', options: options.map((option) => [option, majorityGrades(option, ballots)]) };
    case 'score':
    case 'dots':
      return { by: 'sums', options: options.map((option) => [option, [sumOf(option, ballots)]]) };
    case 'ranked-irv':
      return { by: 'turns', turns: runOffTurns(ballots.map(inOrder), new Set(options)) };
    default:
      return undefined;
  }
}
