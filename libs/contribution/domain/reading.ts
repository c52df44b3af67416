import { amountOf, least } from '#contracts';
import type { Amount } from '#contracts';
import type { Day, Id, Instant } from '#kernel';
import { bucketsOf } from './buckets.js';
import type { Buckets } from './buckets.js';
import type { AdReferendum, CommitmentFact, ContributionFact, Facts } from './facts.js';
import { guaranteeAt } from './guarantees-at.js';
import type { GuaranteeAt } from './guarantees-at.js';
import { obligationAt, owedByCalls, owedByCommitment } from './obligations.js';
import type { Obligation, OwedFact, Share } from './obligations.js';
import { pledgeAt } from './pledges-at.js';
import type { Pledged } from './pledges-at.js';
import { isBy, standingOn } from './ratification.js';
import type { Standing } from './ratification.js';

export interface Allocation {
  readonly allotted: readonly { readonly obligationId: Id; readonly amount: Amount }[];
  readonly spontaneous: Amount;
}

export interface Given extends Allocation {
  readonly fact: ContributionFact;
  readonly buckets: Buckets;
}

/** A commitment that is not in force: pending, or refused. */
export interface NotInForce {
  readonly fact: CommitmentFact;
  readonly standing: Exclude<Standing, 'in-force'>;
}

/** What was true on a day, of the facts given. */
export interface Reading {
  readonly pledges: readonly Pledged[];
  readonly notInForce: readonly NotInForce[];
  /** Commitments in force and calls on guarantees. */
  readonly obligations: readonly Obligation[];
  readonly given: readonly Given[];
  readonly guarantees: readonly GuaranteeAt[];
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

/**
 * Everything with an effective day up to `trueOn`; movements of a contribution count from the contribution's day. A
 * commitment that is not in force on that day is owed by nobody: what falls on it is spontaneous.
 */
export function readAt(facts: Facts, trueOn: Day): Reading {
  const commitments = facts.commitments.filter((fact) => isBy(fact, trueOn));
  const guarantees = facts.guarantees.filter((fact) => isBy(fact, trueOn));
  const owed = [
    ...commitments.filter((fact) => standingOn(fact, trueOn) === 'in-force').map(owedByCommitment),
    ...guarantees.flatMap((fact) => owedByCalls(fact, trueOn)),
  ];
  const given = givenAt(facts.contributions, owed, trueOn);
  return {
    pledges: facts.pledges.filter((fact) => isBy(fact, trueOn)).map((fact) => pledgeAt(fact, commitments, trueOn)),
    notInForce: commitments.flatMap((fact) => notInForceAt(fact, trueOn)),
    obligations: obligationsAt(owed, given, trueOn),
    given,
    guarantees: guarantees.map((fact) => guaranteeAt(fact, trueOn)),
  };
}

function notInForceAt(fact: CommitmentFact, trueOn: Day): readonly NotInForce[] {
  const standing = standingOn(fact, trueOn);
  return standing === 'in-force' ? [] : [{ fact, standing }];
}

function givenAt(facts: Facts['contributions'], owed: readonly OwedFact[], trueOn: Day): readonly Given[] {
  const known = new Set(owed.map(({ obligationId }) => obligationId));
  return facts
    .filter((fact) => isBy(fact, trueOn))
    .map((fact) => {
      const buckets = bucketsOf(fact);
      return { fact, buckets, ...allocate(buckets.acknowledged, fact.fulfils, (id) => known.has(id)) };
    });
}

function obligationsAt(owed: readonly OwedFact[], given: readonly Given[], trueOn: Day): readonly Obligation[] {
  const shares = new Map<Id, Share[]>(owed.map(({ obligationId }) => [obligationId, []]));
  for (const { fact, allotted } of given) {
    for (const { obligationId, amount } of allotted) shares.get(obligationId)?.push({ day: fact.day, amount });
  }
  return owed.map((fact) => obligationAt(fact, shares.get(fact.obligationId) ?? [], trueOn));
}

/** The facts that were recorded before an instant. */
export function recordedBefore(facts: Facts, instant: Instant): Facts {
  const before = <T extends { readonly at: Instant }>(items: readonly T[]) => items.filter(({ at }) => at < instant);
  const ratification = <T extends AdReferendum>(fact: T): T => {
    const { ratified, declined, ...rest } = fact;
    return { ...rest, ...only('ratified', ratified, instant), ...only('declined', declined, instant) } as unknown as T;
  };
  return {
    requests: before(facts.requests),
    scales: before(facts.scales),
    pledges: before(facts.pledges).map(({ withdrawn, ...fact }) => ({
      ...fact,
      ...only('withdrawn', withdrawn, instant),
    })),
    commitments: before(facts.commitments).map((fact) => ({
      ...ratification(fact),
      releases: before(fact.releases),
      reschedulings: before(fact.reschedulings),
    })),
    guarantees: before(facts.guarantees).map((fact) => ({
      ...ratification(fact),
      calls: before(fact.calls),
      releases: before(fact.releases),
    })),
    contributions: before(facts.contributions).map((fact) => ({ ...fact, movements: before(fact.movements) })),
  };
}

function only<N extends string, T extends { readonly at: Instant }>(
  name: N,
  stamp: T | undefined,
  instant: Instant,
): { readonly [K in N]?: T } {
  return (stamp && stamp.at < instant ? { [name]: stamp } : {}) as { readonly [K in N]?: T };
}
