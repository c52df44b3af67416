import { A, B, C, D, idOf } from '../testing/scene.js';
import { askAsOf, askLive, entriesOf } from '../testing/entries.js';
import { WorkedExample } from '../testing/worked-example.js';
import { coverageOf } from '../domain/needs.js';
import { readAt } from '../domain/reading.js';
import type { StatementRow } from '../domain/statement.js';
import { partnerStatement } from './partner-statement.view.js';
import { whoBringsWhatView } from './who-brings-what.view.js';

const example = new WorkedExample();
const entries = entriesOf(example.scene);
const head = entries.length - 1;
const knownOn = (day: string): number => entries.findLastIndex(({ at }) => at.slice(0, 10) <= day);

const statement = (partnerId: typeof A, trueOn: string, knownAt = head) =>
  askAsOf(partnerStatement, { partnerId }, entries, { trueOn, knownAt });

const COLUMNS = [
  'committed',
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

describe('the worked example of part 2, 2.7, true on 2026-06-30', () => {
  it.each([
    ['A', A, ['money EUR: 2000 0 1500 500 0 500 0 1500 0 0', 'premises-use day: 60 15 45 0 0 0 0 45 0 0']],
    ['B', B, ['goods piece: 12 0 10 2 0 2 0 10 0 2', 'skills hour: 80 0 85 0 5 0 0 85 5 0']],
    ['C', C, ['volunteer-time hour: 240 0 210 30 0 0 0 210 0 0']],
    ['D', D, ['money EUR: 5000 0 5000 0 0 0 2000 7000 0 0', 'skills hour: 0 0 0 0 0 0 6 6 0 0']],
  ])('statement of %s', async (_name, partnerId, rows) => {
    expect(shown((await statement(partnerId, '2026-06-30')).rows)).toEqual(rows);
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
  });

  it('what was true on a day is shown as then known or as known now', async () => {
    const asKnown = async (day: string) => (await statement(C, '2026-03-31', knownOn(day))).rows[0];
    expect(await asKnown('2026-04-10')).toMatchObject({ fulfilled: '130', open: '110' });
    expect(await asKnown('2026-06-30')).toMatchObject({ fulfilled: '120', open: '120' });
  });

  it('obligations show their status', async () => {
    const status = async (partnerId: typeof A) =>
      (await statement(partnerId, '2026-06-30')).obligations.map(({ obligationId, status, late }) => [
        obligationId,
        status,
        late,
      ]);
    expect(await status(A)).toEqual([
      [example.id('K4'), 'defaulted', false],
      [example.id('K3'), 'fulfilled', false],
    ]);
    expect(await status(B)).toEqual([
      [example.id('K6'), 'defaulted', false],
      [example.id('K2'), 'fulfilled', false],
    ]);
    expect(await status(C)).toEqual([[example.id('K5'), 'partly-fulfilled', false]]);
  });

  it('needs: requested, committed, covered, uncovered', () => {
    const needs = ['N1', 'N2', 'N3', 'N4', 'N5'].map((name) => {
      const request = example.scene.state.requests.get(example.id(name));
      if (!request) throw new Error(name);
      const { requested, committed, covered, uncovered } = coverageOf(
        request.fact,
        readAt(example.scene.facts, '2026-06-30'),
      );
      return [requested, committed, covered, uncovered].map((amount) => Number(amount / 1000n));
    });
    expect(needs).toEqual([
      [10000, 7000, 7000, 3000],
      [300, 240, 240, 60],
      [60, 45, 45, 15],
      [80, 80, 91, 0],
      [20, 12, 12, 8],
    ]);
  });

  it('who brings what: rows in admission order, totals per line, no total over lines', async () => {
    const table = await askAsOf(whoBringsWhatView, {}, entries, { trueOn: '2026-06-30', knownAt: head });
    expect(table.rows.map(({ partnerId }) => partnerId)).toEqual([A, B, C, D]);
    const cell = ({ kind, pledged, committed, open, given }: (typeof table.totals)[number]) =>
      `${kind} ${pledged} ${committed} ${open} ${given}`;
    expect(table.totals.map(cell)).toEqual([
      'money 0 7000 500 8500',
      'goods 0 12 2 10',
      'premises-use 0 60 0 45',
      'skills 0 80 0 91',
      'volunteer-time 0 240 30 210',
    ]);
    expect(table.rows[3]?.cells.map(cell)).toEqual(['money 0 5000 0 7000', 'skills 0 0 0 6']);
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
