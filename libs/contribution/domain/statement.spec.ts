import { parseAmount } from '#contracts';
import type { Day, Id } from '#kernel';
import { A, B, C, given, idOf } from '../testing/scene.js';
import type { Scene } from '../testing/scene.js';
import { bucketsOf, declaredOf } from './buckets.js';
import { NO_FACTS } from './facts.js';
import type { Movement, ScaleFact } from './facts.js';
import type { OwedFact } from './obligations.js';
import { dueOnAt, obligationAt, owedByCommitment, releasedBy, shownStatus } from './obligations.js';
import { readAt, recordedBefore } from './reading.js';
import { statementOf } from './statement.js';
import { hasAccounts, isValuable, rateOf, scaleOn } from './valuation.js';
import { valueShown } from './values-shown.js';

const parties = { kind: 'skills', unit: 'hour', providerId: B, receiverId: C, attestorId: C } as const;
const terms = { ...parties, amount: '10', obligation: 'means', dueOn: '2026-03-31' } as const;
const place = { at: '', seq: 0, index: 0 };

describe('the buckets of a contribution', () => {
  const after = (...movements: readonly object[]) => {
    const placed = movements.map((movement) => ({ ...place, ...movement }) as unknown as Movement);
    const { awaiting, acknowledged, contested } = bucketsOf({ amount: '10', movements: placed });
    return [awaiting, acknowledged, contested].map((amount) => Number(amount) / 1000);
  };
  const acknowledged = { type: 'acknowledged', amount: '4' };
  const contested = { type: 'contested', amount: '3', from: 'awaiting' };
  const cut = (delta: string) => ({ type: 'corrected', delta, correctionId: idOf('cut') });

  it('everything declared is awaiting, until it is acknowledged or contested', () => {
    expect(after()).toEqual([10, 0, 0]);
    expect(after(acknowledged)).toEqual([6, 4, 0]);
    expect(after(acknowledged, contested)).toEqual([3, 4, 3]);
    expect(after(acknowledged, { ...contested, from: 'acknowledged' })).toEqual([6, 1, 3]);
  });

  it('a contestation that is lifted is acknowledged', () => {
    expect(after(acknowledged, contested, { type: 'lifted', amount: '2' })).toEqual([3, 6, 1]);
  });

  it('a raise is awaiting, a cut takes from awaiting, then contested, then acknowledged', () => {
    expect(after(acknowledged, contested, cut('5'))).toEqual([8, 4, 3]);
    expect(after(acknowledged, contested, cut('-2'))).toEqual([1, 4, 3]);
    expect(after(acknowledged, contested, cut('-3'))).toEqual([0, 4, 3]);
    expect(after(acknowledged, contested, cut('-5'))).toEqual([0, 4, 1]);
    expect(after(acknowledged, contested, cut('-8'))).toEqual([0, 2, 0]);
  });

  it('what is declared is the sum of the three', () => {
    expect(declaredOf({ awaiting: 1n, acknowledged: 20n, contested: 300n })).toBe(321n);
  });
});

