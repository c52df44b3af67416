import { currencyDecimals } from './currencies.js';
import type { Unit } from './resource-kinds.js';

/** Thousandths of the unit, as an exact integer: every step of part 2, 1.2 is a whole number of them. */
export type Amount = bigint;

const CANONICAL = /^(0|[1-9][0-9]{0,11})(\.[0-9]{0,2}[1-9])?$/;

const STEPS: Readonly<Record<Unit, Amount>> = {
  piece: 1000n,
  act: 1000n,
  hour: 50n,
  day: 250n,
  kg: 1n,
  l: 1n,
  m3: 1n,
  'm2-day': 1n,
};

/** The smallest amount of a unit; for a currency, its minor unit. */
export function stepOf(unit: string): Amount | undefined {
  if (Object.hasOwn(STEPS, unit)) return STEPS[unit as Unit];
  const decimals = currencyDecimals(unit);
  return decimals === undefined ? undefined : 10n ** BigInt(3 - decimals);
}

/** The amount that a canonical decimal string states; nothing for any other text (part 2, 1.2). */
export function parseAmount(text: string): Amount | undefined {
  const match = CANONICAL.exec(text);
  if (!match) return undefined;
  const [, whole = '0', fraction = ''] = match;
  return BigInt(whole) * 1000n + BigInt(fraction.slice(1).padEnd(3, '0'));
}

/** The same with a leading minus allowed; `-0` is no amount. */
export function parseSignedAmount(text: string): Amount | undefined {
  if (!text.startsWith('-')) return parseAmount(text);
  const size = parseAmount(text.slice(1));
  return size === undefined || size === 0n ? undefined : -size;
}

/** The amount of a recorded text, which was tried when it was recorded: total, 0 for what is no amount. */
export function amountOf(text: string): Amount {
  return parseSignedAmount(text) ?? 0n;
}

export function formatAmount(amount: Amount): string {
  const size = amount < 0n ? -amount : amount;
  const fraction = (size % 1000n).toString().padStart(3, '0').replace(/0+$/, '');
  return `${amount < 0n ? '-' : ''}${(size / 1000n).toString()}${fraction && `.${fraction}`}`;
}

export function least(a: Amount, b: Amount): Amount {
  return a < b ? a : b;
}

/** The amount, or 0 below it. */
export function atLeastZero(amount: Amount): Amount {
  return amount > 0n ? amount : 0n;
}

export function sum(amounts: Iterable<Amount>): Amount {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
}
