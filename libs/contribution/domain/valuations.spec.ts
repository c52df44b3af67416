import fc from 'fast-check';
import { formatAmount, parseAmount } from '#contracts';
import type { Id } from '#kernel';
import { A, B, C, D, given, idOf, sealedText } from '../testing/scene.js';
import type { Scene } from '../testing/scene.js';
import { bucketsOf } from './buckets.js';
import { rounded } from './money.js';
import { countedValuation, rateOf, scaleValue, valueAt } from './valuation.js';

const HASH = Buffer.alloc(32, 3).toString('base64');
const goods = { kind: 'goods', unit: 'piece', amount: '12', providerId: B, receiverId: C, attestorId: C } as const;
const hours = {
  kind: 'volunteer-time',
  unit: 'hour',
  amount: '10',
  providerId: B,
  receiverId: C,
  attestorId: C,
} as const;

/** A scene with one acknowledged gift. */
function acknowledged(
  gift: typeof goods | typeof hours | object,
  amount: string,
): { scene: Scene; contributionId: Id } {
  const scene = given().on('2026-06-29').by(B);
  const contributionId = scene.make('DeclareContribution', gift as typeof goods);
  scene.by(C).make('AcknowledgeContribution', { contributionId, amount });
  return { scene, contributionId };
}
const euros = { currency: 'EUR', value: '950' } as const;
const cvn = { basis: 'cvn', method: 'replacement-value', amount: '10', ...euros } as const;

describe('values', () => {
  it.each([
    ['950.5', '0.19', 'EUR', '180.6'],
    ['10', '95', 'EUR', '950'],
    ['120', '12.02', 'EUR', '1442.4'],
    ['0.05', '0.1', 'EUR', '0.01'],
    ['0.05', '0.099999', 'EUR', '0'],
    ['1', '0.004999', 'EUR', '0'],
    ['3', '0.5', 'XPF', '2'],
    ['999999999999.999', '999999.999999', 'KWD', '999999999998999000'],
  ])('%s × %s %s is %s, rounded once, half away from zero', (amount, rate, currency, value) => {
    const exact = valueAt(parseAmount(amount) ?? 0n, rate, currency);
    expect(formatAmount(exact)).toBe(value);
  });

  it('rounds half away from zero on both sides', () => {
    expect([-15n, -14n, 14n, 15n, 25n].map((amount) => rounded(amount, 10n))).toEqual([-20n, -10n, 10n, 20n, 30n]);
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
        fc.bigInt({ min: 1n, max: 1000n }),
        (amount, unit) => {
          const off = rounded(amount, unit) - amount;
          expect(rounded(amount, unit) % unit).toBe(0n);
          expect(2n * (off < 0n ? -off : off) <= unit).toBe(true);
          expect(rounded(-amount, unit)).toBe(-rounded(amount, unit));
        },
      ),
    );
  });

  it('a rate has at most six decimals', () => {
    expect([rateOf('12.02'), rateOf('0.000001'), rateOf('7'), rateOf('x')]).toEqual([12_020_000n, 1n, 7_000_000n, 0n]);
  });
});

