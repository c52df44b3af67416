import { formatAmount } from '#contracts';
import type { ValuationBasis } from '#contracts';
import type { Facts } from './facts.js';
import type { Given } from './reading.js';
import { countedValuation, isValuable, scaleValue } from './valuation.js';
import type { NoValue } from './valuation.js';

/** What a contribution is worth on the one basis asked for. Stale: shown as such, worth nothing. */
export interface ValueShown {
  readonly basis: ValuationBasis;
  readonly value?: string;
  readonly currency?: string;
  readonly stale?: true;
  readonly missing?: NoValue;
}

/** The value on one basis; nothing where there is none to show. */
export function valueShown(
  { fact, buckets }: Given,
  basis: ValuationBasis,
  { scales }: Pick<Facts, 'scales'>,
): ValueShown | undefined {
  if (!isValuable(fact.kind) || buckets.acknowledged === 0n) return undefined;
  if (basis === 'alliance-scale') {
    const worth = scaleValue(fact, buckets.acknowledged, scales);
    if (typeof worth === 'string') return { basis, missing: worth };
    return { basis, value: formatAmount(worth.value), currency: worth.currency };
  }
  const counted = countedValuation(fact, basis, buckets.acknowledged);
  if (!counted) return undefined;
  const { value, currency } = counted.valuation;
  return { basis, value, currency, ...(counted.stale ? { stale: true } : {}) };
}
