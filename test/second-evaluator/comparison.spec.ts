import { evaluate, readSnapshot } from '#deliberation';
import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { changedSnapshots } from './breakages.js';
import { secondEvaluate } from './evaluate.js';
import type { Snapshot } from './form.js';
import { misfit, notAllowed, outOfBounds } from './refused.js';
import type { Given } from './refused.js';
import { Cells } from './results.js';
import { snapshots } from './snapshots.js';

const DEEP = process.env['DEEP'] === '1';
const RUNS = DEEP ? 50_000 : 2_000;
const SEED = 20_260_316;

function read(json: unknown) {
  const answer = readSnapshot(json);
  if ('fault' in answer) throw new Error(`${answer.pointer} ${answer.fault}`);
  return answer;
}

describe('two evaluators written apart', () => {
  it('give one outcome to any snapshot, and meet each result of each method, each why and each closing', () => {
    const cells = new Cells();
    const started = performance.now();
    fc.assert(
      fc.property(snapshots, (snapshot: Snapshot) => {
        const second = secondEvaluate(snapshot);
        cells.count(snapshot, second);
        const product = evaluate(read(snapshot));
        if (!isDeepStrictEqual(product, second)) expect(product).toEqual(second);
        expect(misfit(snapshot)).toBeUndefined();
      }),
      { numRuns: RUNS, seed: SEED },
    );
    const seconds = (performance.now() - started) / 1000;
    process.stdout.write(`${String(RUNS)} snapshots, ${(RUNS / seconds).toFixed(0)} each second\n${cells.toString()}`);
    expect({ missing: cells.missing, unforeseen: cells.unforeseen }).toEqual({ missing: [], unforeseen: [] });
  });

  it('read the same texts: what one refuses the page refuses, and what both read comes to one outcome', () => {
    const counts = { read: 0, refused: 0 };
    fc.assert(
      fc.property(changedSnapshots, (json) => {
        const answer = readSnapshot(json);
        const misfits = misfit(json);
        if ('fault' in answer) {
          counts.refused++;
          const byThePage =
            misfits ?? (outOfBounds(json as Given) || notAllowed(json as Given) ? 'no round has it' : undefined);
          expect({ answer, byThePage }).toEqual({ answer, byThePage: expect.any(String) as string });
          return;
        }
        counts.read++;
        expect(misfits).toBeUndefined();
        const whole = { attempt: 1, options: [], removals: [], objections: [], ...(json as Given) };
        expect(evaluate(answer)).toEqual(secondEvaluate(whole));
      }),
      { numRuns: RUNS, seed: SEED },
    );
    process.stdout.write(`${String(counts.read)} changed snapshots read, ${String(counts.refused)} refused\n`);
    expect(counts.read).toBeGreaterThan(RUNS / 20);
  });
});