describe('ValueContribution', () => {
  // Each row breaks one guard; every later row stays broken beside it, so the order is tried too.
  const guards: readonly [string, (args: object, scene: Scene) => object][] = [
    ['MANDATE_NOT_IN_FORCE', (args, scene) => (scene.neighbours.ended.add(C), args)],
    ['POWER_MISSING', (args, scene) => (scene.neighbours.powers.set(C, ['propose']), args)],
    ['NOT_FOUND', (args) => ({ ...args, contributionId: idOf('Z') })],
    ['NOT_BOOKING_PARTNER', (args) => ({ ...args, bookedById: B })],
    ['AMOUNT_INVALID', (args) => ({ ...args, amount: '9.5' })],
    ['NOT_ACKNOWLEDGED_AMOUNT', (args) => ({ ...args, amount: '12' })],
    ['UNIT_NOT_ALLOWED', (args) => ({ ...args, currency: 'XYZ' })],
    ['AMOUNT_INVALID', (args) => ({ ...args, value: '0.001' })],
    ['AMOUNT_INVALID', (args) => ({ ...args, rate: '0' })],
    ['VALUE_MISMATCH', (args) => ({ ...args, rate: '95.001' })],
  ];
  const valued = (contributionId: Id) => ({ ...cvn, contributionId, rate: '95', bookedById: C });

  it.each(guards.map(([code], place) => [code, place] as const))(
    '%s (%d) comes before what stands behind it',
    (code, place) => {
      const { scene, contributionId } = acknowledged(goods, '10');
      const args = guards
        .slice(place)
        .reduceRight<object>((broken, [, broke]) => broke(broken, scene), valued(contributionId));
      expect(scene.refusal('ValueContribution', args as ReturnType<typeof valued>)).toBe(code);
    },
  );

  it('each break alone is refused with its own code, and without any the value passes', () => {
    for (const [code, broke] of guards) {
      const { scene, contributionId } = acknowledged(goods, '10');
      const args = broke(valued(contributionId), scene) as ReturnType<typeof valued>;
      expect(scene.refusal('ValueContribution', args)).toBe(code);
    }
    const { scene, contributionId } = acknowledged(goods, '10');
    expect(scene.refusal('ValueContribution', valued(contributionId))).toBeUndefined();
  });

  it.each([
    ['contributionId', { contributionId: idOf('Z') }],
    ['bookedById', { bookedById: B }],
    ['bookedById', { basis: 'donor-cost' }],
    ['amount', { amount: '12' }],
    ['value', { value: '0.001' }],
    ['rate', { rate: '0' }],
    ['value', { rate: '95.001' }],
  ])('the refusal says which field is at fault: %s, with %j', (field, broken) => {
    const { scene, contributionId } = acknowledged(goods, '10');
    expect(scene.when('ValueContribution', { ...valued(contributionId), ...broken } as never)).toMatchObject({
      pointer: `/${field}`,
    });
  });

  it('what a person said of the value goes on sealed', () => {
    const { scene, contributionId } = acknowledged(goods, '10');
    expect(scene.when('ValueContribution', valued(contributionId), { note: sealedText })).toMatchObject([
      { type: 'ContributionValued', sealed: { note: sealedText } },
    ]);
  });

  it('a cvn names who books it, and goods are booked by their receiver alone', () => {
    const { scene, contributionId } = acknowledged(goods, '10');
    const { bookedById: _nobody, ...unnamed } = valued(contributionId);
    expect(scene.refusal('ValueContribution', unnamed)).toBe('NOT_BOOKING_PARTNER');
    expect(scene.by(B).refusal('ValueContribution', { ...unnamed, bookedById: B })).toBe('NOT_BOOKING_PARTNER');
  });

  it('money is never valued, knowledge is no contribution in kind', () => {
    const money = { ...goods, kind: 'money', unit: 'EUR', carrierId: idOf('c1') };
    const paid = acknowledged(money, '10');
    expect(paid.scene.refusal('ValueContribution', valued(paid.contributionId))).toBe('NOT_VALUABLE');
    const told = acknowledged({ ...goods, kind: 'knowledge', unit: 'act' }, '10');
    expect(told.scene.refusal('ValueContribution', valued(told.contributionId))).toBe('NOT_A_CVN');
  });

  it('a cost price is recorded by the provider, a market ceiling by a party with evidence', () => {
    const { scene, contributionId } = acknowledged(goods, '10');
    const { basis: _basis, ...plain } = { ...cvn, contributionId };
    const cost = { ...plain, basis: 'donor-cost' } as const;
    const ceiling = { ...plain, basis: 'market-ceiling', evidenceHash: HASH } as const;
    expect(scene.by(C).refusal('ValueContribution', cost)).toBe('NOT_A_PARTY');
    expect(scene.by(B).refusal('ValueContribution', cost)).toBeUndefined();
    expect(scene.refusal('ValueContribution', { ...cost, bookedById: B })).toBe('NOT_BOOKING_PARTNER');
    expect(scene.by(D).refusal('ValueContribution', ceiling)).toBe('NOT_A_PARTY');
    for (const party of [B, C]) {
      scene.by(party);
      expect(scene.when('ValueContribution', { ...plain, basis: 'market-ceiling' })).toMatchObject({
        ...{ refused: 'EVIDENCE_REQUIRED', pointer: '/evidenceHash' },
      });
      expect(scene.refusal('ValueContribution', ceiling)).toBeUndefined();
    }
    expect(scene.byFacilitator().refusal('ValueContribution', cost)).toBe('NOT_A_PARTY');
  });

  it('volunteer time may be booked by its provider too, and one contribution by one partner only', () => {
    const { scene, contributionId } = acknowledged(hours, '10');
    const booked = (bookedById: Id) => ({ ...cvn, contributionId, bookedById, value: '120.2', rate: '12.02' });
    expect(scene.by(B).refusal('ValueContribution', booked(B))).toBeUndefined();
    expect(scene.by(C).when('ValueContribution', booked(C))).toMatchObject({
      ...{ refused: 'ALREADY_BOOKED', pointer: '/bookedById' },
    });
    expect(scene.by(B).refusal('ValueContribution', booked(B))).toBeUndefined();
    expect(scene.by(A).refusal('ValueContribution', booked(A))).toBe('NOT_BOOKING_PARTNER');
  });

  it('the latest value of a basis counts, and is stale once another amount is acknowledged', () => {
    const { scene, contributionId } = acknowledged(goods, '10');
    const value = { ...cvn, contributionId, bookedById: C };
    scene.make('ValueContribution', value);
    scene.make('ValueContribution', { ...value, value: '900' });
    const counted = () => {
      const fact = scene.state.contributions.get(contributionId)?.fact;
      if (!fact) throw new Error('no contribution');
      const found = countedValuation(fact, 'cvn', bucketsOf(fact).acknowledged);
      return [found?.valuation.value, found?.stale];
    };
    expect(counted()).toEqual(['900', false]);
    scene.make('AcknowledgeContribution', { contributionId, amount: '2' });
    expect(counted()).toEqual(['900', true]);
    expect(scene.refusal('ValueContribution', value)).toBe('NOT_ACKNOWLEDGED_AMOUNT');
  });
});

