import { viewAt } from './events.js';
import { secondAccounts, secondNeeds, secondStatement } from './views.js';
import type { Edition } from './views.js';
import { knownOn, WORKED_EXAMPLE } from './worked-example.js';

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
});
