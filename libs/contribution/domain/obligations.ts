import { amountOf, atLeastZero, sum } from '#contracts';
import type { Amount, Line } from '#contracts';
import type { Day, Id } from '#kernel';
import type { CommitmentFact, GuaranteeFact, Release, Stamp } from './facts.js';
import { isBy } from './ratification.js';
import type { Standing } from './ratification.js';

/** What a provider owes: by its commitment, or by a call on its guarantee (part 2, 1.1). */
export interface OwedFact extends Line, Pick<Stamp, 'day'> {
  readonly obligationId: Id;
  readonly amount: string;
  readonly providerId: Id;
  readonly receiverId?: Id;
  readonly attestorId?: Id;
  readonly requestId?: Id;
  readonly carrierId?: Id;
  /** The guarantee that was called. */
  readonly guaranteeId?: Id;
  readonly dueOn: Day;
  readonly releases: readonly Release[];
  readonly reschedulings: readonly (Stamp & { readonly dueOn: Day })[];
}

/** The figures of an obligation at a day (part 2, 2.1). `late`: nothing is open, but something was when it was due. */
export interface Obligation {
  readonly fact: OwedFact;
  readonly dueOn: Day;
  readonly amount: Amount;
  readonly released: Amount;
  readonly fulfilled: Amount;
  readonly open: Amount;
  readonly over: Amount;
  readonly inDefault: Amount;
  readonly late: boolean;
}

export function owedByCommitment(fact: CommitmentFact): OwedFact {
  return { ...fact, obligationId: fact.commitmentId };
}

/** Each call is an obligation of money to the debtor, with its own id and due date (part 2, 1.7). */
export function owedByCalls(guarantee: GuaranteeFact, trueOn: Day): readonly OwedFact[] {
  const { guaranteeId, obligorId, debtorId, currency } = guarantee;
  const owed = { guaranteeId, providerId: obligorId, receiverId: debtorId, kind: 'money', unit: currency } as const;
  return guarantee.calls
    .filter((call) => isBy(call, trueOn))
    .map(({ callId, amount, dueOn, day }) => ({
      ...owed,
      obligationId: callId,
      amount,
      dueOn,
      day,
      releases: [],
      reschedulings: [],
    }));
}

/** A share of an acknowledged contribution that falls on an obligation; `day` is the contribution's. */
export interface Share {
  readonly day: Day;
  readonly amount: Amount;
}

/** The figures of an obligation, from the shares that fall on it (part 2, 2.1). */
export function obligationAt(fact: OwedFact, shares: readonly Share[], trueOn: Day): Obligation {
  const dueOn = dueOnAt(fact, trueOn);
  const amount = amountOf(fact.amount);
  const released = releasedBy(fact, trueOn);
  const fulfilled = sum(shares.map((share) => share.amount));
  const inTime = sum(shares.filter(({ day }) => day <= dueOn).map((share) => share.amount));
  const open = atLeastZero(amount - released - fulfilled);
  return {
    fact,
    dueOn,
    amount,
    released,
    fulfilled,
    open,
    over: atLeastZero(fulfilled - (amount - released)),
    inDefault: dueOn < trueOn ? open : 0n,
    late: open === 0n && inTime < amount - released,
  };
}

export function releasedBy({ releases }: Pick<OwedFact, 'releases'>, trueOn: Day): Amount {
  return sum(releases.filter((one) => isBy(one, trueOn)).map(({ amount }) => amountOf(amount)));
}

/** The due date that held on a day. */
export function dueOnAt(fact: Pick<OwedFact, 'dueOn' | 'reschedulings'>, trueOn: Day): Day {
  return fact.reschedulings.filter((one) => isBy(one, trueOn)).at(-1)?.dueOn ?? fact.dueOn;
}

export type ShownStatus =
  'pending' | 'refused' | 'released' | 'fulfilled' | 'defaulted' | 'partly-fulfilled' | 'in-force';

/** The shown status of an obligation, the first that applies (part 2, 1.4). */
export function shownStatus(
  { fulfilled, open, inDefault }: Pick<Obligation, 'fulfilled' | 'open' | 'inDefault'>,
  standing: Standing = 'in-force',
): ShownStatus {
  if (standing !== 'in-force') return standing;
  if (open === 0n) return fulfilled === 0n ? 'released' : 'fulfilled';
  if (inDefault > 0n) return 'defaulted';
  return fulfilled > 0n ? 'partly-fulfilled' : 'in-force';
}
