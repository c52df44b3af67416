import type { Ballot, Count, PolicyParameter, VotingMethod } from './method.js';
import type { SnapshotPolicy } from './snapshot.js';
import { quorumRequired } from './thresholds.js';

/** Things as they are: always an option. */
export const STATUS_QUO = 'status-quo';

/** One ballot: grade, points or rank by option; an option that it does not name is not there. */
export type Scores = ReadonlyMap<string, number>;

export interface Choice {
  /** Null when there is no single winner. */
  readonly selected: string | null;
  readonly ranking: readonly string[];
}

/** What is each option method's own (part 1, 4.5, M10). */
export interface OptionRules {
  readonly parameters: readonly PolicyParameter[];
  /** What is wrong with the scores of a ballot that names each of its options once. */
  readonly scoresFault: (scores: readonly number[], policy: SnapshotPolicy) => string | undefined;
  readonly choose: (ballots: readonly Scores[], options: readonly string[]) => Choice;
}

/**
 * What the option methods share (part 1, 4.5, M10): the quorum, then at least one ballot, then a single winner. A selection
 * is no decision.
 */
export function optionMethod(rules: OptionRules): VotingMethod {
  return {
    positions: ['ballot', 'abstain'],
    parameters: ['quorum', ...rules.parameters],
    refusedRatification: 'abstain',
    objectionFalls: 'when-all-contest',
    silenceCounts: () => false,
    ballotFault: (ballot, options, policy) =>
      optionsFault(ballot, options) ??
      rules.scoresFault(
        ballot.map(({ score }) => score),
        policy,
      ),
    judge: (count) => {
      const quorumNeeded = quorumRequired(count);
      const tested = { quorumRequired: quorumNeeded, minFavourRequired: null, expressed: null };
      if (count.participation < quorumNeeded) return { ...tested, result: 'inconclusive:quorum' };
      const ballots = ballotsOf(count);
      if (ballots.length === 0) return { ...tested, result: 'inconclusive:none-expressed' };
      const choice = rules.choose(ballots, count.snapshot.options);
      return { ...tested, ...choice, result: choice.selected === null ? 'inconclusive:tie' : 'selected' };
    },
  };
}

function optionsFault(ballot: Ballot, options: readonly string[]): string | undefined {
  const named = ballot.map(({ optionId }) => optionId);
  if (named.some((optionId) => !options.includes(optionId))) return 'not an option';
  return new Set(named).size < named.length ? 'named twice' : undefined;
}

function ballotsOf({ votes }: Count): readonly Scores[] {
  return votes
    .filter(({ value }) => value === 'ballot')
    .map(({ position }) => new Map((position.ballot ?? []).map(({ optionId, score }) => [optionId, score])));
}

/** Options from the best to the last; equal ones stay in the order of `options`, and at the top make a tie. */
export function ranked<T>(
  options: readonly string[],
  worthOf: (option: string) => T,
  compare: (one: T, other: T) => number,
): Choice {
  const worth = new Map(options.map((option) => [option, worthOf(option)]));
  const difference = (one: string, other: string) => compare(worth.get(other) as T, worth.get(one) as T);
  const ranking = [...options].sort(difference);
  const [best, second] = ranking;
  const isTie = best === undefined || (second !== undefined && difference(best, second) === 0);
  return { selected: isTie ? null : best, ranking };
}

/** The option of the highest sum; a score missing from a ballot is 0. */
export function highestSum(ballots: readonly Scores[], options: readonly string[]): Choice {
  return ranked(
    options,
    (option) => sumOf(option, ballots),
    (one, other) => one - other,
  );
}

/** The sum of an option's scores. */
export function sumOf(option: string, ballots: readonly Scores[]): number {
  return ballots.reduce((sum, scores) => sum + (scores.get(option) ?? 0), 0);
}
