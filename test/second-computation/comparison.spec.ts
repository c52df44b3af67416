import fc from 'fast-check';
import { productAnswers, secondAnswers } from './asked.js';
import { Cells } from './cells.js';
import { cases } from './ledgers.js';

const DEEP = process.env['DEEP'] === '1';
const RUNS = DEEP ? 5_000 : 200;
const SEED = 20_260_630;

describe('two computations of the ladder written apart', () => {
  it('give the same statements, values, needs, accounts, balance and ceilings of any ledger at any two dates', async () => {
    const cells = new Cells();
    const started = performance.now();
    await fc.assert(
      fc.asyncProperty(cases, async (asked) => {
        const second = secondAnswers(asked);
        cells.count(asked, second);
        expect(await productAnswers(asked)).toEqual(second);
      }),
      { numRuns: RUNS, seed: SEED },
    );
    const seconds = (performance.now() - started) / 1000;
    process.stdout.write(`${String(RUNS)} ledgers, ${(RUNS / seconds).toFixed(0)} each second\n${cells.toString()}`);
    expect(cells.missing).toEqual([]);
  });
});
