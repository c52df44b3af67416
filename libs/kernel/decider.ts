import type { Hash } from './hashes.js';
import type { Id } from './ids.js';
import type { Refusal } from './refusals.js';
import type { Instant } from './time.js';

/** Who acts, as the entry records it (part 1, section 5). Every kind but `anonymous` and `system` names a person. */
export type Actor =
  | { readonly kind: 'representative'; readonly partner: Id; readonly mandate: Id; readonly person: Id }
  | { readonly kind: 'facilitator' | 'citizen' | 'auditor' | 'account'; readonly person: Id }
  | { readonly kind: 'anonymous' | 'system' };

/**
 * What a decision is made with besides its arguments and the state. `at` is the instant that the entry will carry;
 * ids and nonces come from outside so that a rule stays a function: `newId` names the field that the id is for.
 */
export interface Act {
  readonly at: Instant;
  readonly actor: Actor;
  /** The seq that the entry will have. */
  readonly seq: number;
  /** Hash of the entry before; absent for the first. */
  readonly head: Hash | undefined;
  newId(field: string): Id;
  newNonce(field: string): Hash;
}

/** Place of an event in its ledger, as `evolve` sees it. `at` is `dueAt` for an event of a due entry. */
export interface Recorded {
  readonly seq: number;
  readonly index: number;
  readonly at: Instant;
  readonly actor: Actor;
}

export type Decision<E> = readonly E[] | Refusal;