describe('AdoptValuationScale', () => {
  const decisionId = idOf('decision');
  const scale = {
    decisionId,
    validFrom: '2026-01-01',
    currency: 'EUR',
    lines: [{ kind: 'goods', unit: 'piece', rate: '110' }],
  } as const;
  const start = (): Scene => {
    const scene = given().on('2026-01-10').byFacilitator();
    scene.neighbours.decisions.set(decisionId, { type: 'resource-call', status: 'in-force' });
    return scene;
  };

  it('is adopted by a decision in force, recorded by the facilitator or a proposer', () => {
    const scene = start();
    expect(scene.as({ kind: 'citizen', person: idOf('p') }).refusal('AdoptValuationScale', scale)).toBe(
      'POWER_MISSING',
    );
    scene.by(A).neighbours.powers.set(A, ['speak', 'commit']);
    expect(scene.refusal('AdoptValuationScale', scale)).toBe('POWER_MISSING');
    expect(scene.by(B).refusal('AdoptValuationScale', { ...scale, decisionId: idOf('Z') })).toBe('DECISION_REQUIRED');
    scene.neighbours.decisions.set(decisionId, { type: 'resource-call', status: 'pending' });
    expect(scene.refusal('AdoptValuationScale', scale)).toBe('DECISION_REQUIRED');
    scene.neighbours.decisions.set(decisionId, { type: 'resource-call', status: 'in-force' });
    expect(scene.refusal('AdoptValuationScale', scale)).toBeUndefined();
  });

  it('in versions without gap, each beginning later than the one before', () => {
    const scene = start();
    const more = (validFrom: string, more: object = {}) => ({ ...scale, validFrom, ...more });
    scene.make('AdoptValuationScale', scale);
    const refused = (args: typeof scale) => scene.when('AdoptValuationScale', args);
    expect(refused(scale)).toMatchObject({ refused: 'NOT_LATER', pointer: '/validFrom' });
    const ended = { refused: 'DATE_INVALID', pointer: '/validTo' };
    expect(refused(more('2026-07-01', { validTo: '2026-06-30' }) as typeof scale)).toMatchObject(ended);
    scene.make('AdoptValuationScale', more('2026-07-01', { validTo: '2026-07-01' }));
    expect(scene.state.scales.map(({ version, validFrom }) => [version, validFrom])).toEqual([
      [1, '2026-01-01'],
      [2, '2026-07-01'],
    ]);
  });

  it.each([
    [{ kind: 'money', unit: 'EUR', rate: '1' }, 'NOT_VALUABLE', '/lines/1/kind'],
    [{ kind: 'guarantee', unit: 'EUR', rate: '1' }, 'NOT_VALUABLE', '/lines/1/kind'],
    [{ kind: 'goods', unit: 'hour', rate: '1' }, 'UNIT_NOT_ALLOWED', '/lines/1/unit'],
    [{ kind: 'goods', unit: 'piece', rate: '0' }, 'AMOUNT_INVALID', '/lines/1/rate'],
    [{ kind: 'goods', unit: 'piece', rate: '2' }, 'LIMIT_EXCEEDED', '/lines/1'],
  ] as const)('%j is refused %s at %s', (line, refused, pointer) => {
    const answer = start().when('AdoptValuationScale', { ...scale, lines: [...scale.lines, line] });
    expect(answer).toMatchObject({ refused, pointer });
  });
});

