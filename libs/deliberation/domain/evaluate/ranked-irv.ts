import { optionMethod } from './option-method.js';
import type { Choice, Scores } from './option-method.js';

/**
 * M10 ranked instant run-off: ballots count for their first option still in, the lowest options leave, until one has more than
 * half of the ballots that still count. Part 1, 4.5 (instant-runoff voting). No ranking of the others follows from it.
 */
export const rankedIrv = optionMethod({
  parameters: [],
  scoresFault: (ranks) => {
    if (ranks.length === 0) return 'at least one option';
    const inOrder = [...ranks].sort((one, other) => one - other);
    return inOrder.every((rank, place) => rank === place + 1) ? undefined : 'ranks from 1 without gap';
  },
  choose: (ballots, options) => runOff(ballots.map(inOrder), new Set(options)),
});

/** The options of a ballot from its first to its last. */
export function inOrder(scores: Scores): readonly string[] {
  return [...scores].sort(([, one], [, other]) => one - other).map(([option]) => option);
}

/** The last turn selects an option, or is a tie. */
function runOff(ballots: readonly (readonly string[])[], options: ReadonlySet<string>): Choice {
  return { selected: runOffTurns(ballots, options).at(-1)?.selected ?? null, ranking: [] };
}

/** One turn of counting: for whom the ballots count, and who is selected, or leaves; neither is a tie. */
export interface RunOffTurn {
  readonly counts: Counts;
  readonly selected: string | null;
  readonly leaving: readonly string[];
}

/** Each turn an option is selected, or some leave, or it is a tie: as many turns as options, at most. */
export function runOffTurns(
  ballots: readonly (readonly string[])[],
  options: ReadonlySet<string>,
): readonly RunOffTurn[] {
  const stillIn = new Set(options);
  const turns: RunOffTurn[] = [];
  for (;;) {
    const counts = countFirsts(ballots, stillIn);
    const continuing = counts.reduce((sum, [, count]) => sum + count, 0);
    const selected = counts.find(([, count]) => 2 * count > continuing)?.[0] ?? null;
    const leaving = selected === null ? lowest(counts) : [];
    turns.push({ counts, selected, leaving });
    if (leaving.length === 0) return turns;
    for (const option of leaving) stillIn.delete(option);
  }
}

export type Counts = readonly (readonly [option: string, count: number])[];

function countFirsts(ballots: readonly (readonly string[])[], stillIn: ReadonlySet<string>): Counts {
  const counts = new Map([...stillIn].map((option) => [option, 0]));
  for (const ballot of ballots) {
    const first = ballot.find((option) => stillIn.has(option));
    if (first !== undefined) counts.set(first, (counts.get(first) ?? 0) + 1);
  }
  return [...counts];
}

/** The option of the lowest count, or all of them when their counts add up to less than the next higher; else nobody. */
function lowest(counts: Counts): readonly string[] {
  const least = Math.min(...counts.map(([, count]) => count));
  const leaving = counts.filter(([, count]) => count === least);
  const nextHigher = Math.min(...counts.map(([, count]) => count).filter((count) => count > least));
  const leave = leaving.length === 1 || leaving.length * least < nextHigher;
  return leave && leaving.length < counts.length ? leaving.map(([option]) => option) : [];
}
