import fc from 'fast-check';
import { ACCOUNT_EDITIONS, amountOf } from '#contracts';
import { addDays } from '#kernel';
import { play } from '../testing/random-log.js';
import { PARTNERS, steps } from '../testing/random-steps.js';
import { WorkedExample } from '../testing/worked-example.js';
import { C } from '../testing/scene.js';
import { accountsAt, periodOf } from './accounts.js';
import { needsOf } from './needs.js';
import { statementOf } from './statement.js';
import { whoBringsWhat } from './who-brings-what.js';

const YEAR = { from: '2026-01-01', to: '2026-12-31' };

describe('accounts 86 and 87', () => {
  it('post as much to uses as to sources, per partner, period, edition and currency, rounded Cerfa included', () => {
    fc.assert(
      fc.property(steps, fc.nat(300), fc.nat(300), (script, begin, length) => {
        const { facts } = play(script).scene;
        const from = addDays('2026-01-01', begin);
        const period = { from, to: addDays(from, length) };
        for (const partnerId of PARTNERS) {
          for (const edition of ACCOUNT_EDITIONS) {
            const { uses, sources, totals } = accountsAt(facts, { partnerId, period, edition }, '2199-12-31');
            for (const total of totals) expect(total.uses).toBe(total.sources);
            const all = (rows: typeof uses) => rows.reduce((whole, { value }) => whole + amountOf(value), 0n);
            expect(all(uses)).toBe(all(sources));
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('of CRC swap 870 and 875 of ANC and change nothing else on the 87 side', () => {
    const swap = new Map([
      ['870', '875'],
      ['875', '870'],
    ]);
    fc.assert(
      fc.property(steps, (script) => {
        const { facts } = play(script).scene;
        const sources = (edition: 'ANC-2018-06' | 'CRC-99-01') =>
          accountsAt(facts, { partnerId: C, period: YEAR, edition }, '2199-12-31').sources;
        const swapped = sources('ANC-2018-06').map(({ account, value }) => [swap.get(account) ?? account, value]);
        expect(swapped.sort()).toEqual(sources('CRC-99-01').map(({ account, value }) => [account, value]));
      }),
      { numRuns: 60 },
    );
  });

  it('have the edition of their period, and contributions of that period alone', () => {
    const { facts } = new WorkedExample().scene;
    const of = (period: string) => accountsAt(facts, { partnerId: C, period: periodOf(period) }, '2026-06-30');
    expect([of('2019').edition, of('2020').edition]).toEqual(['CRC-99-01', 'ANC-2018-06']);
    expect(of('2019-12-31/2020-12-30').edition).toBe('CRC-99-01');
    expect(of('2026-01-01/2026-03-31').totals).toEqual([{ currency: 'EUR', uses: '5754.9', sources: '5754.9' }]);
    expect(of('2025').totals).toEqual([]);
  });

  it('a value never changes an amount: without all values every other figure is the same', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const { facts } = play(script).scene;
        const unvalued = { ...facts, contributions: facts.contributions.map((fact) => ({ ...fact, valuations: [] })) };
        const told = (from: typeof facts) => [
          PARTNERS.map((id) => statementOf(from, id, '2026-09-30')),
          needsOf(from, undefined, '2026-09-30'),
          whoBringsWhat(from, PARTNERS, '2026-09-30'),
        ];
        expect(told(unvalued)).toEqual(told(facts));
      }),
      { numRuns: 40 },
    );
  });
});
