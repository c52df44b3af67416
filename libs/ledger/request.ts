import type { Id, Refusal } from '#kernel';
import type { Entry, Head } from './entry.js';

/** What every state has: the place in the ledger that it stands on. */
export interface Standing {
  readonly head: Head;
}

/** What a decision came to: entries to append, the state behind them, and the command's own entry or its refusal. */
export interface Decided<S> {
  readonly entries: readonly Entry[];
  readonly state: S;
  readonly entry?: Entry;
  readonly refusal?: Refusal;
}

/** A pure decision on a state, made again on a newer state after a lost race. It reads the clock anew each time. */
export type Decide<S> = (state: S) => Decided<S>;

export interface Request<S> {
  readonly commandId: Id;
  /** What makes a repeat the same command: name, arguments, capacity. Without it every repeat is taken for the same. */
  readonly fingerprint?: { readonly text: string } | undefined;
  readonly decide: Decide<S>;
}

/** `repeated` is true for the first answer given again. `seq` of a refusal is the head it was decided on. */
export type Answer =
  | { readonly kind: 'recorded'; readonly entry: Entry; readonly repeated: boolean }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly seq: number };

/**
 * Why a command got no answer. `COMMAND_ID_REUSED`: its id belongs to another command. `LOST_RACE`: others were always
 * first. `OUTCOME_UNKNOWN`: it may have been recorded; repeat it under the same id. `NOT_READY`: too many wait, or the
 * process is stopping; nothing was recorded.
 */
export class CommandFailed extends Error {
  constructor(readonly code: 'COMMAND_ID_REUSED' | 'LOST_RACE' | 'OUTCOME_UNKNOWN' | 'NOT_READY') {
    super(code);
  }
}
