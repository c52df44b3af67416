import { isDay, isId, isInstant } from '#kernel';
import { NULL_IN_OUTCOME, OUTCOME_FIELDS } from './outcome-form.js';
import type { Field, Fields } from './schema.js';

/** Why a value is not of its class. */
export type FormCode =
  | 'MISSING'
  | 'UNKNOWN_MEMBER'
  | 'WRONG_TYPE'
  | 'NOT_IN_LIST'
  | 'OUT_OF_RANGE'
  | 'FORMAT_INVALID'
  | 'TOO_LONG'
  | 'TOO_MANY';

/** The first fault of a value. `pointer` (RFC 6901) is into the value itself, empty for the whole. */
export interface FormFault {
  readonly pointer: string;
  readonly fault: FormCode;
}

export const CANONICAL_DECIMAL = /^(0|[1-9][0-9]{0,11})(\.[0-9]{0,2}[1-9])?$/;
/** The same with at most 6 decimals, for rates. */
export const RATE = /^(0|[1-9][0-9]{0,11})(\.[0-9]{0,5}[1-9])?$/;
export const SIGNED_DECIMAL = /^(?!-0$)-?(0|[1-9][0-9]{0,11})(\.[0-9]{0,2}[1-9])?$/;
/** base64 of exactly 32 bytes: the last character carries two bits, so the others of it are zero. */
export const HASH = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;
/** What a key of a text record may be: like a JSON key of a request (HTTP page, 5.1), or an id. */
export const MEMBER_NAME = /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/;

/**
 * The first fault of public data against its fields, or nothing. Every member that is not optional must be there,
 * null stands only in outcome records, and nothing unknown passes. Does not allocate when all is well.
 */
export function faultIn(fields: Fields, value: unknown): FormFault | undefined {
  if (!isMembers(value)) return { pointer: '', fault: 'WRONG_TYPE' };
  for (const name in value) {
    if (!Object.hasOwn(fields, name)) return { pointer: pointerTo(name), fault: 'UNKNOWN_MEMBER' };
  }
  for (const name in fields) {
    const field = fields[name];
    const fault = field && memberFault(field, value[name]);
    if (fault) return below(name, fault);
  }
  return undefined;
}

/** The first fault of one value against its field, or nothing. */
export function fieldFault(field: Field, value: unknown): FormFault | undefined {
  switch (field.is) {
    case 'optional':
      return fieldFault(field.of, value);
    case 'list':
      return listFault(field.of, field.max, value);
    case 'record':
      return faultIn(field.fields, value);
    case 'outcome':
      return outcomeFault(value);
    default: {
      const fault = scalarFault(field, value);
      return fault && { pointer: '', fault };
    }
  }
}

/** The first fault of a member against its field: of its value, or that it is missing and not optional. */
export function memberFault(field: Field, value: unknown): FormFault | undefined {
  if (value !== undefined) return fieldFault(field, value);
  return field.is === 'optional' ? undefined : { pointer: '', fault: 'MISSING' };
}

function listFault(of: Field, max: number, value: unknown): FormFault | undefined {
  if (!Array.isArray(value)) return { pointer: '', fault: 'WRONG_TYPE' };
  if (value.length > max) return { pointer: '', fault: 'TOO_MANY' };
  for (let index = 0; index < value.length; index++) {
    const fault = fieldFault(of, value[index]);
    if (fault) return below(String(index), fault);
  }
  return undefined;
}

/** Every member of the record is printed, null included (part 1, 4.3). */
function outcomeFault(value: unknown): FormFault | undefined {
  if (!isMembers(value)) return { pointer: '', fault: 'WRONG_TYPE' };
  for (const name in value) {
    if (!Object.hasOwn(OUTCOME_FIELDS, name)) return { pointer: pointerTo(name), fault: 'UNKNOWN_MEMBER' };
  }
  for (const name in OUTCOME_FIELDS) {
    const field = OUTCOME_FIELDS[name];
    if (!field || (value[name] === null && NULL_IN_OUTCOME.has(name))) continue;
    const fault = memberFault(field, value[name]);
    if (fault) return below(name, fault);
  }
  return undefined;
}

type Scalar = Exclude<Field, { is: 'optional' | 'list' | 'record' | 'outcome' }>;

function scalarFault(field: Scalar, value: unknown): FormCode | undefined {
  if (field.is === 'flag') return typeof value === 'boolean' ? undefined : 'WRONG_TYPE';
  if (field.is === 'int') {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) return 'WRONG_TYPE';
    return (value as number) < field.min || (value as number) > field.max ? 'OUT_OF_RANGE' : undefined;
  }
  if (typeof value !== 'string') return 'WRONG_TYPE';
  if (field.is === 'enum') return field.values.includes(value) ? undefined : 'NOT_IN_LIST';
  if (field.is === 'code') {
    if (value.length > field.max) return 'TOO_LONG';
    return field.pattern.test(value) ? undefined : 'FORMAT_INVALID';
  }
  return hasForm(field.is, value) ? undefined : 'FORMAT_INVALID';
}

function hasForm(
  is: 'id' | 'dec' | 'signed-dec' | 'rate' | 'day' | 'instant' | 'hash' | 'document',
  text: string,
): boolean {
  switch (is) {
    case 'id':
      return isId(text);
    case 'dec':
      return CANONICAL_DECIMAL.test(text);
    case 'signed-dec':
      return SIGNED_DECIMAL.test(text);
    case 'rate':
      return RATE.test(text);
    case 'day':
      return isDay(text);
    case 'instant':
      return isInstant(text);
    case 'hash':
    case 'document':
      return HASH.test(text);
  }
}

export function isMembers(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** RFC 6901 escaping of one step. */
export function pointerTo(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function below(name: string, { pointer, fault }: FormFault): FormFault {
  return { pointer: pointerTo(name) + pointer, fault };
}
