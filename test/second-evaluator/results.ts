import { CLOSINGS, METHODS, WHYS } from './form.js';
import type { Method, Outcome, Snapshot } from './form.js';

const ENDED = ['cancelled:electorate', 'cancelled:withdrawn', 'superseded-by-version'];
const CONSENSUS = ['quorum', 'stand-asides', 'none-expressed', 'weak-support'].map((why) => `inconclusive:${why}`);
const MAJORITY = ['quorum', 'none-expressed', 'weak-support'].map((why) => `inconclusive:${why}`);
const OPTIONS = [...['quorum', 'none-expressed', 'tie'].map((why) => `inconclusive:${why}`), 'selected'];

/** What each method can come to (4.5), the college condition included where it can turn `adopted`. */
const RESULTS: Readonly<Record<Method, readonly string[]>> = {
  consent: ['returned-for-integration', 'not-adopted', 'inconclusive:quorum', 'inconclusive:silence', 'adopted'],
  consensus: [...CONSENSUS, 'blocked', 'adopted'],
  'consensus-minus-n': [...CONSENSUS, 'blocked', 'adopted', 'not-adopted'],
  unanimity: ['adopted', 'not-adopted'],
  'simple-majority': [...MAJORITY, 'inconclusive:tie', 'not-adopted', 'adopted'],
  'super-majority': [...MAJORITY, 'not-adopted', 'adopted'],
  'absolute-majority': [...MAJORITY, 'not-adopted', 'adopted'],
  'silent-consent': ['returned-for-integration', 'inconclusive:silence', 'adopted'],
  'majority-judgment': OPTIONS,
  score: OPTIONS,
  dots: OPTIONS,
  'ranked-irv': OPTIONS,
};

/** How many snapshots met each cell: every method with each of its results, every `why`, every closing. */
export class Cells {
  private readonly counts = new Map<string, number>();

  constructor() {
    const results = METHODS.flatMap((method) => [...RESULTS[method], ...ENDED].map((result) => `${method} ${result}`));
    const others = ['a college against', 'dissent', 'deemed', 'reclassified'];
    const all = [
      ...results,
      ...WHYS.map((why) => `why ${why}`),
      ...CLOSINGS.map((closing) => `closing ${closing}`),
      ...others,
    ];
    for (const cell of all) this.counts.set(cell, 0);
  }

  count({ policy, closing }: Snapshot, outcome: Outcome): void {
    const met = [
      `${policy.method} ${outcome.result}`,
      `closing ${closing}`,
      ...new Set(outcome.notCounted.map(({ why }) => `why ${why}`)),
      ...(outcome.collegesAgainst.length > 0 ? ['a college against'] : []),
      ...(outcome.dissent.length > 0 ? ['dissent'] : []),
      ...(outcome.deemed > 0 ? ['deemed'] : []),
      ...(outcome.tallies.reclassified > 0 ? ['reclassified'] : []),
    ];
    for (const cell of met) this.counts.set(cell, (this.counts.get(cell) ?? 0) + 1);
  }

  /** Cells that nothing met. */
  get missing(): readonly string[] {
    return [...this.counts].filter(([, times]) => times === 0).map(([cell]) => cell);
  }

  /** Cells that the page does not have. */
  get unforeseen(): readonly string[] {
    const foreseen = new Cells().counts;
    return [...this.counts.keys()].filter((cell) => !foreseen.has(cell));
  }

  toString(): string {
    return [...this.counts].map(([cell, times]) => `${cell.padEnd(48)}${String(times).padStart(6)}\n`).join('');
  }
}
