import { DECISION_TYPES, METHODS, PARTNER_KINDS, RESOURCE_KINDS } from './enums.js';
import type { DecisionType } from './enums.js';
import { code, dec, flag, id, int, list, oneOf, optional, record, refusedAs } from './schema.js';
import type { DataFrom, Field } from './schema.js';

/** The charter's rules as data (part 1, 3.5). A member left out has the base value; the event records every value. */
export const resourceLine = {
  kind: refusedAs('UNKNOWN_KIND', oneOf(...RESOURCE_KINDS)),
  unit: code(),
};

export const amountLine = record({ ...resourceLine, amount: dec() });

const share = { num: int(0, 100), den: int(1, 100) };
export const quorumFields = record({ ...share, strict: flag() });
export const minFavourFields = record({ least: int(1, 3), ...share });

/** Parameters of the methods (part 1, 4.5); which of them a method reads is its own affair. */
export const methodParameters = {
  num: optional(int(0, 100)),
  den: optional(int(1, 100)),
  strict: optional(flag()),
  basis: optional(oneOf('expressed', 'eligible')),
  n: optional(int(1, 3)),
  maxGrade: optional(int(2, 9)),
  min: optional(int(-100, 0)),
  max: optional(int(0, 100)),
  budget: optional(int(1, 1000)),
};

const policyFields = {
  method: oneOf(...METHODS),
  parameters: record(methodParameters),
  collegeCondition: flag(),
  quorum: optional(quorumFields),
  minFavour: optional(minFavourFields),
  fallback: optional(record({ method: oneOf(...METHODS), parameters: record(methodParameters) })),
};
export const charterPolicy = record(policyFields);

type PolicyByType<T> = { readonly [K in DecisionType]: Field<T> };
const byType = <T>(field: Field<T>): PolicyByType<T> =>
  Object.fromEntries(DECISION_TYPES.map((type) => [type, field])) as PolicyByType<T>;

const parameterFields = {
  quorum: quorumFields,
  minFavour: minFavourFields,
  silence: oneOf('not-counted', 'consent-if-notified'),
  noticeDays: int(3, 30),
  silenceCeiling: list(amountLine, 50),
  roundDays: int(2, 60),
  minOpenHours: int(1, 168),
  maxRounds: int(1, 6),
  resolutionDays: int(1, 90),
  integrationDays: int(1, 90),
  adviceDays: int(1, 90),
  repairDays: int(1, 90),
  ratifyDays: int(15, 180),
  reviewMonths: int(1, 60),
  earlyReviewDays: int(1, 90),
  facilitatorMonths: int(1, 24),
  colleges: list(record({ collegeId: id(), kinds: list(oneOf(...PARTNER_KINDS), PARTNER_KINDS.length) }), 10),
  register: oneOf('partners', 'public'),
  retentionYears: int(1, 30),
};

/** A charter as recorded: complete. */
export const charterFields = record({ ...parameterFields, policies: record(byType(charterPolicy)) });
export type Charter = NonNullable<(typeof charterFields)['__value']>;
export type CharterPolicy = NonNullable<(typeof charterPolicy)['__value']>;

type AllOptional<F> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? Field<T | undefined> : never };
const allOptional = <F extends Record<string, Field>>(fields: F): AllOptional<F> =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, optional(field)])) as AllOptional<F>;

/** The same field, with numbers out of bounds refused as what they are in a charter. */
function ofCharter<T>(field: Field<T>): Field<T> {
  switch (field.is) {
    case 'int':
      return refusedAs('CHARTER_INVALID', field);
    case 'optional':
    case 'list':
      return { ...field, of: ofCharter(field.of) };
    case 'record': {
      const fields = Object.entries(field.fields).map(([name, member]) => [name, ofCharter(member)] as const);
      return { ...field, fields: Object.fromEntries(fields) };
    }
    default:
      return field;
  }
}

/** A charter as sent: any member may be left out, also any policy. */
export const charterArgument = ofCharter(
  record({
    ...allOptional(parameterFields),
    policies: optional(record(allOptional(byType(charterPolicy)))),
  }),
);
export type CharterArgument = DataFrom<(typeof charterArgument & { is: 'record' })['fields'] & Record<string, Field>>;
