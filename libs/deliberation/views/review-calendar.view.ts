import { day as dayField, optional } from '#contracts';
import { lastDayOf } from '#kernel';
import type { Day, Id } from '#kernel';
import { defineView } from '#views';
import type { AsOf, RowReader } from '#views';
import { decisionRegisterView } from './decision-register.view.js';
import { deliberationFacts } from './deliberation.projection.js';
import type { DeliberationRow } from './deliberation.projection.js';
import { by, lastBy } from './rows/dated.js';
import type { DecisionRow } from './rows/decision.row.js';
import type { PositionRow } from './rows/position.row.js';
import type { RoundRow } from './rows/round.row.js';
import { ratificationOf } from './round.view.js';

/** Rows of one sort that a calendar reads, at most. */
const MAX_ROWS = 10_000;

export interface CalendarItem {
  readonly day: Day;
  readonly what: 'takes-effect' | 'condition' | 'review' | 'repair' | 'expires' | 'round-closes' | 'ratification';
  /** Of the decision or of the round. */
  readonly id: Id;
  /** Whom it waits for; null for all. */
  readonly partnerId: Id | null;
  /** The day is over and the thing still waits. */
  readonly overdue: boolean;
}

const NO_MORE: ReadonlySet<string> = new Set(['lapsed', 'revoked', 'expired', 'superseded', 'annulled']);

/** Reviews and deadlines by day, `from` and `to` included (part 1, 4.9): those that wait, whether over or to come. */
export const reviewCalendarView = defineView({
  name: 'review-calendar',
  projections: [deliberationFacts],
  params: { from: optional(dayField()), to: optional(dayField()) },
  async answer(readers, { from, to }, asOf): Promise<{ readonly items: readonly CalendarItem[] }> {
    const rows = readers(deliberationFacts);
    const { decisions } = await decisionRegisterView.answer(readers, {}, asOf);
    const items: CalendarItem[] = [];
    for (const { decisionId, status, effectiveFrom, reviewOn, expiresOn, repairUntil } of decisions) {
      if (NO_MORE.has(status)) continue;
      const wait = (what: CalendarItem['what'], day: Day | null): CalendarItem[] =>
        day === null ? [] : [{ day, what, id: decisionId, partnerId: null, overdue: day < asOf.trueOn }];
      if (status === 'pending')
        items.push(...wait('takes-effect', effectiveFrom), ...(await conditionsOf(rows, decisionId, wait)));
      if (repairUntil !== null) items.push(...wait('repair', lastDayOf(repairUntil, asOf.timeZone)));
      items.push(...wait('review', reviewOn), ...wait('expires', expiresOn));
    }
    items.push(...(await ofRounds(rows, asOf)));
    return { items: items.filter(({ day }) => (from ?? day) <= day && day <= (to ?? day)).sort(byDay) };
  },
});

async function conditionsOf(
  rows: RowReader<DeliberationRow>,
  decisionId: Id,
  wait: (what: CalendarItem['what'], day: Day) => CalendarItem[],
): Promise<CalendarItem[]> {
  const row = (await rows.get(`decision/${decisionId}`))?.doc as DecisionRow | undefined;
  return (row?.adopted?.conditions ?? []).flatMap(({ by: last }) => wait('condition', last));
}

/** The last day of each open round, and the ratifications that are awaited, also after the closing. */
async function ofRounds(rows: RowReader<DeliberationRow>, asOf: AsOf): Promise<CalendarItem[]> {
  const { trueOn } = asOf;
  const items: CalendarItem[] = [];
  for (const { doc } of await rows.list({ tag: 'round' }, MAX_ROWS)) {
    const row = doc as RoundRow;
    const { roundId, opened, closed } = row;
    if (!opened || opened.day > trueOn) continue;
    if (!closed || closed.day > trueOn) {
      const day = lastDayOf(lastBy(row.deadlines, trueOn)?.closesAt ?? opened.closesAt, asOf.timeZone);
      items.push({ day, what: 'round-closes', id: roundId, partnerId: null, overdue: day < trueOn });
    }
    items.push(...(await ratificationsOf(rows, row, trueOn)));
  }
  return items;
}

async function ratificationsOf(rows: RowReader<DeliberationRow>, row: RoundRow, trueOn: Day): Promise<CalendarItem[]> {
  const items: CalendarItem[] = [];
  for (const position of by(row.positions, trueOn)) {
    const { positionId, partnerId, adReferendum, ratifyBy } = position;
    if (!adReferendum || ratifyBy === undefined) continue;
    const later = (await rows.get(`position/${positionId}`))?.doc as PositionRow | undefined;
    if (ratificationOf(position, later, trueOn) === 'pending')
      items.push({ day: ratifyBy, what: 'ratification', id: row.roundId, partnerId, overdue: false });
  }
  return items;
}

function byDay(a: CalendarItem, b: CalendarItem): number {
  if (a.day !== b.day) return a.day < b.day ? -1 : 1;
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
}
