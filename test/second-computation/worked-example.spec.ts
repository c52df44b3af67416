import { viewAt } from './events.js';
import { secondAccounts, secondNeeds, secondStatement } from './views.js';
import { secondBalance, secondStatuses, secondWhoBringsWhat } from './over-partners.js';
import type { Edition } from './views.js';
import { knownOn, WORKED_EXAMPLE } from './worked-example.js';
import { secondCeiling, secondValues } from './worth.js';

const HEAD = WORKED_EXAMPLE.length;
const COLUMNS = [
  ...['pledged', 'committed', 'called', 'released', 'fulfilled', 'open', 'over', 'inDefault', 'spontaneous'],
  ...['given', 'awaiting', 'contested'],
];

function at(trueOn: string, knownAt = HEAD) {
  return viewAt(WORKED_EXAMPLE, trueOn, knownAt);
}

/** Rows as the page prints them. */
function rows(partnerId: string, trueOn: string, knownAt = HEAD): readonly string[] {
  return secondStatement(at(trueOn, knownAt), partnerId).rows.map((row) => {
    const figures: Readonly<Record<string, string | undefined>> = row;
    return [row.kind, row.unit, ...COLUMNS.map((column) => figures[column])].join(' ');
  });
}

describe('the second computation of the worked example (part 2, 2.7)', () => {
  it.each([
    ['A', ['money EUR 0 2000 0 0 1500 500 0 500 0 1500 0 0', 'premises-use day 0 60 0 15 45 0 0 0 0 45 0 0']],
    ['B', ['goods piece 0 12 0 0 10 2 0 2 0 10 0 2', 'skills hour 20 80 0 0 85 0 5 0 0 85 5 0']],
    ['C', ['volunteer-time hour 0 240 0 0 210 30 0 0 0 210 0 0']],
    ['D', ['money EUR 1000 5000 3000 0 7000 1000 0 0 0 7000 0 0', 'skills hour 0 0 0 0 0 0 0 0 6 6 0 0']],
  ])('gives the statement of %s', (partnerId, expected) => {
    expect(rows(partnerId, '2026-06-30')).toEqual(expected);
  });

  it('gives the guarantee of D and what C received', () => {
    expect(secondStatement(at('2026-06-30'), 'D').guarantees).toEqual([
      {
        ...{ guaranteeId: 'G1', status: 'partly-called', currency: 'EUR', cap: '8000', called: '3000' },
        ...{ paid: '2000', released: '0', exposure: '5000' },
      },
    ]);
    expect(secondStatement(at('2026-06-30'), 'C').received.map((row) => Object.values(row).join(' '))).toEqual([
      ...['money EUR 8500', 'goods piece 10', 'premises-use day 45', 'skills hour 91', 'volunteer-time hour 210'],
    ]);
  });

  it('is in default from the day after, and pending before the ratification', () => {
    expect(rows('D', '2026-07-01')[0]).toBe('money EUR 1000 5000 3000 0 7000 1000 0 1000 0 7000 0 0');
    expect(rows('C', '2026-07-01')).toEqual(['volunteer-time hour 0 240 0 0 210 30 0 30 0 210 0 0']);
    expect(secondStatement(at('2026-02-10'), 'A').rows[0]).toMatchObject({ pending: '2000', pledged: '0', open: '0' });
  });

  it('tells what was known from what was true', () => {
    const known = (day: string) => secondStatement(at('2026-03-31', knownOn(day)), 'C').rows[0];
    expect(known('2026-04-10')).toMatchObject({ fulfilled: '130', open: '110' });
    expect(known('2026-06-30')).toMatchObject({ fulfilled: '120', open: '120' });
  });

  it('gives the needs', () => {
    const needs = secondNeeds(at('2026-06-30')) as readonly Readonly<Record<string, string>>[];
    const names = ['requestId', 'requested', 'pledged', 'committed', 'covered', 'uncovered'];
    expect(needs.map((one) => names.map((name) => one[name]).join(' '))).toEqual([
      ...['N1 10000 1000 7000 7000 3000', 'N2 300 0 240 240 60', 'N3 60 0 45 45 15', 'N4 80 20 80 91 0'],
      'N5 20 0 12 12 8',
    ]);
  });

  it.each<readonly [Edition, string, string]>([
    ['ANC-2018-06', '860 950 8611 3622.5 862 4095 864 2524.2', '870 950 871 7717.5 875 2524.2'],
    ['CRC-99-01', '860 950 861 3622.5 862 4095 864 2524.2', '870 2524.2 871 7717.5 875 950'],
    ['CERFA-12156', '860 950 861 3623 862 4095 864 2524', '870 2524 871 7718 875 950'],
  ])('gives the accounts of C in %s', (edition, uses, sources) => {
    const asked = { partnerId: 'C', from: '2026-01-01', to: '2026-12-31', edition };
    const accounts = secondAccounts(at('2026-06-30'), asked);
    const printed = (side: 'uses' | 'sources') =>
      accounts[side].map(({ account, value }) => `${account} ${value}`).join(' ');
    expect([printed('uses'), printed('sources'), accounts.stale]).toEqual([uses, sources, []]);
  });

  it('gives who brings what', () => {
    const { rows, totals, guarantees } = secondWhoBringsWhat(at('2026-06-30'));
    expect(totals.map((cell) => Object.values(cell).join(' '))).toEqual([
      ...['money EUR 1000 10000 1500 8500', 'goods piece 0 12 2 10', 'premises-use day 0 60 0 45'],
      ...['skills hour 20 80 0 91', 'volunteer-time hour 0 240 30 210'],
    ]);
    expect(rows.map(({ partnerId }) => partnerId)).toEqual(['A', 'B', 'C', 'D']);
    expect(rows[3]?.cells[0]).toEqual({
      ...{ kind: 'money', unit: 'EUR', pledged: '1000', committed: '8000', open: '1000', given: '7000' },
    });
    expect(guarantees).toEqual(['G1']);
  });

  it('gives the balance by quarter', () => {
    const told = secondBalance(at('2026-06-30'), 'quarter', 6000).map(
      ({ kind, period, total, partners, flag, cumulated }) => {
        const shares = (of: typeof partners) => of.map(({ partnerId, shareBp }) => `${partnerId} ${String(shareBp)}`);
        return [kind, period, total, ...shares(partners), flag, cumulated.total, ...shares(cumulated.partners)].join(
          ' ',
        );
      },
    );
    expect(told).toEqual([
      'money 2026-Q1 5000 D 10000  5000 D 10000',
      'money 2026-Q2 3500 A 4286 D 5714  8500 A 1765 D 8235',
      'goods 2026-Q1 10 B 10000  10 B 10000',
      'premises-use 2026-Q1 25 A 10000  25 A 10000',
      'premises-use 2026-Q2 20 A 10000  45 A 10000',
      'skills 2026-Q1 30 B 10000  30 B 10000',
      'skills 2026-Q2 61 B 9016 D 984 concentrated 91 B 9341 D 659',
      'volunteer-time 2026-Q1 120 C 10000  120 C 10000',
      'volunteer-time 2026-Q2 90 C 10000  210 C 10000',
    ]);
  });

  it('gives the values by the scale', () => {
    const values = ['A', 'B', 'C', 'D'].flatMap((partnerId) =>
      secondValues(at('2026-06-30'), partnerId, 'alliance-scale').flatMap(({ contributionId, value }) =>
        value ? [`${contributionId} ${String(value['value'])}`] : [],
      ),
    );
    expect(values.sort()).toEqual([
      ...['X1 1100', 'X10 1081.8', 'X11 270', 'X3 1442.4', 'X4 1350', 'X5 2012.5', 'X7 1610', 'X9 2475'],
    ]);
  });

  it('gives the shown status of each obligation', () => {
    const told = secondStatuses(at('2026-06-30')).map(({ obligationId, status }) => `${obligationId} ${status}`);
    expect(told).toEqual([
      ...['K6 defaulted', 'K1 fulfilled', 'K4 defaulted', 'K2 fulfilled', 'K3 fulfilled', 'K5 partly-fulfilled'],
      'L1 partly-fulfilled',
    ]);
    expect(secondStatuses(at('2026-02-10')).find(({ obligationId }) => obligationId === 'K4')?.status).toBe('pending');
  });

  it.each([
    ['3000', undefined, ['0', '2400', '2400']],
    ['3000', '600', ['600', '2880', '2880']],
    ['1000', '600', ['600', '1280', '1000']],
  ])('gives the ceiling of cost %s with %s of values (2.5)', (cost, value, expected) => {
    const gift = { contributionId: 'X', attestorId: 'C', kind: 'skills', unit: 'hour', amount: '1', fulfils: [] };
    const terms = { valuationId: 'V', contributionId: 'X', basis: 'cvn', amount: '1', currency: 'EUR', value };
    const events = [
      { seq: 1, on: '2026-01-10', type: 'ContributionDeclared', data: gift },
      { seq: 2, on: '2026-01-10', type: 'ContributionAcknowledged', data: { contributionId: 'X', amount: '1' } },
      { seq: 3, on: '2026-01-10', type: 'ContributionValued', data: terms },
    ].slice(0, value === undefined ? 2 : 3);
    const asked = { cost, num: 80, den: 100, currency: 'EUR', decisionId: undefined };
    expect(Object.values(secondCeiling(viewAt(events, '2026-06-30', 9), asked))).toEqual(expected);
  });
});
