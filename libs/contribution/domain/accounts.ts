import { ACCOUNT_LABELS, accountsOf, amountOf, baseEdition, formatAmount, sum } from '#contracts';
import type { AccountEdition, Amount } from '#contracts';
import type { Day, Id } from '#kernel';
import type { Facts, Valuation } from './facts.js';
import { rounded } from './money.js';
import { readAt } from './reading.js';
import type { Given } from './reading.js';
import { countedValuation } from './valuation.js';

export interface Period {
  readonly from: Day;
  readonly to: Day;
}

/** A year, or two days with `/` between them. */
export function periodOf(text: string): Period {
  const [from = '', to] = text.split('/');
  return to === undefined ? { from: `${from}-01-01`, to: `${from}-12-31` } : { from, to };
}

export interface AccountRow {
  readonly account: string;
  readonly label: string;
  readonly currency: string;
  readonly value: string;
  /** How many contributions post to it. */
  readonly contributions: number;
}

export interface StaleValuation {
  readonly contributionId: Id;
  readonly valuationId: Id;
  /** What was acknowledged when it was valued, and what is now. */
  readonly amount: string;
  readonly acknowledged: string;
  readonly value: string;
  readonly currency: string;
}

/** Accounts 86 and 87 of one booking partner (part 2, 2.6). Σ uses = Σ sources, always. */
export interface Accounts extends Period {
  readonly partnerId: Id;
  readonly edition: AccountEdition;
  readonly uses: readonly AccountRow[];
  readonly sources: readonly AccountRow[];
  readonly totals: readonly { readonly currency: string; readonly uses: string; readonly sources: string }[];
  /** Listed, and posted nowhere. */
  readonly stale: readonly StaleValuation[];
}

export interface AccountsAsked {
  readonly partnerId: Id;
  readonly period: Period;
  /** Base: that of the period. */
  readonly edition?: AccountEdition | undefined;
}

/** Each counted `cvn` of a contribution in the period posts its value to the use and the source of its kind. */
export function accountsAt(facts: Facts, { partnerId, period, edition: asked }: AccountsAsked, trueOn: Day): Accounts {
  const edition = asked ?? baseEdition(period.from);
  const booked = readAt(facts, trueOn).given.flatMap((given) => bookedBy(given, partnerId, period));
  const pairs = pairsOf(
    booked.filter(({ stale }) => !stale),
    edition,
  );
  const uses = rowsOf(pairs, 'use', edition);
  const sources = rowsOf(pairs, 'source', edition);
  const stale = booked.filter((one) => one.stale).map(staleShown);
  return { partnerId, edition, ...period, uses, sources, totals: totalsOf(uses, sources), stale };
}

interface Booked {
  readonly given: Given;
  readonly valuation: Valuation;
  readonly stale: boolean;
}

function bookedBy(given: Given, partnerId: Id, { from, to }: Period): readonly Booked[] {
  const { fact, buckets } = given;
  const counted = countedValuation(fact, 'cvn', buckets.acknowledged);
  const isIn = from <= fact.day && fact.day <= to && counted?.valuation.bookedById === partnerId;
  return counted && isIn ? [{ given, ...counted }] : [];
}

interface Pair {
  readonly use: string;
  readonly source: string;
  readonly currency: string;
  readonly value: Amount;
  readonly contributions: number;
}

/** Totals of each pair (use, source), in whole units of the currency for Cerfa, so that both sides post one figure. */
function pairsOf(booked: readonly Booked[], edition: AccountEdition): readonly Pair[] {
  const pairs = new Map<string, Pair>();
  for (const { given, valuation } of booked) {
    const accounts = accountsOf(given.fact.kind, edition);
    if (!accounts) continue;
    const { currency, value } = valuation;
    const key = `${accounts.use}/${accounts.source}/${currency}`;
    const before = pairs.get(key) ?? { ...accounts, currency, value: 0n, contributions: 0 };
    pairs.set(key, { ...before, value: before.value + amountOf(value), contributions: before.contributions + 1 });
  }
  const exact = [...pairs.values()];
  return edition === 'CERFA-12156' ? exact.map((one) => ({ ...one, value: rounded(one.value, WHOLE) })) : exact;
}

const WHOLE = 1000n;

function rowsOf(pairs: readonly Pair[], side: 'use' | 'source', edition: AccountEdition): readonly AccountRow[] {
  const keys = [...new Set(pairs.map((pair) => `${pair[side]}/${pair.currency}`))].sort();
  return keys.map((key) => {
    const own = pairs.filter((pair) => `${pair[side]}/${pair.currency}` === key);
    const [account = '', currency = ''] = key.split('/');
    return {
      account,
      label: ACCOUNT_LABELS[edition][account] ?? '',
      currency,
      value: formatAmount(sum(own.map(({ value }) => value))),
      contributions: own.reduce((count, { contributions }) => count + contributions, 0),
    };
  });
}

function totalsOf(uses: readonly AccountRow[], sources: readonly AccountRow[]): Accounts['totals'] {
  const total = (rows: readonly AccountRow[], currency: string) =>
    formatAmount(sum(rows.filter((row) => row.currency === currency).map(({ value }) => amountOf(value))));
  return [...new Set(uses.map(({ currency }) => currency))]
    .sort()
    .map((currency) => ({ currency, uses: total(uses, currency), sources: total(sources, currency) }));
}

function staleShown({ given: { fact, buckets }, valuation }: Booked): StaleValuation {
  const { valuationId, amount, value, currency } = valuation;
  const acknowledged = formatAmount(buckets.acknowledged);
  return { contributionId: fact.contributionId, valuationId, amount, acknowledged, value, currency };
}
