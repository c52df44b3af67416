import { amountOf, formatAmount, least, stepOf, sum } from '#contracts';
import type { Amount } from '#contracts';
import type { Day, Id } from '#kernel';
import type { Facts } from './facts.js';
import { readAt } from './reading.js';
import type { Given } from './reading.js';
import { countedValuation } from './valuation.js';

export interface CeilingAsked {
  /** What is eligible and paid for, as an amount of the currency. */
  readonly cost: string;
  /** Base 80/100. */
  readonly num?: number | undefined;
  readonly den?: number | undefined;
  /** Base EUR. */
  readonly currency?: string | undefined;
  /** Values of contributions for this decision's requests alone. */
  readonly decisionId?: Id | undefined;
}

export interface FundingCeiling {
  readonly cost: string;
  readonly valued: string;
  readonly currency: string;
  readonly share: { readonly num: number; readonly den: number };
  readonly ceiling: string;
  /** min(ceiling, cost): public support may not exceed the eligible total less the in-kind part. */
  readonly support: string;
}

const BASE = { num: 80, den: 100, currency: 'EUR' };

/** Public funding ceiling (part 2, 2.5); `valued` = Σ not stale `cvn` values in the currency. */
export function fundingCeiling(facts: Facts, asked: CeilingAsked, trueOn: Day): FundingCeiling {
  const { cost: costText, num = BASE.num, den = BASE.den, currency = BASE.currency, decisionId } = asked;
  const given = readAt(facts, trueOn).given.filter((one) => decisionId === undefined || isFor(facts, one, decisionId));
  const valued = sum(given.map((one) => cvnOf(one, currency)));
  const cost = amountOf(costText);
  const ceiling = ceilingOf(cost + valued, { num, den, currency });
  return {
    cost: formatAmount(cost),
    valued: formatAmount(valued),
    currency,
    share: { num, den },
    ceiling: formatAmount(ceiling),
    support: formatAmount(least(ceiling, cost)),
  };
}

/** floor(num/den · base) to the minor unit. */
function ceilingOf(base: Amount, { num, den, currency }: typeof BASE): Amount {
  const minor = stepOf(currency) ?? 1n;
  return ((BigInt(num) * base) / (BigInt(den) * minor)) * minor;
}

function cvnOf({ fact, buckets }: Given, currency: string): Amount {
  const counted = countedValuation(fact, 'cvn', buckets.acknowledged);
  const counts = counted && !counted.stale && counted.valuation.currency === currency;
  return counts ? amountOf(counted.valuation.value) : 0n;
}

/** It names a request of the decision, or fulfils a commitment that answers one. */
function isFor({ requests, commitments }: Facts, { fact }: Given, decisionId: Id): boolean {
  const own = new Set(requests.filter((one) => one.decisionId === decisionId).map(({ requestId }) => requestId));
  if (fact.requestId !== undefined && own.has(fact.requestId)) return true;
  return fact.fulfils.some(({ obligationId }) => {
    const requestId = commitments.find((one) => one.commitmentId === obligationId)?.requestId;
    return requestId !== undefined && own.has(requestId);
  });
}
