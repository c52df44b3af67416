import { readSnapshot } from '#deliberation';
import * as kernel from '#kernel';
import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { mutated } from '../testing/mutated.js';
import { secondEvaluate } from './evaluate.js';
import { MUTANTS } from './mutants.js';
import { snapshots } from './snapshots.js';

const DEEP = process.env['DEEP'] === '1';
const MOST = 50_000;
const BATCH = 1_000;
const SOURCES = 'libs/deliberation/domain/evaluate';

type Evaluate = (snapshot: unknown) => unknown;

/** Mutants live in another realm: what they answer is compared as JSON. */
function answerOf(evaluate: Evaluate, snapshot: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(evaluate(snapshot)));
  } catch {
    return 'thrown';
  }
}

(DEEP ? describe : describe.skip)('the comparison of two evaluators', () => {
  it(`notices each of ${String(MUTANTS.length)} small wrong changes to the product`, () => {
    const living = MUTANTS.map((mutant) => {
      const change = { ...mutant, file: `${SOURCES}/${mutant.file}` };
      const { evaluateVersion1 } = mutated(`${SOURCES}/evaluate.ts`, change, { '#kernel': kernel });
      return {
        name: `${mutant.file}: ${mutant.from} → ${mutant.to}`,
        evaluate: evaluateVersion1 as Evaluate,
        taken: 0,
      };
    });
    for (let seed = 1; seed <= MOST / BATCH && living.some(({ taken }) => taken === 0); seed++) {
      for (const [place, snapshot] of fc.sample(snapshots, { numRuns: BATCH, seed }).entries()) {
        const [read, second] = [readSnapshot(snapshot), secondEvaluate(snapshot)];
        const unnoticed = living.filter(({ taken }) => taken === 0);
        for (const mutant of unnoticed.filter(({ evaluate }) => !isDeepStrictEqual(answerOf(evaluate, read), second)))
          mutant.taken = (seed - 1) * BATCH + place + 1;
      }
    }
    process.stdout.write(living.map(({ name, taken }) => `${String(taken).padStart(6)} ${name}\n`).join(''));
    expect(living.filter(({ taken }) => taken === 0).map(({ name }) => name)).toEqual([]);
  });
});