describe('the figures of an obligation', () => {
  const stamp = (day: Day) => ({ ...place, day });
  const owed: OwedFact = {
    ...stamp('2026-01-01'),
    obligationId: idOf('k'),
    kind: 'skills',
    unit: 'hour',
    amount: '10',
    providerId: B,
    dueOn: '2026-03-31',
    releases: [
      { ...stamp('2026-02-01'), amount: '2' },
      { ...stamp('2026-04-01'), amount: '1' },
    ],
    reschedulings: [
      { ...stamp('2026-02-10'), dueOn: '2026-04-30' },
      { ...stamp('2026-03-10'), dueOn: '2026-05-31' },
    ],
  };
  const at = (trueOn: Day, shares: readonly (readonly [Day, string])[] = []) =>
    obligationAt(
      owed,
      shares.map(([day, amount]) => ({ day, amount: parseAmount(amount) ?? 0n })),
      trueOn,
    );

  it('the due date and the releases are those of the day', () => {
    const days = ['2026-02-09', '2026-02-10', '2026-03-10'];
    expect(days.map((day) => dueOnAt(owed, day))).toEqual(['2026-03-31', '2026-04-30', '2026-05-31']);
    expect(['2026-01-31', '2026-02-01', '2026-04-01'].map((day) => releasedBy(owed, day))).toEqual([0n, 2000n, 3000n]);
  });

  it('what is neither released nor fulfilled is open, in default from the day after it was due', () => {
    const figures = { amount: 10_000n, released: 2000n, fulfilled: 3000n, open: 5000n, over: 0n, late: false };
    expect(at('2026-03-30', [['2026-03-01', '3']])).toMatchObject({ ...figures, inDefault: 0n, dueOn: '2026-05-31' });
    expect(at('2026-05-31').inDefault).toBe(0n);
    expect(at('2026-06-01')).toMatchObject({ released: 3000n, open: 7000n, inDefault: 7000n });
  });

  it('more than was owed is over, and nothing is open', () => {
    expect(at('2026-03-30', [['2026-03-01', '9']])).toMatchObject({ open: 0n, over: 1000n, late: false });
  });

  it('is late when nothing is open, but something was on the due day', () => {
    expect(at('2026-07-01', [['2026-05-31', '7']]).late).toBe(false);
    expect(at('2026-07-01', [['2026-06-01', '7']]).late).toBe(true);
    const inParts = [
      ['2026-05-31', '6'],
      ['2026-06-01', '1'],
    ] as const;
    expect(at('2026-07-01', inParts).late).toBe(true);
    expect(at('2026-07-01', [['2026-06-01', '6']]).late).toBe(false);
  });

  it('the shown status is the first that applies', () => {
    const status = (fulfilled: bigint, open: bigint, inDefault = 0n) => shownStatus({ fulfilled, open, inDefault });
    expect([status(0n, 0n), status(1n, 0n), status(0n, 2n, 2n), status(1n, 2n, 2n)]).toEqual([
      ...['released', 'fulfilled', 'defaulted', 'defaulted'],
    ]);
    expect([status(1n, 2n), status(0n, 2n)]).toEqual(['partly-fulfilled', 'in-force']);
    expect(shownStatus({ fulfilled: 0n, open: 0n, inDefault: 0n }, 'pending')).toBe('pending');
    expect(shownStatus({ fulfilled: 0n, open: 0n, inDefault: 0n }, 'refused')).toBe('refused');
  });
});

/** B promised ten hours and gave four of them, and two of its own accord. */
function promised(): { scene: Scene; commitmentId: Id } {
  const scene = given().on('2026-02-10').by(B);
  scene.make('MakePledge', { kind: 'skills', unit: 'hour', providerId: B, amount: '5' });
  const commitmentId = scene.make('MakeCommitment', terms);
  const kept = { ...parties, amount: '4', fulfils: [{ obligationId: commitmentId, amount: '4' }] };
  const contributionId = scene.on('2026-02-20').make('DeclareContribution', kept);
  scene.by(C).make('AcknowledgeContribution', { contributionId, amount: '4' });
  const gift = { ...parties, kind: 'goods', unit: 'piece', amount: '2' } as const;
  scene.by(B).make('DeclareContribution', gift);
  return { scene, commitmentId };
}

