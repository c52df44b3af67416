import { formatAmount, linesOf, sameLine, sum } from '#contracts';
import type { Amount, Line } from '#contracts';
import type { Day, Id } from '#kernel';
import type { Facts } from './facts.js';
import { inOrder } from './partners.js';
import { readAt } from './reading.js';
import type { Given } from './reading.js';

export const GRANULARITIES = ['month', 'quarter', 'year'] as const;
export type Granularity = (typeof GRANULARITIES)[number];

export interface BalanceShare {
  readonly partnerId: Id;
  readonly given: string;
  readonly shareBp: number;
}

export interface Shares {
  readonly total: string;
  /** Partners that gave, in admission order. */
  readonly partners: readonly BalanceShare[];
}

/** One line in one period: who gave which part of it (part 2, 2.4). Information for a review, never a sanction. */
export interface BalanceRow extends Line, Shares {
  readonly period: string;
  readonly topShareBp: number;
  readonly flag: 'concentrated' | null;
  /** The same from the first period on. */
  readonly cumulated: Shares;
}

export interface BalanceAsked {
  /** In admission order. */
  readonly partners: readonly Id[];
  readonly granularity?: Granularity | undefined;
  readonly thresholdBp?: number | undefined;
}

const BASE_THRESHOLD_BP = 6000;
const WHOLE_BP = 10_000n;

/** Balance over time: rows by line, then period; gifts from outside are left out. */
export function balanceOf(
  facts: Facts,
  { partners, granularity = 'quarter', thresholdBp = BASE_THRESHOLD_BP }: BalanceAsked,
  trueOn: Day,
): { readonly rows: readonly BalanceRow[] } {
  const given = readAt(facts, trueOn).given.filter(
    ({ fact, buckets }) => fact.providerId !== undefined && buckets.acknowledged > 0n,
  );
  const order = inOrder(
    partners,
    given.map(({ fact }) => fact.providerId),
  );
  const rows = linesOf(given.map(({ fact }) => fact)).flatMap((line) => {
    const onLine = given.filter(({ fact }) => sameLine(fact, line));
    const periods = [...new Set(onLine.map(({ fact }) => periodKey(fact.day, granularity)))].sort();
    return periods.map((period) => {
      const upTo = onLine.filter(({ fact }) => periodKey(fact.day, granularity) <= period);
      const own = upTo.filter(({ fact }) => periodKey(fact.day, granularity) === period);
      return rowOf({ line, period, thresholdBp }, sharesOf(own, order), sharesOf(upTo, order));
    });
  });
  return { rows };
}

function rowOf(
  { line, period, thresholdBp }: { readonly line: Line; readonly period: string; readonly thresholdBp: number },
  own: Shares,
  cumulated: Shares,
): BalanceRow {
  const topShareBp = own.partners.reduce((top, { shareBp }) => (shareBp > top ? shareBp : top), 0);
  const isConcentrated = topShareBp > thresholdBp && cumulated.partners.length > 1;
  return { ...line, period, ...own, topShareBp, flag: isConcentrated ? 'concentrated' : null, cumulated };
}

function sharesOf(given: readonly Given[], order: readonly Id[]): Shares {
  const amounts = order.flatMap((partnerId) => {
    const amount = sum(
      given.filter(({ fact }) => fact.providerId === partnerId).map((one) => one.buckets.acknowledged),
    );
    return amount > 0n ? [{ partnerId, amount }] : [];
  });
  const shares = basisPoints(amounts.map(({ amount }) => amount));
  return {
    total: formatAmount(sum(amounts.map(({ amount }) => amount))),
    partners: amounts.map(({ partnerId, amount }, place) => ({
      partnerId,
      given: formatAmount(amount),
      shareBp: shares[place] ?? 0,
    })),
  };
}

/**
 * Shares of a whole in basis points by largest remainder: the points missing to 10000 go one each to the largest
 * division remainders, ties to the earlier. Their sum is always 10000.
 */
export function basisPoints(amounts: readonly Amount[]): readonly number[] {
  const total = sum(amounts);
  if (total === 0n) return amounts.map(() => 0);
  const floors = amounts.map((amount) => (amount * WHOLE_BP) / total);
  const missing = WHOLE_BP - sum(floors);
  const byRemainder = amounts
    .map((amount, place) => ({ place, remainder: (amount * WHOLE_BP) % total }))
    .sort((a, b) => (a.remainder === b.remainder ? a.place - b.place : a.remainder > b.remainder ? -1 : 1));
  const raised = new Set(byRemainder.filter((_one, rank) => BigInt(rank) < missing).map(({ place }) => place));
  return floors.map((floor, place) => bpNumber(floor + (raised.has(place) ? 1n : 0n)));
}

/** A whole number of 0 to 10000, which is exact as a number. */
function bpNumber(basisPoint: bigint): number {
  return Number(basisPoint);
}

const QUARTER_OF = ['1', '1', '1', '2', '2', '2', '3', '3', '3', '4', '4', '4'];
const MONTHS = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'];

/** `2026-03`, `2026-Q1` or `2026`: in code-point order they are in the order of time. */
function periodKey(day: Day, granularity: Granularity): string {
  const [year = '', month = ''] = day.split('-');
  if (granularity === 'year') return year;
  return granularity === 'month' ? `${year}-${month}` : `${year}-Q${QUARTER_OF[MONTHS.indexOf(month)] ?? ''}`;
}
