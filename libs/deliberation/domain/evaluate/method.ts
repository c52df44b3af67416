import type { PositionValue, Result, Tallies } from '#contracts';
import type { Elector, Snapshot, SnapshotPolicy, SnapshotPosition } from './snapshot.js';

/** A value as it counts: what was said, or what the rules on objections make of it (part 1, 4.4 "Effective value"). */
export type EffectiveValue = PositionValue | 'reclassified';

/** A counted position with its effective value. */
export interface Vote {
  readonly position: SnapshotPosition;
  readonly value: EffectiveValue;
}

/** What a method judges: the round counted, before any method looked at it. P + deemed + silent = e. */
export interface Count {
  readonly snapshot: Snapshot;
  /** E: the electorate less removals, in the order of the snapshot. */
  readonly electors: readonly Elector[];
  /** In `seq` order. */
  readonly votes: readonly Vote[];
  readonly tallies: Tallies;
  /** e. */
  readonly eligible: number;
  /** P. */
  readonly participation: number;
  readonly deemed: number;
  readonly silent: number;
}

/** What a method answers. A number that it does not test is null. */
export interface Verdict {
  readonly result: Result;
  /** Only where another method than that of the policy was applied. */
  readonly appliedMethod?: string;
  readonly quorumRequired: number | null;
  readonly minFavourRequired: number | null;
  readonly expressed: number | null;
  /** Partners, in `seq` order of their positions. */
  readonly dissent?: readonly string[];
  readonly selected?: string | null;
  readonly ranking?: readonly string[];
}

export type Ballot = NonNullable<SnapshotPosition['ballot']>;

export type PolicyParameter = Exclude<keyof SnapshotPolicy, 'method'>;

/** A decision method (part 1, 4.5): one file each, one line each in `methods.ts`. */
export interface VotingMethod {
  /** The values that a position may have; any other is refused on entry. */
  readonly positions: readonly PositionValue[];
  /** The policy members that it reads, its silence and its college condition apart. */
  readonly parameters: readonly PolicyParameter[];
  /** What an agreement becomes whose ratification is refused. */
  readonly refusedRatification: 'object' | 'abstain';
  /** Whether an objection falls because all others contest it, or (M8) because no reason came. */
  readonly objectionFalls: 'when-all-contest' | 'without-reason';
  /** Whether silence can be read as consent in this round. */
  readonly silenceCounts: (snapshot: Snapshot) => boolean;
  /** What is wrong with a ballot; only the methods that choose among options have it. */
  readonly ballotFault?: (ballot: Ballot, options: readonly string[], policy: SnapshotPolicy) => string | undefined;
  readonly judge: (count: Count) => Verdict;
}

/** A parameter that the method cannot do without; every recorded policy and every snapshot read has it. */
export function needed<K extends PolicyParameter>(policy: SnapshotPolicy, name: K): NonNullable<SnapshotPolicy[K]> {
  const value = policy[name];
  if (value === undefined) throw new RangeError(`policy without ${name}`);
  return value;
}