describe('the statement of a partner', () => {
  it('has a line for each kind and unit on which a figure is not nothing, and no line of another partner', () => {
    const { scene } = promised();
    const { rows } = statementOf(scene.facts, B, '2026-02-20');
    const hours = {
      kind: 'skills',
      unit: 'hour',
      pledged: '5',
      committed: '10',
      fulfilled: '4',
      open: '6',
      given: '4',
    };
    const pieces = { kind: 'goods', unit: 'piece', given: '0', awaiting: '2', spontaneous: '0', open: '0' };
    expect(rows).toHaveLength(2);
    expect(rows).toMatchObject([pieces, hours]);
    expect(statementOf(scene.facts, A, '2026-02-20')).toEqual({
      ...{ partnerId: A, rows: [], pledges: [], obligations: [], contributions: [], received: [], guarantees: [] },
    });
  });

  it('what was acknowledged is received by its receiver, what awaits is not', () => {
    const { scene } = promised();
    const { received, rows } = statementOf(scene.facts, C, '2026-02-20');
    expect([received, rows]).toEqual([[{ kind: 'skills', unit: 'hour', acknowledged: '4' }], []]);
  });

  it('says nothing of what is after its day', () => {
    const { scene } = promised();
    expect(statementOf(scene.facts, B, '2026-02-09').rows).toEqual([]);
    const [row] = statementOf(scene.facts, B, '2026-02-19').rows;
    expect(row).toMatchObject({ pledged: '5', committed: '10', fulfilled: '0', given: '0' });
  });

  it('a commitment that waits for ratification is pending and nobody owes it', () => {
    const scene = given().on('2026-02-10').by(B);
    scene.make('MakeCommitment', { ...terms, adReferendum: true, ratifyBy: '2026-03-01' });
    const { rows, obligations } = statementOf(scene.facts, B, '2026-02-28');
    expect(rows).toMatchObject([{ pending: '10', committed: '0', open: '0' }]);
    expect(obligations).toMatchObject([{ status: 'pending' }]);
    const later = statementOf(scene.facts, B, '2026-03-02');
    expect([later.rows, later.obligations]).toMatchObject([[], [{ status: 'refused' }]]);
    expect(statementOf(scene.facts, C, '2026-02-28')).toMatchObject({ rows: [], obligations: [] });
  });

  it('has the guarantees that the partner gave, and of them what was there on the day', () => {
    const call = { ...place, day: '2026-03-10', callId: idOf('call'), amount: '30', dueOn: '2026-04-01' };
    const guarantee = {
      ...{ ...place, day: '2026-03-01', guaranteeId: idOf('g'), obligorId: B, debtorId: C, currency: 'EUR' },
      ...{ principal: '100', cap: '50', share: { num: 1, den: 2 }, termOn: '2026-12-31', adReferendum: false },
      ...{ entered: { ...place, day: '2026-03-01' }, calls: [call], releases: [] },
    };
    const of = (partnerId: Id, day: Day) => statementOf({ ...NO_FACTS, guarantees: [guarantee] }, partnerId, day);
    expect(of(B, '2026-02-28').guarantees).toEqual([]);
    expect(of(B, '2026-03-09')).toMatchObject({ rows: [], obligations: [], guarantees: [{ called: '0' }] });
    expect(of(B, '2026-03-10')).toMatchObject({ rows: [{ called: '30', committed: '0', open: '30' }] });
    expect(of(C, '2026-03-10')).toMatchObject({ rows: [], obligations: [], guarantees: [] });
  });

  it('lists contributions in the order of the ledger', () => {
    const { scene } = promised();
    const turned = { ...scene.facts, contributions: [...scene.facts.contributions].reverse() };
    const kinds = statementOf(turned, B, '2026-02-20').contributions.map(({ kind }) => kind);
    expect(kinds).toEqual(['skills', 'goods']);
  });
});

describe('what was known before an instant', () => {
  it('leaves out what was recorded at it and behind it, the parts of a fact too', () => {
    const { scene, commitmentId } = promised();
    const scenes = [scene.facts];
    const instant = scene.on('2026-02-25').at;
    scene.by(C).make('ReleaseCommitment', { commitmentId, amount: '1', reason: 'agreement' });
    scene.make('RescheduleCommitment', { commitmentId, dueOn: '2026-04-30' });
    const [pledge] = scene.facts.pledges;
    const [, gift] = scene.facts.contributions;
    scene.by(B).make('WithdrawPledge', { pledgeId: pledge?.pledgeId ?? idOf('none') });
    scene.by(C).make('AcknowledgeContribution', { contributionId: gift?.contributionId ?? idOf('none'), amount: '2' });
    expect(recordedBefore(scene.facts, instant)).toEqual(scenes[0]);
    expect(recordedBefore(scene.facts, '9999-01-01T00:00:00.000Z')).toEqual(scene.facts);
    expect(recordedBefore(scene.facts, '2026-01-01T00:00:00.000Z')).toEqual(given().facts);
  });

  it('takes a ratification with it, or the refusal of one', () => {
    const scene = given().on('2026-02-10').by(B);
    const waits = { ...terms, adReferendum: true, ratifyBy: '2026-03-01' } as const;
    const [ratified, refused] = [scene.make('MakeCommitment', waits), scene.make('MakeCommitment', waits)];
    const before = scene.facts;
    const instant = scene.on('2026-02-12').at;
    scene.make('RatifyCommitment', { commitmentId: ratified, ratifiedOn: '2026-02-12' });
    scene.make('RefuseCommitmentRatification', { commitmentId: refused });
    expect(recordedBefore(scene.facts, instant)).toEqual(before);
    expect(recordedBefore(scene.facts, scene.on('2026-02-13').at)).toEqual(scene.facts);
  });
});

