import { amountIn, eventsOf, least, optionalText, shown, sum, text } from './events.js';
import type { Data, View } from './events.js';
import { commitments, contributions } from './ladder.js';
import type { Contribution } from './ladder.js';

export type Basis = 'donor-cost' | 'cvn' | 'market-ceiling' | 'alliance-scale';

/** Thousandths in the smallest coin of a currency: EUR 0.01, XPF 1 (1.2). */
function coinOf(currency: string): bigint {
  return currency === 'XPF' ? 1000n : 10n;
}

/** "value = round(amount × rate) to the minor unit, half away from zero" (1.6): a rate has at most 6 decimals. */
function product(amount: bigint, rate: string, currency: string): bigint {
  const [whole = '', fraction = ''] = rate.split('.');
  const exact = amount * BigInt(whole + fraction.padEnd(6, '0'));
  const coin = coinOf(currency) * 1_000_000n;
  const coins = exact / coin + (2n * (exact % coin) >= coin ? 1n : 0n);
  return coins * coinOf(currency);
}

/** "Version n ends the day before version n+1 begins, or at its own validTo. The version of occurredOn applies" (1.6). */
function scaleOf(view: View, day: string): Data | undefined {
  const versions = eventsOf(view, 'ValuationScaleAdopted').map(({ data }) => data);
  return versions.find((data) => {
    const next = versions.find((other) => other['version'] === Number(data['version']) + 1);
    const isOver = next !== undefined && text(next, 'validFrom') <= day;
    return text(data, 'validFrom') <= day && !isOver && day <= (optionalText(data, 'validTo') ?? day);
  });
}

function byScale(view: View, gift: Contribution): Data {
  const basis = 'alliance-scale';
  const scale = scaleOf(view, gift.on);
  if (!scale) return { basis, missing: 'no-scale' };
  const rates = (scale['lines'] as readonly Data[]).filter(
    (line) => line['kind'] === gift.kind && line['unit'] === gift.unit,
  );
  const rate =
    rates.find((line) => gift.level !== undefined && line['level'] === gift.level) ??
    rates.find((line) => line['level'] === undefined);
  if (!rate) return { basis, missing: 'no-rate' };
  if (gift.occurredFrom !== undefined && gift.occurredFrom < text(scale, 'validFrom')) {
    return { basis, missing: 'scale-changes-in-period' };
  }
  const currency = text(scale, 'currency');
  return { basis, value: shown(product(gift.acknowledged, text(rate, 'rate'), currency)), currency };
}

/** "The latest valuation per contribution and basis counts"; stale when "the acknowledged amount has changed since" (1.6). */
function latest(view: View, gift: Contribution, basis: Basis) {
  const last = eventsOf(view, 'ContributionValued', 'contributionId', gift.id)
    .filter(({ data }) => data['basis'] === basis)
    .at(-1)?.data;
  return last && { data: last, stale: amountIn(last, 'amount') !== gift.acknowledged };
}

function valueOf(view: View, gift: Contribution, basis: Basis): Data | undefined {
  if (gift.kind === 'money' || gift.acknowledged === 0n) return undefined;
  if (basis === 'alliance-scale') return byScale(view, gift);
  const valued = latest(view, gift, basis);
  if (!valued) return undefined;
  const { value, currency } = valued.data;
  return { basis, value, currency, ...(valued.stale ? { stale: true } : {}) };
}

/** What a partner's contributions are worth on one basis (1.6), in the order of the ledger. */
export function secondValues(view: View, partnerId: string, basis: Basis) {
  return contributions(view)
    .filter(({ providerId }) => providerId === partnerId)
    .map((gift) => ({ contributionId: gift.id, value: valueOf(view, gift, basis) }));
}

export interface CeilingAsked {
  readonly cost: string;
  readonly num: number;
  readonly den: number;
  readonly currency: string;
  readonly decisionId: string | undefined;
}

/** "ceiling = floor(num/den · (cost + valued)) to the minor unit … support = min(ceiling, cost)" (2.5). */
export function secondCeiling(view: View, { cost: costText, num, den, currency, decisionId }: CeilingAsked) {
  const cost = amountIn({ costText }, 'costText');
  const counted = contributions(view)
    .filter((gift) => decisionId === undefined || answers(view, gift, decisionId))
    .flatMap((gift) => latest(view, gift, 'cvn') ?? [])
    .filter(({ stale, data }) => !stale && data['currency'] === currency);
  const valued = sum(counted.map(({ data }) => amountIn(data, 'value')));
  const exact = (BigInt(num) * (cost + valued)) / BigInt(den);
  const ceiling = exact - (exact % coinOf(currency));
  return { valued: shown(valued), ceiling: shown(ceiling), support: shown(least(ceiling, cost)) };
}

/** It names a need of the decision, or a commitment that answers one. */
function answers(view: View, gift: Contribution, decisionId: string): boolean {
  const isItsNeed = (requestId: string | undefined) =>
    eventsOf(view, 'ResourceRequested', 'decisionId', decisionId).some(
      ({ data }) => requestId !== undefined && data['requestId'] === requestId,
    );
  const promised = commitments(view).filter(({ id }) => gift.fulfils.includes(id));
  return isItsNeed(gift.requestId) || promised.some(({ requestId }) => isItsNeed(requestId));
}
