import { A, B, C, D, idOf } from '../testing/scene.js';
import { askAsOf, askLive, entriesOf } from '../testing/entries.js';
import { WorkedExample } from '../testing/worked-example.js';
import { STATEMENT_COLUMNS } from '../domain/statement.js';
import type { StatementRow } from '../domain/statement.js';
import { accountsView } from './accounts.view.js';
import { balanceView } from './balance.view.js';
import { fundingCeilingView } from './funding-ceiling.view.js';
import { guaranteesView } from './guarantees.view.js';
import { needsView } from './needs.view.js';
import { obligationsView } from './obligations.view.js';
import { awaitingReceiptView, toAttestView } from './receipts.view.js';
import { partnerStatement } from './partner-statement.view.js';
import { whoBringsWhatView } from './who-brings-what.view.js';

const example = new WorkedExample();
const entries = entriesOf(example.scene);
const head = entries.length - 1;
const knownOn = (day: string): number => entries.findLastIndex(({ at }) => at.slice(0, 10) <= day);

const statement = (partnerId: typeof A, trueOn: string, knownAt = head) =>
  askAsOf(partnerStatement, { partnerId }, entries, { trueOn, knownAt });

const COLUMNS = [
  'pledged',
  'committed',
  'called',
  'released',
  'fulfilled',
  'open',
  'over',
  'inDefault',
  'spontaneous',
  'given',
  'awaiting',
  'contested',
] as const;
const shown = (rows: readonly StatementRow[]): string[] =>
  rows.map((row) => `${row.kind} ${row.unit}: ${COLUMNS.map((column) => row[column]).join(' ')}`);

const asked = (trueOn = '2026-06-30', knownAt = head) => ({ trueOn, knownAt });