describe('values in a statement', () => {
  const scale = {
    ...{ ...place, day: '2026-01-01', scaleId: idOf('s'), decisionId: idOf('d'), currency: 'EUR' },
    ...{ version: 1, validFrom: '2026-01-01', lines: [{ kind: 'skills' as const, unit: 'hour', rate: '45' }] },
  };
  const hours = () => {
    const { scene } = promised();
    const [given] = readAt(scene.facts, '2026-02-20').given;
    if (!given) throw new Error('nothing given');
    return { facts: scene.facts, given };
  };
  const recorded = (amount: string) => ({
    ...{ ...place, valuationId: idOf('v'), basis: 'donor-cost' as const, method: 'actual-cost' as const, amount },
    ...{ currency: 'EUR', value: '120' },
  });

  it('are shown on the basis that is asked for, and only then', () => {
    const { facts } = hours();
    const shown = (basis?: 'alliance-scale' | 'donor-cost', day = '2026-02-20') =>
      statementOf({ ...facts, scales: [scale] }, B, day, basis).contributions.map(({ value }) => value);
    expect(shown()).toEqual([undefined, undefined]);
    expect(shown('alliance-scale')).toEqual([{ basis: 'alliance-scale', value: '180', currency: 'EUR' }, undefined]);
    expect(shown('donor-cost')).toEqual([undefined, undefined]);
    const later = { ...facts, scales: [{ ...scale, day: '2026-02-21' }] };
    const [first] = statementOf(later, B, '2026-02-20', 'alliance-scale').contributions;
    expect(first?.value).toEqual({ basis: 'alliance-scale', missing: 'no-scale' });
    expect(Object.keys(statementOf(facts, B, '2026-02-20').contributions[0] ?? {})).not.toContain('value');
  });

  it('one that values another amount is stale', () => {
    const { given } = hours();
    const on = (amount: string) =>
      valueShown({ ...given, fact: { ...given.fact, valuations: [recorded(amount)] } }, 'donor-cost', { scales: [] });
    expect(on('4')).toEqual({ basis: 'donor-cost', value: '120', currency: 'EUR' });
    expect(on('3')).toEqual({ basis: 'donor-cost', value: '120', currency: 'EUR', stale: true });
    expect(valueShown(given, 'donor-cost', { scales: [] })).toBeUndefined();
  });

  it('nothing has a value that is money, a guarantee, or not acknowledged', () => {
    const { given } = hours();
    const money = { ...given, fact: { ...given.fact, kind: 'money' as const, valuations: [recorded('4')] } };
    expect(valueShown(money, 'donor-cost', { scales: [] })).toBeUndefined();
    const none = { ...given, buckets: { ...given.buckets, acknowledged: 0n } };
    expect(valueShown(none, 'alliance-scale', { scales: [scale] })).toBeUndefined();
    expect(['money', 'guarantee', 'goods'].map(isValuable)).toEqual([false, false, true]);
    expect(['goods', 'knowledge', 'no kind'].map(hasAccounts)).toEqual([true, false, false]);
  });

  it('a scale begins and ends on its days, the newest version begun counts, whatever the order', () => {
    const ended = { ...scale, validTo: '2026-06-30' };
    const second = { ...scale, version: 2, validFrom: '2026-07-01' };
    const on = (day: Day, scales: readonly ScaleFact[] = [ended]) => scaleOn(scales, day)?.version;
    expect(['2025-12-31', '2026-01-01', '2026-06-30', '2026-07-01'].map((day) => on(day))).toEqual([
      ...[undefined, 1, 1, undefined],
    ]);
    for (const scales of [
      [scale, second],
      [second, scale],
    ])
      expect([on('2026-06-30', scales), on('2026-07-01', scales)]).toEqual([1, 2]);
  });

  it('a rate is read whole or not at all', () => {
    expect(['1.5', '1.', 'x1', '1x', '1.0000001', '-1'].map(rateOf)).toEqual([1_500_000n, 0n, 0n, 0n, 0n, 0n]);
  });
});

describe('the reading of a day', () => {
  it('a commitment made as ratified counts for its obligation by its own id', () => {
    const { scene, commitmentId } = promised();
    const [commitment] = scene.facts.commitments;
    if (!commitment) throw new Error('no commitment');
    expect(owedByCommitment(commitment).obligationId).toBe(commitmentId);
    const { obligations } = readAt(scene.facts, '2026-02-20');
    expect(obligations.map(({ fact, fulfilled }) => [fact.obligationId, fulfilled])).toEqual([[commitmentId, 4000n]]);
  });
});
