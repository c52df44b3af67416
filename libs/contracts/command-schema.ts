import type { Day, Hash, Id } from '#kernel';
import type { SealedValues } from './events.js';
import type { Context, DataFrom, Fields, SealedFields } from './schema.js';

/** The letters of the catalogue (part 1, section 5) and of the HTTP page, 1.2. */
export type Who =
  | 'account'
  | 'F'
  | 'D'
  | 'S'
  | 'C'
  | 'A'
  | 'invitee'
  | 'the person'
  | 'objector'
  | 'others of E'
  | 'own partner'
  | 'author'
  | 'delegates'
  | `R(${'speak' | 'propose' | 'take-position' | 'commit' | 'sign-charter' | 'appoint'})`;

/** A group of arguments under one name that has sealed members of its own (`AdmitPartner.mandate`). */
export interface Part {
  readonly public: Fields;
  readonly sealed: SealedFields;
  readonly optional?: true;
}

export interface CommandDefinition {
  readonly context: Context;
  /** Below `/v1/alliances/{a}/`; ids in braces are arguments. Empty for FormAlliance: `/v1/alliances` itself. */
  readonly path: string;
  /** 201 with `Location` when the path ends in a plural noun, else 200 (HTTP page 1.1, rule 5). */
  readonly status: 200 | 201;
  /** Where the new object is found: collection and id field of the first event. Without it, the object acted on. */
  readonly creates?: { readonly collection: string; readonly field: string };
  /** Who may: shown in `GET /v1/commands`; the rule itself is the decision's. */
  readonly who: readonly Who[];
  /** The arguments of class public, those in the path included. */
  readonly public: Fields;
  readonly sealed: SealedFields;
  readonly parts?: Readonly<Record<string, Part>>;
  /** Hashes of sealed text that the application computes before the decision; never sent by a client. */
  readonly computed?: Readonly<Record<string, Fields[string]>>;
  /**
   * Set for an act signed by several: the argument with the mandates of those who signed before its sender, gathered
   * outside the ledger and never sent by a client (HTTP page 1.2, note 2).
   */
  readonly signatures?: 'signedBy';
  /** True when the command takes `occurredOn` (part 1, 6.2). */
  readonly fact?: true;
}

type PartValue<P extends Part> = DataFrom<P['public']> & { readonly sealed: SealedValues };
type PartsOf<P> = {
  readonly [K in keyof P as P[K] extends { optional: true } ? never : K]: P[K] extends Part ? PartValue<P[K]> : never;
} & {
  readonly [K in keyof P as P[K] extends { optional: true } ? K : never]?: P[K] extends Part
    ? PartValue<P[K]> | undefined
    : never;
};

/** What a decision gets: public arguments by name, computed hashes, parts, and the opaque sealed values. */
export type ArgumentsFrom<D extends CommandDefinition> = DataFrom<D['public']> &
  (D extends { parts: infer P } ? PartsOf<P> : unknown) &
  (D extends { computed: infer C } ? { readonly [K in keyof C]: Hash } : unknown) &
  (D extends { signatures: infer S extends string } ? { readonly [K in S]?: readonly Id[] | undefined } : unknown) & {
    readonly sealed: SealedValues;
    readonly occurredOn?: Day | undefined;
  };

/** The named members of a field set; the type keeps exactly those. */
export function pick<F extends Record<string, unknown>, K extends keyof F & string>(
  fields: F,
  ...names: K[]
): Pick<F, K> {
  return Object.fromEntries(names.map((name) => [name, fields[name]])) as Pick<F, K>;
}

/** A field set without the named members. */
export function omit<F extends Record<string, unknown>, K extends keyof F & string>(
  fields: F,
  ...names: K[]
): Omit<F, K> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name as K))) as Omit<F, K>;
}
