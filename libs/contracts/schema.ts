import type { Day, Hash, Id, Instant, RefusalCode } from '#kernel';

/**
 * The field classes of the catalogue (part 1, section 5). A **public** field holds only what no person wrote: enums,
 * integers, decimal strings, days, instants, random ids, hashes, official codes, flags, and lists or records of these.
 * A **sealed** field is free text or personal: it is kept outside the entry, which carries a salted commitment.
 * An event definition has the two sets apart, so that a field without a class cannot be written.
 */
export type Field<T = unknown> = PublicShape & {
  readonly __value?: T;
  /** The domain's own code for an argument that is of the right type and yet not of this class. */
  readonly refused?: RefusalCode;
};

export type PublicShape =
  | { readonly is: 'id' | 'dec' | 'signed-dec' | 'rate' | 'day' | 'instant' | 'hash' | 'document' | 'flag' }
  | { readonly is: 'int'; readonly min: number; readonly max: number }
  | { readonly is: 'code'; readonly pattern: RegExp; readonly max: number }
  | { readonly is: 'enum'; readonly values: readonly string[] }
  | { readonly is: 'list'; readonly of: Field; readonly max: number }
  | { readonly is: 'record'; readonly fields: Fields }
  | { readonly is: 'outcome' }
  | { readonly is: 'optional'; readonly of: Field };

export type Fields = Readonly<Record<string, Field>>;

/** `title` 200, `note` 5,000, `long` 60,000 code points (HTTP page, 2.4); `list` and `record` hold texts by place or key. */
export type SealedField =
  | { readonly text: 'title' | 'note' | 'long' }
  | { readonly text: 'list'; readonly of: 'title' | 'note'; readonly max: number }
  | { readonly text: 'record'; readonly of: 'title' | 'note'; readonly max: number }
  /** A key made by the application: base64 of 32 bytes under which a hash of sealed text was made. */
  | { readonly text: 'key' };
export type SealedFields = Readonly<Record<string, SealedField & { readonly required?: true }>>;

type Value<F> = F extends Field<infer T> ? T : never;
type OptionalKeys<F extends Fields> = { [K in keyof F]: undefined extends Value<F[K]> ? K : never }[keyof F];
export type DataFrom<F extends Fields> = { readonly [K in Exclude<keyof F, OptionalKeys<F>>]: Value<F[K]> } & {
  readonly [K in OptionalKeys<F>]?: Value<F[K]>;
};

export const id = (): Field<Id> => ({ is: 'id' });
/** A canonical decimal string (part 2, 1.2): no sign, exponent, leading or trailing zero. */
export const dec = (): Field<string> => ({ is: 'dec', refused: 'AMOUNT_INVALID' });
export const signedDec = (): Field<string> => ({ is: 'signed-dec', refused: 'AMOUNT_INVALID' });
/** A decimal string of at most 6 decimals (part 2, 1.2). */
export const rate = (): Field<string> => ({ is: 'rate', refused: 'AMOUNT_INVALID' });
export const day = (): Field<Day> => ({ is: 'day' });
export const instant = (): Field<Instant> => ({ is: 'instant' });
/** base64 of 32 bytes. */
export const hash = (): Field<Hash> => ({ is: 'hash' });
/** A client sends the SHA-256 of a document; the event holds HMAC(fresh key, it) and the key is sealed beside it. */
export const document = (): Field<Hash> => ({ is: 'document' });
export const flag = (): Field<boolean> => ({ is: 'flag' });
export const int = (min = 0, max = Number.MAX_SAFE_INTEGER): Field<number> => ({ is: 'int', min, max });
/** An official code: never free text, so at most one short run of letters, digits and the marks that codes have. */
export const code = (pattern = /^[A-Za-z0-9][A-Za-z0-9_/+.-]*$/, max = 32): Field<string> => ({
  is: 'code',
  pattern,
  max,
});
/** The same as on paper, groups of digits set apart (part 2, section 3): no words, since a space stands before digits alone. */
export const enteredCode = (): Field<string> =>
  code(/^[A-Za-z0-9][A-Za-z0-9_/+.\u2010\u2011-]*(?:[ \u00A0\u202F][0-9.-]{1,14})*$/, 40);
export const oneOf = <const V extends readonly string[]>(...values: V): Field<V[number]> => ({ is: 'enum', values });
export const list = <T>(of: Field<T>, max: number): Field<readonly T[]> => ({ is: 'list', of, max });
export const record = <const F extends Fields>(fields: F): Field<DataFrom<F>> => ({ is: 'record', fields });
export const optional = <T>(of: Field<T>): Field<T | undefined> => ({ is: 'optional', of });
/** The outcome record of part 1, 4.3, the only place where null is printed. `T` is given by who knows its type. */
export const outcome = <T>(): Field<T> => ({ is: 'outcome' });
/** The same field, with the domain's own code for a value that is not of its class. */
export const refusedAs = <T>(code: RefusalCode, field: Field<T>): Field<T> => ({ ...field, refused: code });

export const title = { text: 'title' } as const satisfies SealedField;
export const note = { text: 'note' } as const satisfies SealedField;
export const long = { text: 'long' } as const satisfies SealedField;
export const key = { text: 'key' } as const satisfies SealedField;
export const textList = (of: 'title' | 'note', max: number) =>
  ({ text: 'list', of, max }) as const satisfies SealedField;
export const textRecord = (of: 'title' | 'note', max: number) =>
  ({ text: 'record', of, max }) as const satisfies SealedField;
export const required = <F extends SealedField>(field: F) => ({ ...field, required: true }) as const;

export type Context = 'alliance' | 'deliberation' | 'contribution';

export interface EventDefinition {
  readonly v: number;
  /** Word and id field of `subject`; by default those of the first id field of `public` (`partnerId`: `partner/…`). */
  readonly subject?: 'alliance' | 'round';
  readonly public: Fields;
  readonly sealed: SealedFields;
  /** True for a fact from elsewhere, which may carry an earlier `occurredOn` (part 1, 6.2). */
  readonly fact?: true;
}

export type EventDefinitions = Readonly<Record<string, EventDefinition>>;
