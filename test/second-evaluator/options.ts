import type { Score } from './form.js';

type Ballots = readonly (readonly Score[])[];

export interface Choice {
  /** Undefined when there is no single winner. */
  readonly winner: string | undefined;
  readonly ranking: readonly string[];
}

/** "A missing grade is 0", and so for points. */
function given(ballot: readonly Score[], option: string): number {
  return ballot.find((line) => line.optionId === option)?.score ?? 0;
}

/** "The lower median (index ⌊(k−1)/2⌋ of k grades). Take it out, take the next, to exhaustion." */
function sequenceOfMedians(grades: readonly number[]): readonly number[] {
  const left = [...grades].sort((x, y) => x - y);
  const sequence: number[] = [];
  while (left.length > 0) {
    const middle = left.length % 2 === 0 ? left.length / 2 - 1 : (left.length - 1) / 2;
    sequence.push(...left.splice(middle, 1));
  }
  return sequence;
}

/** "First difference decides": > 0 when `a` is the better one. */
function compared(a: readonly number[], b: readonly number[]): number {
  for (const [place, value] of a.entries()) {
    const other = b[place] ?? 0;
    if (value !== other) return value - other;
  }
  return 0;
}

/** Best first, equal options in the order of `options[]`; a winner when nothing equals the first. */
function chosen(options: readonly string[], worth: (option: string) => readonly number[]): Choice {
  const worths = new Map(options.map((option) => [option, worth(option)]));
  const of = (option: string) => worths.get(option) ?? [];
  const ranking: string[] = [];
  for (const option of options) {
    const place = ranking.findIndex((placed) => compared(of(option), of(placed)) > 0);
    ranking.splice(place < 0 ? ranking.length : place, 0, option);
  }
  const [first, second] = ranking;
  const single = first !== undefined && (second === undefined || compared(of(first), of(second)) > 0);
  return { winner: single ? first : undefined, ranking };
}

/** `majority-judgment` (4.5, M10). */
export function majorityJudgment(options: readonly string[], ballots: Ballots): Choice {
  return chosen(options, (option) => sequenceOfMedians(ballots.map((ballot) => given(ballot, option))));
}

/** `score` and `dots` (4.5, M10): highest sum. */
export function highestSum(options: readonly string[], ballots: Ballots): Choice {
  return chosen(options, (option) => [ballots.reduce((sum, ballot) => sum + given(ballot, option), 0)]);
}

/** "Count each ballot for its first option still in." */
function firstStillIn(ballot: readonly Score[], still: readonly string[]): string | undefined {
  const ordered = [...ballot].sort((x, y) => x.score - y.score);
  return ordered.find((line) => still.includes(line.optionId))?.optionId;
}

/** `ranked-irv` (4.5, M10). */
export function rankedIrv(options: readonly string[], ballots: Ballots): Choice {
  const none: Choice = { winner: undefined, ranking: [] };
  let still = options;
  for (;;) {
    const votes = ballots.map((ballot) => firstStillIn(ballot, still)).filter((vote) => vote !== undefined);
    const count = (option: string) => votes.filter((vote) => vote === option).length;
    const winner = still.find((option) => 2 * count(option) > votes.length);
    if (winner !== undefined) return { winner, ranking: [] };
    const lowest = Math.min(...still.map(count));
    const leaving = still.filter((option) => count(option) === lowest);
    const higher = still.map(count).filter((other) => other > lowest);
    if (higher.length === 0) return none;
    if (leaving.length > 1 && leaving.length * lowest >= Math.min(...higher)) return none;
    still = still.filter((option) => !leaving.includes(option));
  }
}
