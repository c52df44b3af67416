import { isInstant } from '#kernel';
import type { RefusalCode } from '#kernel';
import type { CommandDefinition } from './command-schema.js';
import { day } from './schema.js';
import type { Field, Fields, SealedFields } from './schema.js';
import { normalText, sealedFault } from './texts.js';
import type { TextFault } from './texts.js';
import { fieldFault } from './validate.js';

/** What is wrong with an argument: of its form, or a code of the domain that is plain from the argument alone. */
export type ArgumentCode = TextFault['fault'] | RefusalCode;

export interface MemberFault {
  readonly pointer: string;
  readonly fault: ArgumentCode;
}

/** One member of an argument class. `value` is checked as a whole, `record` and `records` are classes of their own. */
export type Member = { readonly required: boolean } & (
  | { readonly sort: 'value'; read(value: unknown): unknown; fault(value: unknown): MemberFault | undefined }
  | { readonly sort: 'record'; readonly members: Members; readonly refused: RefusalCode | undefined }
  | {
      readonly sort: 'records';
      readonly members: Members;
      readonly refused: RefusalCode | undefined;
      readonly max: number;
    }
);
export type Members = Readonly<Record<string, Member>>;

/** The members of a command's body: public fields, texts, parts, and the day of a fact from elsewhere. */
export function membersOf(definition: CommandDefinition): Members {
  const { public: fields, sealed, parts = {}, fact } = definition;
  const members: Record<string, Member> = { ...publicMembers(fields), ...sealedMembers(sealed) };
  for (const [name, part] of Object.entries(parts)) {
    const inner = { ...publicMembers(part.public), ...sealedMembers(part.sealed) };
    members[name] = { sort: 'record', required: !part.optional, members: inner, refused: undefined };
  }
  if (fact) members['occurredOn'] = { ...publicMember(day()), required: false };
  return members;
}

function publicMembers(fields: Fields): Members {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, publicMember(field)]));
}

function publicMember(field: Field): Member {
  if (field.is === 'optional') return { ...publicMember(field.of), required: false };
  const { refused } = field;
  if (field.is === 'record') return { sort: 'record', required: true, members: publicMembers(field.fields), refused };
  if (field.is === 'list' && field.of.is === 'record') {
    const { refused: refusedItem } = field.of;
    const members = publicMembers(field.of.fields);
    return { sort: 'records', required: true, members, refused: refusedItem, max: field.max };
  }
  const read = field.is === 'instant' ? normalInstant : same;
  return { sort: 'value', required: true, read, fault: (value) => publicFault(field, value) };
}

/** A key is made by the application, never sent: it is no argument. */
function sealedMembers(sealed: SealedFields): Members {
  const texts = Object.entries(sealed).filter(([, field]) => field.text !== 'key');
  return Object.fromEntries(
    texts.map(([name, field]) => [
      name,
      {
        sort: 'value',
        required: field.required === true,
        read: normalText,
        fault: (value) => sealedFault(field, value),
      },
    ]),
  );
}

function publicFault(field: Field, value: unknown): MemberFault | undefined {
  const found = fieldFault(field, value);
  if (!found || found.fault === 'WRONG_TYPE') return found;
  if (found.fault === 'TOO_MANY') return { pointer: found.pointer, fault: 'LIMIT_EXCEEDED' };
  return field.refused ? { pointer: found.pointer, fault: field.refused } : found;
}

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** An instant as it is recorded, in UTC with milliseconds; other values come back as they are and are refused. */
function normalInstant(value: unknown): unknown {
  if (typeof value !== 'string' || !RFC_3339.test(value)) return value;
  // The wall time must exist by itself, since Date.parse takes 31 April for 1 May.
  const wall = `${value.slice(0, 19)}.000Z`;
  return isInstant(wall) ? new Date(Date.parse(value)).toISOString() : value;
}

function same(value: unknown): unknown {
  return value;
}
