import * as contracts from '#contracts';
import * as kernel from '#kernel';
import * as viewing from '#views';
import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { mutated } from '../testing/mutated.js';
import { productAnswers, secondAnswers } from './asked.js';
import type { Views } from './asked.js';
import { cases } from './ledgers.js';
import type { Case } from './ledgers.js';
import { MUTANTS } from './mutants.js';
import type { Mutant } from './mutants.js';

const DEEP = process.env['DEEP'] === '1';
const MOST = 5_000;
const BATCH = 100;
const SOURCES = 'libs/contribution';

function viewsOf({ file, ...change }: Mutant): Views {
  const others = { '#contracts': contracts, '#kernel': kernel, '#views': viewing };
  const of = (name: string) =>
    mutated(`${SOURCES}/views/${name}.view.ts`, { ...change, file: `${SOURCES}/domain/${file}` }, others);
  return {
    statement: of('partner-statement')['partnerStatement'],
    needs: of('needs')['needsView'],
    accounts: of('accounts')['accountsView'],
    whoBringsWhat: of('who-brings-what')['whoBringsWhatView'],
    balance: of('balance')['balanceView'],
    obligations: of('obligations')['obligationsView'],
    guarantees: of('guarantees')['guaranteesView'],
    ceiling: of('funding-ceiling')['fundingCeilingView'],
  } as Views;
}

/** Mutants live in another realm: what they answer is compared as JSON. */
async function answersAlike(asked: Case, mutant: Views, second: unknown): Promise<boolean> {
  try {
    return isDeepStrictEqual(JSON.parse(JSON.stringify(await productAnswers(asked, mutant))), second);
  } catch {
    return false;
  }
}

(DEEP ? describe : describe.skip)('the comparison of two computations', () => {
  it(`notices each of ${String(MUTANTS.length)} small wrong changes to the product`, async () => {
    const living = MUTANTS.map((mutant) => ({
      name: `${mutant.file}: ${mutant.from} → ${mutant.to}`,
      views: viewsOf(mutant),
      taken: 0,
    }));
    const unnoticed = () => living.filter(({ taken }) => taken === 0);
    for (let seed = 1; seed <= MOST / BATCH && unnoticed().length > 0; seed++) {
      for (const [place, asked] of fc.sample(cases, { numRuns: BATCH, seed }).entries()) {
        const second: unknown = JSON.parse(JSON.stringify(secondAnswers(asked)));
        const alike = await Promise.all(
          living.map(async ({ taken, views }) => taken > 0 || answersAlike(asked, views, second)),
        );
        for (const mutant of living.filter((_, which) => alike[which] === false))
          mutant.taken = (seed - 1) * BATCH + place + 1;
      }
    }
    process.stdout.write(living.map(({ name, taken }) => `${String(taken).padStart(6)} ${name}\n`).join(''));
    expect(unnoticed().map(({ name }) => name)).toEqual([]);
  });
});
