import { amountOf, atLeastZero, least, sum } from '#contracts';
import type { Amount } from '#contracts';
import type { Day, Id, Instant } from '#kernel';
import type { CommitmentFact, ContributionFact, Facts, Movement } from './facts.js';

/** Where the declared amount of a contribution stands; declared = their sum (part 2, 1.5). */
export interface Buckets {
  readonly awaiting: Amount;
  readonly acknowledged: Amount;
  readonly contested: Amount;
}

export interface Allocation {
  readonly allotted: readonly { readonly obligationId: Id; readonly amount: Amount }[];
  readonly spontaneous: Amount;
}

/** The figures of an obligation at a day (part 2, 2.1). `late`: nothing is open, but something was when it was due. */
export interface Obligation {
  readonly fact: CommitmentFact;
  readonly dueOn: Day;
  readonly amount: Amount;
  readonly released: Amount;
  readonly fulfilled: Amount;
  readonly open: Amount;
  readonly over: Amount;
  readonly inDefault: Amount;
  readonly late: boolean;
}

export interface Given extends Allocation {
  readonly fact: ContributionFact;
  readonly buckets: Buckets;
}

/** What was true on a day, of the facts given. */
export interface Reading {
  readonly obligations: readonly Obligation[];
  readonly given: readonly Given[];
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

/** A raise is awaiting; a cut takes from awaiting, then contested, then acknowledged. */
function corrected({ awaiting, acknowledged, contested }: Buckets, delta: Amount): Buckets {
  if (delta > 0n) return { awaiting: awaiting + delta, acknowledged, contested };
  const fromAwaiting = least(-delta, awaiting);
  const fromContested = least(-delta - fromAwaiting, contested);
  const rest = -delta - fromAwaiting - fromContested;
  return {
    awaiting: awaiting - fromAwaiting,
    contested: contested - fromContested,
    acknowledged: acknowledged - rest,
  };
}

/**
 * Pours the acknowledged amount into `fulfils` in list order, each entry at most its own amount; what is left, or
 * falls on an obligation not in the view, is spontaneous (part 2, 1.5). Computed afresh each time.
 */
export function allocate(
  acknowledged: Amount,
  fulfils: ContributionFact['fulfils'],
  inView: (obligationId: Id) => boolean,
): Allocation {
  const allotted: { obligationId: Id; amount: Amount }[] = [];
  let left = acknowledged;
  let spontaneous = 0n;
  for (const { obligationId, amount } of fulfils) {
    const poured = least(left, amountOf(amount));
    left -= poured;
    if (inView(obligationId)) allotted.push({ obligationId, amount: poured });
    else spontaneous += poured;
  }
  return { allotted, spontaneous: spontaneous + left };
}

/** Everything with an effective day up to `trueOn`; movements of a contribution count from the contribution's day. */
export function readAt(facts: Facts, trueOn: Day): Reading {
  const commitments = facts.commitments.filter((fact) => fact.day <= trueOn);
  const known = new Set(commitments.map((fact) => fact.commitmentId));
  const given = facts.contributions
    .filter((fact) => fact.day <= trueOn)
    .map((fact): Given => {
      const buckets = bucketsOf(fact);
      return { fact, buckets, ...allocate(buckets.acknowledged, fact.fulfils, (id) => known.has(id)) };
    });
  return { obligations: obligationsAt(commitments, given, trueOn), given };
}

function obligationsAt(
  commitments: readonly CommitmentFact[],
  given: readonly Given[],
  trueOn: Day,
): readonly Obligation[] {
  const allotted = new Map<Id, { day: Day; amount: Amount }[]>(commitments.map((one) => [one.commitmentId, []]));
  for (const { fact, allotted: shares } of given) {
    for (const share of shares) allotted.get(share.obligationId)?.push({ day: fact.day, amount: share.amount });
  }
  return commitments.map((fact) => obligationAt(fact, allotted.get(fact.commitmentId) ?? [], trueOn));
}

function obligationAt(
  fact: CommitmentFact,
  shares: readonly { readonly day: Day; readonly amount: Amount }[],
  trueOn: Day,
): Obligation {
  const dueOn = dueOnAt(fact, trueOn);
  const amount = amountOf(fact.amount);
  const released = sum(fact.releases.filter(({ day }) => day <= trueOn).map((release) => amountOf(release.amount)));
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

/** The due date that held on a day. */
export function dueOnAt(fact: CommitmentFact, trueOn: Day): Day {
  return fact.reschedulings.filter(({ day }) => day <= trueOn).at(-1)?.dueOn ?? fact.dueOn;
}

/** The facts that were recorded before an instant. */
export function recordedBefore(facts: Facts, instant: Instant): Facts {
  const before = <T extends { readonly at: Instant }>(items: readonly T[]) => items.filter(({ at }) => at < instant);
  return {
    commitments: before(facts.commitments).map((fact) => ({
      ...fact,
      releases: before(fact.releases),
      reschedulings: before(fact.reschedulings),
    })),
    contributions: before(facts.contributions).map((fact) => ({ ...fact, movements: before(fact.movements) })),
  };
}

export type ShownStatus = 'released' | 'fulfilled' | 'defaulted' | 'partly-fulfilled' | 'in-force';

/** The shown status of an obligation, the first that applies (part 2, 1.4); none is pending or refused yet. */
export function shownStatus({ fulfilled, open, inDefault }: Obligation): ShownStatus {
  if (open === 0n) return fulfilled === 0n ? 'released' : 'fulfilled';
  if (inDefault > 0n) return 'defaulted';
  return fulfilled > 0n ? 'partly-fulfilled' : 'in-force';
}
