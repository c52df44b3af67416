import { amountOf, least } from '#contracts';
import type { Amount } from '#contracts';
import type { ContributionFact, Movement } from './facts.js';

/** Where the declared amount of a contribution stands; declared = their sum (part 2, 1.5). */
export interface Buckets {
  readonly awaiting: Amount;
  readonly acknowledged: Amount;
  readonly contested: Amount;
}

/** The buckets after all movements, each with the effect that part 2, 1.5 gives it. */
export function bucketsOf(fact: Pick<ContributionFact, 'amount' | 'movements'>): Buckets {
  const declared: Buckets = { awaiting: amountOf(fact.amount), acknowledged: 0n, contested: 0n };
  return fact.movements.reduce(moved, declared);
}

export function declaredOf({ awaiting, acknowledged, contested }: Buckets): Amount {
  return awaiting + acknowledged + contested;
}

function moved(buckets: Buckets, movement: Movement): Buckets {
  const { awaiting, acknowledged, contested } = buckets;
  if (movement.type === 'corrected') return corrected(buckets, amountOf(movement.delta));
  const amount = amountOf(movement.amount);
  switch (movement.type) {
    case 'acknowledged':
      return { awaiting: awaiting - amount, acknowledged: acknowledged + amount, contested };
    case 'contested':
      return { ...buckets, [movement.from]: buckets[movement.from] - amount, contested: contested + amount };
    case 'lifted':
      return { awaiting, acknowledged: acknowledged + amount, contested: contested - amount };
  }
}

/** A raise is awaiting; a cut takes from awaiting, then contested, then acknowledged. One sum does both: a raise is a cut below 0. */
function corrected({ awaiting, acknowledged, contested }: Buckets, delta: Amount): Buckets {
  const fromAwaiting = least(-delta, awaiting);
  const fromContested = least(-delta - fromAwaiting, contested);
  const rest = -delta - fromAwaiting - fromContested;
  return {
    awaiting: awaiting - fromAwaiting,
    contested: contested - fromContested,
    acknowledged: acknowledged - rest,
  };
}
