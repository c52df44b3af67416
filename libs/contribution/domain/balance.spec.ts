import fc from 'fast-check';
import { formatAmount, sum } from '#contracts';
import { A, B, C, D, given } from '../testing/scene.js';
import { play } from '../testing/random-log.js';
import { PARTNERS, steps } from '../testing/random-steps.js';
import { balanceOf, basisPoints } from './balance.js';
import { readAt } from './reading.js';

describe('shares in basis points', () => {
  it.each([
    [
      [1n, 1n, 1n],
      [3334, 3333, 3333],
    ],
    [
      [1500n, 2000n],
      [4286, 5714],
    ],
    [[7n], [10_000]],
    [
      [1n, 9_999_999n],
      [0, 10_000],
    ],
    [
      [2n, 1n, 1n, 2n],
      [3333, 1667, 1667, 3333],
    ],
    [[], []],
    [
      [0n, 0n],
      [0, 0],
    ],
  ])('%s are %s: the largest remainders get the missing points, ties the earlier', (amounts, shares) => {
    expect(basisPoints(amounts)).toEqual(shares);
  });

  it('make 10000, each within one point of the exact share', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 0n, max: 10n ** 15n }), { minLength: 1, maxLength: 200 }), (amounts) => {
        const total = sum(amounts);
        const shares = basisPoints(amounts);
        expect(shares.reduce((all, one) => all + one, 0)).toBe(total === 0n ? 0 : 10_000);
        amounts.forEach((amount, place) => {
          const off = BigInt(shares[place] ?? 0) * total - amount * 10_000n;
          expect(off > -total || total === 0n).toBe(true);
          expect(off <= total).toBe(true);
        });
      }),
    );
  });
});

describe('balance', () => {
  const skills = { kind: 'skills', unit: 'hour', receiverId: C, attestorId: C } as const;
  const scene = given().on('2026-12-31');
  for (const [providerId, occurredOn, amount] of [
    [D, '2026-02-10', '60'],
    [B, '2026-03-31', '40'],
    [A, '2026-04-01', '5'],
    [undefined, '2026-04-02', '99'],
  ] as const) {
    const isOutside = providerId === undefined;
    const parties = isOutside ? { receiverId: C, attestorId: A } : { providerId };
    const gift = { ...skills, ...parties, amount, occurredOn };
    const contributionId = scene.by(isOutside ? C : providerId).make('DeclareContribution', gift);
    scene.by(isOutside ? A : C).make('AcknowledgeContribution', { contributionId, amount });
  }
  const rows = (more: object = {}) => balanceOf(scene.facts, { partners: [A, B, D], ...more }, '2026-12-31').rows;
  const flags = (more: object = {}) => rows(more).map(({ period, flag }) => `${period} ${String(flag)}`);

  it('is by quarter unless said otherwise, and flags a share above the threshold once two have given', () => {
    expect(flags()).toEqual(['2026-Q1 null', '2026-Q2 concentrated']);
    expect(flags({ thresholdBp: 5999 })).toEqual(['2026-Q1 concentrated', '2026-Q2 concentrated']);
    expect(flags({ thresholdBp: 10_000 })).toEqual(['2026-Q1 null', '2026-Q2 null']);
    expect(flags({ granularity: 'month' })).toEqual(['2026-02 null', '2026-03 concentrated', '2026-04 concentrated']);
    expect(flags({ granularity: 'year' })).toEqual(['2026 null']);
  });

  it('names who gave in admission order, whoever was not admitted yet behind, and never a giver from outside', () => {
    const [year] = rows({ granularity: 'year' });
    expect(year?.partners.map(({ partnerId }) => partnerId)).toEqual([A, B, D]);
    const [other] = rows({ granularity: 'year', partners: [D] });
    expect(other?.partners.map(({ partnerId }) => partnerId)).toEqual([D, ...[A, B].sort()]);
    expect(year?.total).toBe('105');
  });

  it('has shares of 10000 in every row, and ends with what was given by partners', () => {
    fc.assert(
      fc.property(steps, fc.constantFrom('month', 'quarter', 'year'), (script, granularity) => {
        const { facts } = play(script).scene;
        const all = balanceOf(facts, { partners: PARTNERS, granularity }, '2199-12-31').rows;
        for (const row of all) {
          for (const shares of [row, row.cumulated]) {
            expect(shares.partners.reduce((sumOf, { shareBp }) => sumOf + shareBp, 0)).toBe(10_000);
          }
        }
        const lines = new Map(all.map((row) => [`${row.kind}/${row.unit}`, row.cumulated.total]));
        const partnersGave = readAt(facts, '2199-12-31').given.filter(({ fact }) => fact.providerId);
        for (const [line, total] of lines) {
          const onLine = partnersGave.filter(({ fact }) => `${fact.kind}/${fact.unit}` === line);
          expect(total).toBe(formatAmount(sum(onLine.map(({ buckets }) => buckets.acknowledged))));
        }
      }),
      { numRuns: 40 },
    );
  });
});
