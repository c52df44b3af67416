import { amountOf, atLeastZero, sum } from '#contracts';
import type { Amount } from '#contracts';
import type { Day } from '#kernel';
import type { GuaranteeFact } from './facts.js';
import { releasedBy } from './obligations.js';
import type { Obligation } from './obligations.js';
import { isBy, standingOn } from './ratification.js';

export type GuaranteeStatus =
  'offered' | 'ratified' | 'refused' | 'expired' | 'exhausted' | 'released' | 'partly-called' | 'in-force';

/** A guarantee on a day: off balance sheet, its exposure stands in no line of money (part 2, 1.7). */
export interface GuaranteeAt {
  readonly fact: GuaranteeFact;
  readonly status: GuaranteeStatus;
  readonly cap: Amount;
  readonly called: Amount;
  readonly released: Amount;
  /** max(0, cap − called − released) while in force, else 0. */
  readonly exposure: Amount;
  readonly inForce: boolean;
}

export function guaranteeAt(fact: GuaranteeFact, trueOn: Day): GuaranteeAt {
  const cap = amountOf(fact.cap);
  const called = sum(fact.calls.filter((call) => isBy(call, trueOn)).map(({ amount }) => amountOf(amount)));
  const released = releasedBy(fact, trueOn);
  const inForce = isBy(fact.entered, trueOn) && trueOn <= fact.termOn;
  const exposure = inForce ? atLeastZero(cap - called - released) : 0n;
  const status = isBy(fact.entered, trueOn)
    ? enteredStatus({ inForce, cap, called, exposure })
    : awaitedStatus(fact, trueOn);
  return { fact, status, cap, called, released, exposure, inForce };
}

type Figures = Pick<GuaranteeAt, 'inForce' | 'cap' | 'called' | 'exposure'>;

/** The first that applies (part 2, 1.4). */
function enteredStatus({ inForce, cap, called, exposure }: Figures): GuaranteeStatus {
  if (!inForce) return 'expired';
  if (called === cap) return 'exhausted';
  if (exposure === 0n) return 'released';
  return called > 0n ? 'partly-called' : 'in-force';
}

function awaitedStatus(fact: GuaranteeFact, trueOn: Day): GuaranteeStatus {
  const standing = standingOn(fact, trueOn);
  if (standing === 'refused') return 'refused';
  return fact.adReferendum && standing === 'in-force' ? 'ratified' : 'offered';
}

/** Σ fulfilled of the calls of a guarantee. */
export function paidOf({ guaranteeId }: GuaranteeFact, obligations: readonly Obligation[]): Amount {
  return sum(obligations.filter(({ fact }) => fact.guaranteeId === guaranteeId).map(({ fulfilled }) => fulfilled));
}
