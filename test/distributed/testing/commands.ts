import { EMPTY_STATE, foldEntry, perform } from '#engine';
import type { State, Step } from '#engine';
import { canonicalJson } from '#kernel';
import type { Json } from '#kernel';
import { AllianceLedger } from '#ledger';
import type { LedgerStore, Request } from '#ledger';
import { SeededEntropy } from '#rehearsal';
import type { Sent } from '../../properties/world.js';

/** The append loop of one api replica on a store. Equal seeds make equal salts. */
export function replicaOn(store: LedgerStore, seed = 'salts'): AllianceLedger<State> {
  return new AllianceLedger<State>(store, { initial: EMPTY_STATE, foldEntry }, { entropy: new SeededEntropy(seed) });
}

/** What the rules say to a command at its instant. The same state gives the same step, ids included. */
export function decided(state: State, { at, actor, command, entropySeed }: Sent): Step {
  return perform(state, { command, actorOf: () => actor }, at, new SeededEntropy(`${entropySeed}-made`));
}

/** A command of a walk as a replica is asked for it. */
export function requestOf(sent: Sent): Request<State> {
  const { name, args } = sent.command;
  return {
    commandId: sent.command.id,
    fingerprint: { text: canonicalJson({ name, args: args as unknown as Json }) },
    decide: (state) => decided(state, sent),
  };
}
