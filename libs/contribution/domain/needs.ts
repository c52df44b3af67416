import { amountOf, atLeastZero, sum } from '#contracts';
import type { Amount } from '#contracts';
import type { Day, Id } from '#kernel';
import type { Facts } from './facts.js';
import { readAt } from './reading.js';

export interface Coverage {
  readonly requested: Amount;
  readonly committed: Amount;
  readonly covered: Amount;
  readonly uncovered: Amount;
}

/** How far a need is covered: firm promises and what came without one; pledges never count (part 2, 2.3). */
export function coverageOf(
  request: { readonly requestId: Id; readonly amount: string },
  facts: Facts,
  trueOn: Day,
): Coverage {
  const { obligations, given } = readAt(facts, trueOn);
  const answering = obligations.filter(({ fact }) => fact.requestId === request.requestId);
  const naming = given.filter(({ fact }) => fact.requestId === request.requestId);
  const requested = amountOf(request.amount);
  const covered = sum(answering.map((one) => one.fulfilled + one.open)) + sum(naming.map((one) => one.spontaneous));
  return {
    requested,
    committed: sum(answering.map((one) => one.amount - one.released)),
    covered,
    uncovered: atLeastZero(requested - covered),
  };
}