describe('the alliance scale', () => {
  const place = { at: '', seq: 0, index: 0, day: '2026-01-01' };
  const version = (number: number, validFrom: string, rate: string, validTo?: string) => ({
    ...place,
    scaleId: idOf(`scale ${String(number)}`),
    version: number,
    decisionId: idOf('decision'),
    validFrom,
    ...(validTo === undefined ? {} : { validTo }),
    currency: 'EUR',
    lines: [
      { kind: 'skills' as const, unit: 'hour', rate },
      { kind: 'skills' as const, unit: 'hour', level: 3, rate: '100' },
    ],
  });
  const scales = [version(1, '2026-01-01', '45'), version(2, '2026-07-01', '50', '2026-12-31')];
  const skills = { kind: 'skills', unit: 'hour' } as const;
  const worth = (fact: Partial<Parameters<typeof scaleValue>[0]> & { readonly day: string }) => {
    const value = scaleValue({ ...skills, ...fact }, 2000n, scales);
    return typeof value === 'string' ? value : formatAmount(value.value);
  };

  it('two hours on both sides of a change have two rates, one contribution spanning it has none', () => {
    expect([worth({ day: '2026-06-30' }), worth({ day: '2026-07-01' })]).toEqual(['90', '100']);
    expect(worth({ day: '2026-07-01', occurredFrom: '2026-06-30' })).toBe('scale-changes-in-period');
    expect(worth({ day: '2026-07-02', occurredFrom: '2026-07-01' })).toBe('100');
  });

  it('takes the exact level, else the rate without level, else none', () => {
    expect(worth({ day: '2026-02-01', level: 3 })).toBe('200');
    expect(worth({ day: '2026-02-01', level: 4 })).toBe('90');
    expect(worth({ day: '2026-02-01', unit: 'day' })).toBe('no-rate');
  });

  it('has no scale before its first version and after its own end', () => {
    expect([worth({ day: '2025-12-31' }), worth({ day: '2027-01-01' })]).toEqual(['no-scale', 'no-scale']);
  });
});
