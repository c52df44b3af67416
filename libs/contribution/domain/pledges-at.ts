import { amountOf, atLeastZero, sum } from '#contracts';
import type { Amount } from '#contracts';
import type { Day } from '#kernel';
import type { CommitmentFact, PledgeFact } from './facts.js';
import { isBy, standingOn } from './ratification.js';

export type PledgeStatus = 'standing' | 'withdrawn' | 'lapsed' | 'converted';

/** A pledge on a day: what of it is still to be turned into commitments (part 2, 2.1). */
export interface Pledged {
  readonly fact: PledgeFact;
  readonly status: PledgeStatus;
  readonly open: Amount;
}

/**
 * `open` is what commitments naming the pledge, pending or in force, leave of it while it stands; a refused commitment
 * gives it back. Converted when they reach its amount (part 2, 1.4 and 2.1).
 */
export function pledgeAt(fact: PledgeFact, commitments: readonly CommitmentFact[], trueOn: Day): Pledged {
  const naming = commitments.filter(
    (one) => one.pledgeId === fact.pledgeId && isBy(one, trueOn) && standingOn(one, trueOn) !== 'refused',
  );
  const left = atLeastZero(amountOf(fact.amount) - sum(naming.map(({ amount }) => amountOf(amount))));
  const status = statusAt(fact, left, trueOn);
  return { fact, status, open: status === 'standing' ? left : 0n };
}

function statusAt({ withdrawn, validUntil }: PledgeFact, left: Amount, trueOn: Day): PledgeStatus {
  if (isBy(withdrawn, trueOn)) return 'withdrawn';
  if (left === 0n) return 'converted';
  return validUntil !== undefined && validUntil < trueOn ? 'lapsed' : 'standing';
}
