import { floorDiv } from '#kernel';
import { needed } from './method.js';
import { optionMethod, ranked } from './option-method.js';
import type { Scores } from './option-method.js';

/**
 * M10 majority judgment: the option with the best majority grade, the lower median of its grades, is selected; equal ones are
 * compared by their next majority grades. Part 1, 4.5 (Balinski and Laraki). A grade missing from a ballot is 0.
 */
export const majorityJudgment = optionMethod({
  parameters: ['maxGrade'],
  scoresFault: (grades, policy) => {
    const maxGrade = needed(policy, 'maxGrade');
    return grades.every((grade) => grade >= 0 && grade <= maxGrade) ? undefined : `a grade is 0 to ${maxGrade}`;
  },
  choose: (ballots, options) => ranked(options, (option) => majorityGrades(option, ballots), compareInTurn),
});

/** The majority grade, then that of the grades left when it is taken out, to exhaustion. */
export function majorityGrades(option: string, ballots: readonly Scores[]): readonly number[] {
  const grades = ballots.map((scores) => scores.get(option) ?? 0).sort((one, other) => one - other);
  const taken: number[] = [];
  while (grades.length > 0) taken.push(...grades.splice(floorDiv(grades.length - 1, 2), 1));
  return taken;
}

/** The first difference decides; the sequences are as long as there are ballots. */
function compareInTurn(one: readonly number[], other: readonly number[]): number {
  for (const [turn, grade] of one.entries()) {
    const difference = grade - (other[turn] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
