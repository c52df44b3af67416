import { amountOf, resourceKind, stepOf } from '#contracts';
import type { Amount, ValuationBasis } from '#contracts';
import type { Day } from '#kernel';
import type { ContributionFact, ScaleFact, Valuation } from './facts.js';
import { rounded } from './money.js';

const RATE = /^([0-9]+)(?:\.([0-9]{1,6}))?$/;
/** Rates are millionths inside. */
const RATE_UNITS = 1_000_000n;

/** A recorded rate as millionths: total, 0 for what is no rate. */
export function rateOf(text: string): bigint {
  const [, whole = '0', fraction = ''] = RATE.exec(text) ?? [];
  return BigInt(whole) * RATE_UNITS + BigInt(fraction.padEnd(6, '0'));
}

/** value = round(amount × rate) to the minor unit of the currency, half away from zero (part 2, 1.6). */
export function valueAt(amount: Amount, rate: string, currency: string): Amount {
  const minor = stepOf(currency) ?? 1n;
  return rounded(amount * rateOf(rate), minor * RATE_UNITS) / RATE_UNITS;
}

/** Money and guarantees are never valued. */
export function isValuable(kind: string): boolean {
  return kind !== 'money' && kind !== 'guarantee';
}

/** Kinds with accounts in part 2, 1.3. */
export function hasAccounts(kind: string): boolean {
  return resourceKind(kind)?.accounts !== undefined;
}

export type NoValue = 'no-scale' | 'no-rate' | 'scale-changes-in-period';
export type ScaleValue = { readonly value: Amount; readonly currency: string; readonly rate: string } | NoValue;

/**
 * What an acknowledged amount is worth by the alliance's scale: the version of `occurredOn`, by exact level, else the
 * rate without level. `scales` are the versions in the view.
 */
export function scaleValue(
  fact: Pick<ContributionFact, 'kind' | 'unit' | 'level' | 'day' | 'occurredFrom'>,
  acknowledged: Amount,
  scales: readonly ScaleFact[],
): ScaleValue {
  const scale = scaleOn(scales, fact.day);
  if (!scale) return 'no-scale';
  const rates = scale.lines.filter(({ kind, unit }) => kind === fact.kind && unit === fact.unit);
  const line = rates.find(({ level }) => level === fact.level) ?? rates.find(({ level }) => level === undefined);
  if (!line) return 'no-rate';
  if (fact.occurredFrom !== undefined && fact.occurredFrom < scale.validFrom) return 'scale-changes-in-period';
  const { currency } = scale;
  return { value: valueAt(acknowledged, line.rate, currency), currency, rate: line.rate };
}

/** Version n ends the day before version n+1 begins, or at its own `validTo`. */
export function scaleOn(scales: readonly ScaleFact[], day: Day): ScaleFact | undefined {
  const begun = scales.filter(({ validFrom }) => validFrom <= day);
  const last = begun.reduce<ScaleFact | undefined>(
    (one, other) => (one && one.version > other.version ? one : other),
    undefined,
  );
  return last?.validTo === undefined || day <= last.validTo ? last : undefined;
}

/** The latest valuation on a basis. Stale: the acknowledged amount is no longer what it values, so it counts for nothing. */
export function countedValuation(
  { valuations }: Pick<ContributionFact, 'valuations'>,
  basis: Exclude<ValuationBasis, 'alliance-scale'>,
  acknowledged: Amount,
): { readonly valuation: Valuation; readonly stale: boolean } | undefined {
  const valuation = valuations.findLast((one) => one.basis === basis);
  return valuation && { valuation, stale: amountOf(valuation.amount) !== acknowledged };
}