describe('the worked example of part 2, 2.7, true on 2026-06-30', () => {
  it.each([
    ['A', A, ['money EUR: 0 2000 0 0 1500 500 0 500 0 1500 0 0', 'premises-use day: 0 60 0 15 45 0 0 0 0 45 0 0']],
    ['B', B, ['goods piece: 0 12 0 0 10 2 0 2 0 10 0 2', 'skills hour: 20 80 0 0 85 0 5 0 0 85 5 0']],
    ['C', C, ['volunteer-time hour: 0 240 0 0 210 30 0 0 0 210 0 0']],
    ['D', D, ['money EUR: 1000 5000 3000 0 7000 1000 0 0 0 7000 0 0', 'skills hour: 0 0 0 0 0 0 0 0 6 6 0 0']],
  ])('statement of %s', async (_name, partnerId, rows) => {
    const { rows: own } = await statement(partnerId, '2026-06-30');
    expect(shown(own)).toEqual(rows);
    expect(own.map(({ pending }) => pending)).toEqual(rows.map(() => '0'));
  });

  it('the guarantee of D, off balance sheet', async () => {
    const figures = { cap: '8000', called: '3000', paid: '2000', released: '0', exposure: '5000' };
    const { guarantees } = await statement(D, '2026-06-30');
    expect(guarantees).toMatchObject([{ guaranteeId: example.id('G1'), status: 'partly-called', ...figures }]);
    const listed = await askAsOf(guaranteesView, {}, entries, asked());
    expect(listed.guarantees).toEqual(guarantees.map((one) => ({ ...one, warning: null })));
    expect((await askAsOf(guaranteesView, { partnerId: B }, entries, asked())).guarantees).toEqual([]);
  });

  it('what C received', async () => {
    const { received } = await statement(C, '2026-06-30');
    expect(received.map(({ kind, unit, acknowledged }) => `${kind} ${unit} ${acknowledged}`)).toEqual([
      'money EUR 8500',
      'goods piece 10',
      'premises-use day 45',
      'skills hour 91',
      'volunteer-time hour 210',
    ]);
  });

  it('the due day itself is never in default, the day after is', async () => {
    expect((await statement(C, '2026-06-30')).rows[0]?.inDefault).toBe('0');
    expect((await statement(C, '2026-07-01')).rows[0]?.inDefault).toBe('30');
    expect((await statement(D, '2026-07-01')).rows[0]?.inDefault).toBe('1000');
  });

  it('before its ratification the promise of A is pending, its pledge taken', async () => {
    const nothing = Object.fromEntries(STATEMENT_COLUMNS.map((column) => [column, '0']));
    const row = { ...nothing, pending: '2000', kind: 'money', unit: 'EUR' };
    expect((await statement(A, '2026-02-10')).rows).toContainEqual(row);
  });

  it('what was true on a day is shown as then known or as known now', async () => {
    const asKnown = async (day: string) => (await statement(C, '2026-03-31', knownOn(day))).rows[0];
    expect(await asKnown('2026-04-10')).toMatchObject({ fulfilled: '130', open: '110' });
    expect(await asKnown('2026-06-30')).toMatchObject({ fulfilled: '120', open: '120' });
  });

  it('obligations, pledges and contributions show their status', async () => {
    const of = async (partnerId: typeof A) => {
      const { obligations, pledges, contributions } = await statement(partnerId, '2026-06-30');
      return {
        obligations: obligations.map(({ obligationId, status, late }) => [obligationId, status, late]),
        pledges: pledges.map(({ pledgeId, status }) => [pledgeId, status]),
        contributions: contributions.map(({ contributionId, status }) => [contributionId, status]),
      };
    };
    const id = (name: string) => example.id(name);
    expect(await of(A)).toEqual({
      obligations: [
        [id('K4'), 'defaulted', false],
        [id('K3'), 'fulfilled', false],
      ],
      pledges: [[id('P3'), 'converted']],
      contributions: [
        [id('X5'), 'acknowledged'],
        [id('X8'), 'acknowledged'],
        [id('X7'), 'acknowledged'],
      ],
    });
    expect(await of(B)).toEqual({
      obligations: [
        [id('K6'), 'defaulted', false],
        [id('K2'), 'fulfilled', false],
      ],
      pledges: [[id('P2'), 'standing']],
      contributions: [
        [id('X1'), 'contested'],
        [id('X4'), 'acknowledged'],
        [id('X9'), 'awaiting'],
      ],
    });
    expect((await of(C)).obligations).toEqual([[id('K5'), 'partly-fulfilled', false]]);
    expect((await of(D)).obligations).toEqual([
      [id('K1'), 'fulfilled', false],
      [id('L1'), 'partly-fulfilled', false],
    ]);
    const all = await askAsOf(obligationsView, {}, entries, asked());
    expect(all.obligations).toHaveLength(7);
    const own = await askAsOf(obligationsView, { partnerId: B }, entries, asked());
    expect(own.obligations).toEqual((await statement(B, '2026-06-30')).obligations);
  });

  it('needs: requested, pledged, committed, covered, uncovered', async () => {
    const { needs } = await askAsOf(needsView, {}, entries, asked());
    const rows = needs.map(({ requested, pledged, committed, covered, uncovered, status }) =>
      [requested, pledged, committed, covered, uncovered, status].join(' '),
    );
    expect(rows).toEqual([
      '10000 1000 7000 7000 3000 open',
      '300 0 240 240 60 open',
      '60 0 45 45 15 open',
      '80 20 80 91 0 open',
      '20 0 12 12 8 open',
    ]);
    expect((await askAsOf(needsView, { decisionId: idOf('other') }, entries, asked())).needs).toEqual([]);
  });

  it('who brings what: rows in admission order, totals per line, no total over lines', async () => {
    const table = await askAsOf(whoBringsWhatView, {}, entries, asked());
    expect(table.rows.map(({ partnerId }) => partnerId)).toEqual([A, B, C, D]);
    const cell = ({ kind, pledged, committed, open, given }: (typeof table.totals)[number]) =>
      `${kind} ${pledged} ${committed} ${open} ${given}`;
    expect(table.totals.map(cell)).toEqual([
      'money 1000 10000 1500 8500',
      'goods 0 12 2 10',
      'premises-use 0 60 0 45',
      'skills 20 80 0 91',
      'volunteer-time 0 240 30 210',
    ]);
    expect(table.rows[3]?.cells.map(cell)).toEqual(['money 1000 8000 1000 7000', 'skills 0 0 0 6']);
    expect(table.guarantees).toMatchObject([{ obligorId: D, exposure: '5000' }]);
  });

  it('balance by quarter', async () => {
    const { rows } = await askAsOf(balanceView, {}, entries, asked());
    const name = new Map([A, B, C, D].map((id, place) => [id, 'ABCD'[place]]));
    const shares = ({ total, partners }: Pick<(typeof rows)[number], 'total' | 'partners'>) =>
      [total, ...partners.map(({ partnerId, shareBp }) => `${name.get(partnerId) ?? ''} ${String(shareBp)}`)].join(' ');
    const told = rows.map((row) => [row.kind, row.period, shares(row), String(row.flag), shares(row.cumulated)]);
    expect(told).toEqual([
      ['money', '2026-Q1', '5000 D 10000', 'null', '5000 D 10000'],
      ['money', '2026-Q2', '3500 A 4286 D 5714', 'null', '8500 A 1765 D 8235'],
      ['goods', '2026-Q1', '10 B 10000', 'null', '10 B 10000'],
      ['premises-use', '2026-Q1', '25 A 10000', 'null', '25 A 10000'],
      ['premises-use', '2026-Q2', '20 A 10000', 'null', '45 A 10000'],
      ['skills', '2026-Q1', '30 B 10000', 'null', '30 B 10000'],
      ['skills', '2026-Q2', '61 B 9016 D 984', 'concentrated', '91 B 9341 D 659'],
      ['volunteer-time', '2026-Q1', '120 C 10000', 'null', '120 C 10000'],
      ['volunteer-time', '2026-Q2', '90 C 10000', 'null', '210 C 10000'],
    ]);
  });

  it('values by the scale of the alliance, hidden unless asked for', async () => {
    const values: Record<string, string | undefined> = {};
    for (const partnerId of [A, B, C, D]) {
      const params = { partnerId, basis: 'alliance-scale' } as const;
      const { contributions } = await askAsOf(partnerStatement, params, entries, asked());
      for (const { contributionId, value } of contributions) values[contributionId] = value?.value;
      const { contributions: hidden } = await statement(partnerId, '2026-06-30');
      expect(hidden.some((one) => 'value' in one)).toBe(false);
    }
    const told = ['X1', 'X3', 'X4', 'X5', 'X7', 'X9', 'X10', 'X11', 'X2'].map((name) => values[example.id(name)]);
    expect(told).toEqual(['1100', '1442.4', '1350', '2012.5', '1610', '2475', '1081.8', '270', undefined]);
  });

  const accounts = async (edition?: 'ANC-2018-06' | 'CRC-99-01' | 'CERFA-12156', log = entries) => {
    const params = { partnerId: C, period: '2026', ...(edition ? { edition } : {}) };
    const at = { trueOn: '2026-06-30', knownAt: log.length - 1 };
    const { uses, sources, totals, stale, edition: named } = await askAsOf(accountsView, params, log, at);
    const row = ({ account, value }: (typeof uses)[number]) => `${account} ${value}`;
    return { named, uses: uses.map(row), sources: sources.map(row), totals, stale };
  };

  it('accounts of C in three editions', async () => {
    const anc = await accounts();
    expect(anc).toEqual({
      named: 'ANC-2018-06',
      uses: ['860 950', '8611 3622.5', '862 4095', '864 2524.2'],
      sources: ['870 950', '871 7717.5', '875 2524.2'],
      totals: [{ currency: 'EUR', uses: '11191.7', sources: '11191.7' }],
      stale: [],
    });
    expect(await accounts('ANC-2018-06')).toEqual(anc);
    expect(await accounts('CRC-99-01')).toMatchObject({
      uses: ['860 950', '861 3622.5', '862 4095', '864 2524.2'],
      sources: ['870 2524.2', '871 7717.5', '875 950'],
      totals: anc.totals,
    });
    expect(await accounts('CERFA-12156')).toMatchObject({
      uses: ['860 950', '861 3623', '862 4095', '864 2524'],
      sources: ['870 2524', '871 7718', '875 950'],
      totals: [{ currency: 'EUR', uses: '11192', sources: '11192' }],
    });
  });

  it('a value whose amount changed since is listed and posts nothing', async () => {
    const later = new WorkedExample();
    const contributionId = later.id('X9');
    later.scene.on('2026-06-30').by(C).make('AcknowledgeContribution', { contributionId, amount: '5' });
    const { uses, totals, stale } = await accounts('ANC-2018-06', entriesOf(later.scene));
    expect(uses).toEqual(['860 950', '8611 3622.5', '862 1620', '864 2524.2']);
    expect(totals).toEqual([{ currency: 'EUR', uses: '8716.7', sources: '8716.7' }]);
    expect(stale).toMatchObject([{ contributionId, amount: '55', acknowledged: '60', value: '2475' }]);
  });

  it.each([
    ['3000', '2026-01-31', { valued: '0', ceiling: '2400', support: '2400' }],
    ['3000', '2026-02-28', { valued: '950', ceiling: '3160', support: '3000' }],
    ['1000', '2026-02-28', { valued: '950', ceiling: '1560', support: '1000' }],
  ])('the ceiling of a cost of %s true on %s is %j', async (cost, trueOn, answer) => {
    const share = { num: 80, den: 100 };
    expect(await askAsOf(fundingCeilingView, { cost }, entries, asked(trueOn))).toMatchObject({ ...answer, share });
  });

  it('what waits for C to attest is what B waits for', async () => {
    const toAttest = await askAsOf(toAttestView, { partnerId: C }, entries, asked());
    expect(toAttest.contributions).toMatchObject([
      { contributionId: example.id('X9'), awaiting: '5', status: 'awaiting' },
    ]);
    expect(await askAsOf(awaitingReceiptView, { partnerId: B }, entries, asked())).toEqual(toAttest);
    expect((await askAsOf(toAttestView, { partnerId: A }, entries, asked())).contributions).toEqual([]);
  });

  it('gifts from outside stand last, without a name', async () => {
    const { scene } = new WorkedExample();
    const gift = { kind: 'goods', unit: 'kg', amount: '2.5', receiverId: C, attestorId: A } as const;
    const contributionId = scene.on('2026-06-29').by(C).make('DeclareContribution', gift);
    scene.by(A).make('AcknowledgeContribution', { contributionId, amount: '2' });
    const log = entriesOf(scene);
    const { rows, lines } = await askLive(whoBringsWhatView, {}, log, '2026-06-30');
    expect(rows.at(-1)).toEqual({
      partnerId: null,
      cells: [{ kind: 'goods', unit: 'kg', pledged: '0', committed: '0', open: '0', given: '2' }],
    });
    expect(lines.map(({ unit }) => unit)).toEqual(['EUR', 'kg', 'piece', 'day', 'hour', 'hour']);
    const awaiting = await askLive(awaitingReceiptView, { partnerId: C }, log, '2026-06-30');
    expect(awaiting.contributions).toMatchObject([{ contributionId, declared: '2.5', awaiting: '0.5' }]);
    const { rows: balance } = await askLive(balanceView, {}, log, '2026-06-30');
    expect(balance.some(({ unit }) => unit === 'kg')).toBe(false);
  });

  it('a partner that did nothing has no row, an unknown one neither', async () => {
    expect(await statement(idOf('Z'), '2026-06-30')).toEqual({
      partnerId: idOf('Z'),
      rows: [],
      pledges: [],
      obligations: [],
      contributions: [],
      received: [],
      guarantees: [],
    });
  });
});
