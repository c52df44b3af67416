import { amountIn, shown, text } from './events.js';
import type { Data } from './events.js';
import { contributions } from './ladder.js';
import { DAY, day, LINES, part, PARTNERS, pick, START } from './ledger-writer.js';
import type { Step } from './ledger-writer.js';
import { PromiseWriter } from './promise-writer.js';

/** What was given, what was said of it, and what it was worth. */
export class GiftWriter extends PromiseWriter {
  declared(step: Step): void {
    const owed = [
      ...this.of('CommitmentMade').map(({ data }) => ({ id: text(data, 'commitmentId'), data })),
      ...this.of('GuaranteeCalled').map(({ data }) => {
        const offer = this.about(['GuaranteeOffered'], 'guaranteeId', data['guaranteeId'])[0]?.data ?? {};
        return {
          id: text(data, 'callId'),
          data: { ...data, kind: 'money', unit: 'EUR', providerId: offer['obligorId'] },
        };
      }),
    ] as readonly { readonly id: string; readonly data: Data }[];
    const first = owed.length === 0 || step.other % 4 === 0 ? undefined : pick(owed, step.other).data;
    const line = first ? { kind: text(first, 'kind'), unit: text(first, 'unit') } : this.line(step.line);
    const providerId = first ? text(first, 'providerId') : pick([...PARTNERS, undefined], step.who);
    const amount = this.amount(step, line);
    const own = owed.filter(
      ({ data }) => data['providerId'] === providerId && data['kind'] === line.kind && data['unit'] === line.unit,
    );
    const fulfils = providerId === undefined ? [] : shares(own, amountIn({ amount }, 'amount'), step.of);
    const others = PARTNERS.filter((one) => one !== providerId);
    const parties = {
      ...(providerId === undefined ? {} : { providerId }),
      ...(step.of % 5 === 4 ? {} : { receiverId: pick(step.of % 5 === 3 ? PARTNERS : others, step.back) }),
      attestorId: pick(others, step.back),
    };
    const named = { contributionId: this.id('X'), ...parties, ...line, amount, fulfils };
    const level = step.days % 3 === 0 ? {} : { level: 1 + (step.days % 3) };
    const from = step.what % 4 === 0 ? { occurredFrom: day(this.today - 20 - (step.line % 20)) } : {};
    this.add('ContributionDeclared', { ...named, ...level, ...from, ...this.request(undefined, line, step.who) }, step);
  }

  /** Any contribution with what is in its buckets now. */
  private gift(step: Step) {
    const all = contributions({ events: this.events, trueOn: '9999-12-31' });
    return all.length === 0 ? undefined : pick(all, step.of);
  }

  acknowledged(step: Step): void {
    const gift = this.gift(step);
    const amount = part(gift?.awaiting ?? 0n, step.amount);
    if (gift && amount) this.add('ContributionAcknowledged', { contributionId: gift.id, amount }, step, gift.on);
  }

  contested(step: Step): void {
    const gift = this.gift(step);
    const from = step.other % 2 === 0 ? 'awaiting' : 'acknowledged';
    const amount = part(gift?.[from] ?? 0n, step.amount);
    const why = { from, ground: 'defective' };
    if (gift && amount) this.add('ContributionContested', { contributionId: gift.id, amount, ...why }, step, gift.on);
  }

  lifted(step: Step): void {
    const gift = this.gift(step);
    const amount = part(gift?.contested ?? 0n, step.amount);
    if (gift && amount) this.add('ContestationLifted', { contributionId: gift.id, amount }, step, gift.on);
  }

  corrected(step: Step): void {
    const gift = this.gift(step);
    if (!gift) return;
    const lower = part(gift.awaiting + gift.contested + gift.acknowledged, step.amount);
    const delta = step.other % 3 === 0 ? this.amount(step, gift) : lower && `-${lower}`;
    if (delta === undefined) return;
    const named = { contributionId: gift.id, correctionId: this.id('R'), corrects: gift.id, cause: 'recount' };
    this.add('ContributionCorrected', { ...named, delta }, step, gift.on);
  }

  valued(step: Step): void {
    const gift = this.gift(step);
    if (!gift || gift.kind === 'money' || gift.acknowledged === 0n) return;
    const earlier = this.about(['ContributionValued'], 'contributionId', gift.id);
    const first = earlier.find(({ data }) => data['basis'] === 'cvn')?.data['bookedById'];
    const bookedById = first ?? gift.receiverId ?? gift.providerId;
    const other = step.other % 2 === 0 ? 'market-ceiling' : 'donor-cost';
    const basis = bookedById === undefined || step.other % 5 < 2 ? other : 'cvn';
    const value = shown(BigInt(1 + (step.amount % 5000)) * 10n + BigInt(1000 * (step.who % 90)));
    const named = { valuationId: this.id('V'), contributionId: gift.id, basis, method: 'grid', value };
    const booked = basis === 'cvn' ? { bookedById } : {};
    const terms = { amount: shown(gift.acknowledged), currency: step.of % 9 === 8 ? 'XPF' : 'EUR', ...booked };
    this.add('ContributionValued', { ...named, ...terms }, step, gift.on);
  }

  /** The next version of the scale, which begins later than the one before. */
  scaled(step: Step): void {
    const last = this.of('ValuationScaleAdopted').at(-1)?.data;
    const earliest = last ? Date.parse(text(last, 'validFrom')) + DAY : Date.parse(day(this.today - 30));
    const begins = (earliest - START) / DAY + (step.who % 25);
    const validTo = step.other % 3 === 0 ? { validTo: day(begins + (step.line % 30)) } : {};
    const version = this.of('ValuationScaleAdopted').length + 1;
    const terms = { version, decisionId: 'E1', validFrom: day(begins), ...validTo };
    const currency = step.of % 4 === 3 ? 'XPF' : 'EUR';
    this.add('ValuationScaleAdopted', { scaleId: this.id('S'), ...terms, currency, lines: ratesOf(step) }, step);
  }
}

const RATES = ['110', '0.19', '12.02', '0.000001', '30.123456', '80.5'];

/** Rates of some lines: of one level, of none, or both. */
function ratesOf({ amount, what, back }: Step) {
  return LINES.filter((line, place) => line.kind !== 'money' && (what + place) % 4 > 0).flatMap((line, place) => [
    ...((back + place) % 3 > 0 ? [{ ...line, rate: pick(RATES, amount + place) }] : []),
    ...((back + place) % 2 > 0 ? [{ ...line, level: 2, rate: pick(RATES, amount + place + 1) }] : []),
  ]);
}

/** Up to three obligations, of which each gets a share of the amount. */
function shares(own: readonly { readonly id: string }[], amount: bigint, place: number) {
  const named = own.slice(0, 1 + (place % 3));
  const each = amount / BigInt(Math.max(named.length, 1));
  const share = place % 2 === 0 ? each : each / 2n;
  return share === 0n ? [] : named.map(({ id }) => ({ obligationId: id, amount: shown(share) }));
}
