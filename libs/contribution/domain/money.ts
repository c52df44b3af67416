import { currencyDecimals } from '#contracts';
import type { Amount } from '#contracts';
import { refuse } from '#kernel';
import type { Refusal } from '#kernel';

/** A currency of ISO 4217. */
export function currencyFault(currency: string): Refusal | undefined {
  return currencyDecimals(currency) === undefined
    ? refuse('UNIT_NOT_ALLOWED', { pointer: '/currency', rule: 'a currency of ISO 4217' })
    : undefined;
}

/** The one rounding: to whole units of `unit`, half away from zero (part 2, 1.2). */
export function rounded(amount: Amount, unit: Amount): Amount {
  const size = amount < 0n ? -amount : amount;
  const up = ((2n * size + unit) / (2n * unit)) * unit;
  return amount < 0n ? -up : up;
}
