import { amountFault, amountOf, event } from '#contracts';
import type { ArgumentsOf, DomainEvent, Line } from '#contracts';
import { isRefusal, refuse, statedDay } from '#kernel';
import type { Act, Day, Decision, Id, Refusal } from '#kernel';
import { actingPartner, BINDING, today } from './authority.js';
import type { GuaranteeFact } from './facts.js';
import { guaranteeAt } from './guarantees-at.js';
import { currencyFault } from './money.js';
import { answeredRequestFault, ceilingFault, ratificationTerms } from './promising.js';
import { standingOn } from './ratification.js';
import type { World } from './world.js';

type OfferGuarantee = ArgumentsOf<'OfferGuarantee'>;

/** The obligor offers to pay at most `cap` of a debt of the carrier, by its own mandate with `commit` (part 2, 1.7). */
export function offerGuarantee(world: World, args: OfferGuarantee, act: Act): Decision<DomainEvent> {
  const acting = actingPartner(world, act, BINDING, 'NOT_PROVIDER_MANDATE');
  if (isRefusal(acting)) return acting;
  if (args.obligorId !== acting.partnerId) return refuse('NOT_PROVIDER_MANDATE', { pointer: '/obligorId' });
  const { adReferendum: _asked, ratifyBy: _by, occurredOn: _today, sealed, ...terms } = args;
  const offeredOn = today(world, act);
  const asked = { ...args, mandateId: acting.mandateId };
  const line: Line = { kind: 'guarantee', unit: args.currency };
  const promise = { ...line, requestId: args.requestId, providerId: args.obligorId, amount: args.cap };
  const fault =
    moneyFault(args) ??
    partiesFault(world, args, offeredOn) ??
    shareFault(args) ??
    termFault(args, offeredOn) ??
    answeredRequestFault(world, promise, asked) ??
    ceilingFault(world, promise, asked, '/cap');
  if (fault) return fault;
  const ratification = ratificationTerms(world, asked, offeredOn);
  if (isRefusal(ratification)) return ratification;
  const guaranteeId = act.newId('guaranteeId');
  return [event('GuaranteeOffered', { guaranteeId, ...terms, ...ratification }, { sealed })];
}

function moneyFault({ currency, principal, cap }: OfferGuarantee): Refusal | undefined {
  return (
    currencyFault(currency) ?? amountFault(principal, currency, '/principal') ?? amountFault(cap, currency, '/cap')
  );
}

/** The debtor is the partner that is carrier on that day, and the obligor is neither debtor nor creditor, in this order. */
function partiesFault(
  world: World,
  { obligorId, debtorId, creditorId }: OfferGuarantee,
  day: Day,
): Refusal | undefined {
  if (!world.alliance.isCarriedBy(debtorId, day) || world.alliance.legalForm() !== 'carried') {
    return refuse('CARRIER_NOT_IN_FORCE', { pointer: '/debtorId' });
  }
  if (obligorId === debtorId || obligorId === creditorId) return refuse('OBLIGOR_IS_PARTY', { pointer: '/obligorId' });
  return creditorId === undefined || world.alliance.partner(creditorId)
    ? undefined
    : refuse('NOT_FOUND', { pointer: '/creditorId' });
}

/** cap · den ≤ principal · num, and a share is at most the whole (quotité). */
function shareFault({ share: { num, den }, cap, principal }: OfferGuarantee): Refusal | undefined {
  const isWithin = num <= den && amountOf(cap) * BigInt(den) <= amountOf(principal) * BigInt(num);
  return isWithin ? undefined : refuse('CAP_OVER_SHARE', { pointer: '/cap' });
}

function termFault({ termOn }: OfferGuarantee, offeredOn: Day): Refusal | undefined {
  return termOn < offeredOn ? refuse('DATE_INVALID', { pointer: '/termOn', rule: 'not before the offer' }) : undefined;
}

/**
 * Offered without ratification, or ratified, it enters into force by the creditor's act, on the day of the contract: that
 * of the offer or ratification at the earliest, that of its term at the latest (part 2, 1.4; part 1, 6.2).
 */
