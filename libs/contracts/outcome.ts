import type { Id } from '#kernel';

/** What `evaluate` answers and `RoundClosed` records (part 1, 4.3). A number that the method does not test is null. */
export interface Outcome {
  readonly result: Result;
  readonly appliedMethod: string;
  /** e: partners of the electorate at closing. */
  readonly eligible: number;
  /** P: partners with a counted position of any value; deemed never included. P + deemed + silent = e. */
  readonly participation: number;
  readonly deemed: number;
  readonly silent: number;
  readonly quorumRequired: number | null;
  readonly minFavourRequired: number | null;
  readonly expressed: number | null;
  readonly tallies: Tallies;
  readonly collegesAgainst: readonly Id[];
  readonly dissent: readonly Id[];
  readonly selected: Id | 'status-quo' | null;
  readonly ranking: readonly string[];
  readonly counted: readonly Id[];
  readonly notCounted: readonly { readonly positionId: Id; readonly why: NotCountedWhy }[];
}

export interface Tallies {
  readonly agree: number;
  readonly concern: number;
  readonly abstain: number;
  readonly standAside: number;
  readonly against: number;
  readonly object: number;
  readonly block: number;
  readonly reclassified: number;
  readonly ballots: number;
}

export type NotCountedWhy =
  | 'removed'
  | 'late'
  | 'contested'
  | 'struck'
  | 'own-beats-proxy'
  | 'direct-beats-on-behalf'
  | 'titular-beats-substitute'
  | 'later';

export type Result =
  | 'adopted'
  | 'not-adopted'
  | 'blocked'
  | 'returned-for-integration'
  | 'selected'
  | 'inconclusive:quorum'
  | 'inconclusive:silence'
  | 'inconclusive:tie'
  | 'inconclusive:none-expressed'
  | 'inconclusive:weak-support'
  | 'inconclusive:stand-asides'
  | 'cancelled:electorate'
  | 'cancelled:withdrawn'
  | 'superseded-by-version';
