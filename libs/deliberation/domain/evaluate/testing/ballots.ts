import fc from 'fast-check';
import type { Ballot } from '../method.js';
import { STATUS_QUO } from '../option-method.js';
import type { WithRounds } from './results.js';

export const OPTIONS = ['A', 'B', 'C', STATUS_QUO] as const;
/** The parameters with which any grades from 0 to 4 make a ballot. */
export const OPTION_PARAMETERS = { maxGrade: 4, min: -2, max: 2, budget: 16 };

/** How much each option is liked, 0 to 4; often all or nothing, so that ties are frequent. */
export const likings: fc.Arbitrary<readonly number[]> = fc.oneof(
  fc.tuple(...OPTIONS.map(() => fc.integer({ min: 0, max: 4 }))),
  fc.tuple(...OPTIONS.map(() => fc.constantFrom(0, 4))),
  fc.constantFrom([4, 0, 0, 0], [0, 4, 0, 0], [0, 0, 4, 0], [0, 0, 0, 4]),
);

/** The ballot of one that likes the options so; none under a method that takes none. */
export function ballotUnder(method: WithRounds, liking: readonly number[]): Ballot | undefined {
  const scores = OPTIONS.map((optionId, place) => ({ optionId, score: liking[place] ?? 0 }));
  switch (method) {
    case 'majority-judgment':
    case 'dots':
      return scores.filter(({ score }) => score > 0);
    case 'score':
      return scores.map(({ optionId, score }) => ({ optionId, score: score - 2 }));
    case 'ranked-irv':
      return ranked(scores);
    default:
      return undefined;
  }
}

function ranked(scores: Ballot): Ballot {
  const sorted = [...scores].sort((one, other) => other.score - one.score);
  const named = sorted.filter(({ score }, place) => place === 0 || score > 0);
  return named.map(({ optionId }, place) => ({ optionId, score: place + 1 }));
}