export function enterGuarantee(
  world: World,
  { guaranteeId, contractHash, occurredOn: stated, sealed }: ArgumentsOf<'EnterGuarantee'>,
  act: Act,
): Decision<DomainEvent> {
  const fact = partyTo(world, guaranteeId, act, stated);
  if (isRefusal(fact)) return fact;
  const now = today(world, act);
  const day = stated ?? now;
  if (fact.entered || standingOn(fact, now) !== 'in-force')
    return refuse('WRONG_STATE', { rule: 'offered or ratified' });
  if (day < fact.day || standingOn(fact, day) !== 'in-force')
    return refuse('OCCURRED_BEFORE_CAUSE', {
      pointer: '/occurredOn',
      rule: 'not before the offer or its ratification',
    });
  if (fact.termOn < day) return refuse('WRONG_STATE', { rule: 'its term is not over' });
  return [
    event('GuaranteeEnteredIntoForce', { guaranteeId, contractHash }, { sealed, occurredOn: statedDay(day, now) }),
  ];
}

/**
 * Part of it becomes payable, on a day from the entry into force to the term and up to what is neither called nor
 * released, whenever it is told; the obligor bound itself when offering (part 2, 1.4 and 1.7).
 */
export function callGuarantee(
  world: World,
  { guaranteeId, amount, dueOn, occurredOn: stated, sealed }: ArgumentsOf<'CallGuarantee'>,
  act: Act,
): Decision<DomainEvent> {
  const fact = partyTo(world, guaranteeId, act, stated);
  if (isRefusal(fact)) return fact;
  const now = today(world, act);
  const day = stated ?? now;
  const fault = callableFault(fact, day) ?? amountFault(amount, fact.currency);
  if (fault) return fault;
  const { exposure } = guaranteeAt(fact, fact.termOn);
  if (amountOf(amount) > exposure) return refuse('CALL_OVER_EXPOSURE', { pointer: '/amount' });
  if (dueOn < day) return refuse('DUE_BEFORE_COMMITMENT', { pointer: '/dueOn' });
  const callId = act.newId('callId');
  const called = { guaranteeId, callId, amount, dueOn };
  return [event('GuaranteeCalled', called, { sealed, occurredOn: statedDay(day, now) })];
}

function callableFault({ entered, termOn }: GuaranteeFact, day: Day): Refusal | undefined {
  if (!entered) return refuse('NOT_IN_FORCE');
  const pointer = '/occurredOn';
  if (day < entered.day) return refuse('OCCURRED_BEFORE_CAUSE', { pointer, rule: 'not before its entry into force' });
  return day > termOn ? refuse('CALL_AFTER_TERM') : undefined;
}

/** Part of what is not called ends. */
export function releaseGuarantee(
  world: World,
  { guaranteeId, amount, sealed }: ArgumentsOf<'ReleaseGuarantee'>,
  act: Act,
): Decision<DomainEvent> {
  const fact = partyTo(world, guaranteeId, act);
  if (isRefusal(fact)) return fact;
  if (!fact.entered) return refuse('NOT_IN_FORCE');
  const fault = amountFault(amount, fact.currency);
  if (fault) return fault;
  const { exposure } = guaranteeAt(fact, today(world, act));
  if (amountOf(amount) > exposure) return refuse('RELEASE_OVER_EXPOSURE', { pointer: '/amount' });
  return [event('GuaranteeReleased', { guaranteeId, amount }, { sealed })];
}

/**
 * The guarantee, when the actor is its creditor, or its debtor where the creditor is outside (part 2, 1.4). What is stated
 * is past: after mandate and power, before all other guards (1.5).
 */
function partyTo(world: World, guaranteeId: Id, act: Act, stated?: Day): GuaranteeFact | Refusal {
  const acting = actingPartner(world, act, BINDING, 'NOT_CREDITOR_MANDATE');
  if (isRefusal(acting)) return acting;
  if (stated !== undefined && stated > today(world, act)) return refuse('FUTURE_FACT', { pointer: '/occurredOn' });
  const fact = world.state.guarantees.get(guaranteeId)?.fact;
  if (!fact) return refuse('NOT_FOUND', { pointer: '/guaranteeId' });
  return (fact.creditorId ?? fact.debtorId) === acting.partnerId ? fact : refuse('NOT_CREDITOR_MANDATE');
}
