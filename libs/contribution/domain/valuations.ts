import { amountFault, amountOf, event, lineFault } from '#contracts';
import type { ArgumentsOf, DomainEvent } from '#contracts';
import { isRefusal, refuse } from '#kernel';
import type { Act, Decision, Id, Refusal } from '#kernel';
import { actingPartner, facilitatorFault, inForceDecisionFault, STATING } from './authority.js';
import { bucketsOf } from './buckets.js';
import type { ContributionFact } from './facts.js';
import { currencyFault } from './money.js';
import { hasAccounts, isValuable, rateOf, valueAt } from './valuation.js';
import type { World } from './world.js';

type ValueContribution = ArgumentsOf<'ValueContribution'>;

/** What the acknowledged amount is worth on one basis, by who may record that basis (part 2, 1.6). */
export function valueContribution(world: World, args: ValueContribution, act: Act): Decision<DomainEvent> {
  const acting = actingPartner(world, act, STATING, 'NOT_A_PARTY');
  if (isRefusal(acting)) return acting;
  const { occurredOn: _today, sealed, ...valued } = args;
  const fact = world.state.contributions.get(args.contributionId)?.fact;
  if (!fact) return refuse('NOT_FOUND', { pointer: '/contributionId' });
  const fault =
    (isValuable(fact.kind) ? undefined : refuse('NOT_VALUABLE')) ??
    basisFault(fact, args, acting.partnerId) ??
    acknowledgedFault(fact, args) ??
    valueFault(args);
  if (fault) return fault;
  const valuationId = act.newId('valuationId');
  return [event('ContributionValued', { valuationId, ...valued }, { sealed })];
}

function basisFault(fact: ContributionFact, args: ValueContribution, actingId: Id): Refusal | undefined {
  const { providerId, receiverId } = fact;
  if (args.basis !== 'cvn' && args.bookedById !== undefined) {
    return refuse('NOT_BOOKING_PARTNER', { pointer: '/bookedById', rule: 'a cvn alone is booked' });
  }
  switch (args.basis) {
    case 'donor-cost':
      return actingId === providerId ? undefined : refuse('NOT_A_PARTY', { rule: 'the provider knows its cost' });
    case 'market-ceiling':
      if (actingId !== providerId && actingId !== receiverId) return refuse('NOT_A_PARTY');
      return args.evidenceHash === undefined ? refuse('EVIDENCE_REQUIRED', { pointer: '/evidenceHash' }) : undefined;
    case 'cvn':
      return bookingFault(fact, args, actingId);
  }
}

/** The receiver books a cvn, or for volunteer time also the provider; one contribution is booked by one partner only. */
function bookingFault(fact: ContributionFact, { bookedById }: ValueContribution, actingId: Id): Refusal | undefined {
  if (!hasAccounts(fact.kind)) return refuse('NOT_A_CVN');
  const pointer = '/bookedById';
  const may = [fact.receiverId, ...(fact.kind === 'volunteer-time' ? [fact.providerId] : [])];
  if (bookedById === undefined || bookedById !== actingId || !may.includes(bookedById)) {
    return refuse('NOT_BOOKING_PARTNER', { pointer });
  }
  const first = fact.valuations.find(({ basis }) => basis === 'cvn')?.bookedById;
  return first === undefined || first === bookedById ? undefined : refuse('ALREADY_BOOKED', { pointer });
}

function acknowledgedFault(fact: ContributionFact, { amount }: ValueContribution): Refusal | undefined {
  const invalid = amountFault(amount, fact.unit);
  if (invalid) return invalid;
  return amountOf(amount) === bucketsOf(fact).acknowledged
    ? undefined
    : refuse('NOT_ACKNOWLEDGED_AMOUNT', { pointer: '/amount' });
}

function valueFault({ amount, rate, currency, value }: ValueContribution): Refusal | undefined {
  const fault = currencyFault(currency) ?? amountFault(value, currency, '/value');
  if (fault || rate === undefined) return fault;
  if (rateOf(rate) === 0n) return refuse('AMOUNT_INVALID', { pointer: '/rate' });
  return valueAt(amountOf(amount), rate, currency) === amountOf(value)
    ? undefined
    : refuse('VALUE_MISMATCH', { pointer: '/value', rule: 'amount × rate, rounded to the minor unit' });
}

type AdoptScale = ArgumentsOf<'AdoptValuationScale'>;

/** The next version of the scale, with a decision in force; versions follow each other without gap (part 2, 1.6). */
export function adoptValuationScale(world: World, args: AdoptScale, act: Act): Decision<DomainEvent> {
  const { occurredOn: _today, sealed, ...scale } = args;
  const last = world.state.scales.at(-1);
  const fault =
    citerFault(world, act) ??
    inForceDecisionFault(world, args.decisionId) ??
    periodFault(args, last?.validFrom) ??
    currencyFault(args.currency) ??
    linesFault(args.lines);
  if (fault) return fault;
  const scaleId = act.newId('scaleId');
  const version = (last?.version ?? 0) + 1;
  return [event('ValuationScaleAdopted', { scaleId, version, ...scale }, { sealed })];
}

/** D, its first half: the facilitator or R(propose). */
function citerFault(world: World, act: Act): Refusal | undefined {
  if (act.actor.kind !== 'representative') return facilitatorFault(world, act);
  const acting = actingPartner(world, act, ['propose'], 'POWER_MISSING');
  return isRefusal(acting) ? acting : undefined;
}

function periodFault({ validFrom, validTo }: AdoptScale, lastFrom: string | undefined): Refusal | undefined {
  if (lastFrom !== undefined && validFrom <= lastFrom) return refuse('NOT_LATER', { pointer: '/validFrom' });
  return validTo !== undefined && validTo < validFrom ? refuse('DATE_INVALID', { pointer: '/validTo' }) : undefined;
}

function linesFault(lines: AdoptScale['lines']): Refusal | undefined {
  const seen = new Set<string>();
  for (const [index, { kind, unit, level, rate }] of lines.entries()) {
    const pointer = `/lines/${String(index)}`;
    if (!isValuable(kind)) return refuse('NOT_VALUABLE', { pointer: `${pointer}/kind` });
    const fault = lineFault({ kind, unit }, pointer);
    if (fault) return fault;
    if (rateOf(rate) === 0n) return refuse('AMOUNT_INVALID', { pointer: `${pointer}/rate` });
    const key = `${kind}/${unit}/${String(level)}`;
    if (seen.has(key)) return refuse('LIMIT_EXCEEDED', { pointer, rule: 'one rate per kind, unit and level' });
    seen.add(key);
  }
  return undefined;
}
