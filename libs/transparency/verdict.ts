import type { Hash, Id } from '#kernel';

/** Why an entry cannot be accepted, in the order in which the reasons are tried (architecture 7). */
export const FAULT_WORDS = [
  'unreadable',
  'not-canonical',
  'entry-invalid',
  'wrong-log',
  'gap',
  'chain-broken',
  'time-back',
  'command-repeated',
  'commitment-differs',
  'index-differs',
  'outcome-differs',
  'input-hash-differs',
  'auto-event-differs',
  'head-differs',
] as const;
export type FaultWord = (typeof FAULT_WORDS)[number];

/** The first entry that cannot be accepted, and why. */
export interface Fault {
  readonly seq: number;
  readonly word: FaultWord;
  readonly detail: string;
}

export interface OpeningsChecked {
  readonly checked: number;
  /** Sealed values whose text was not given: erased, or left out of the copy. */
  readonly missing: number;
}

export interface Verdict {
  readonly alliance: Id | undefined;
  readonly entries: number;
  readonly head: { readonly seq: number; readonly hash: Hash } | undefined;
  readonly fault?: Fault;
  readonly openings: 'not given' | OpeningsChecked;
}
