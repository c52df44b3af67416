import { isRefusal, refuse, REFUSALS } from '#kernel';
import type { Refusal, RefusalCode } from '#kernel';
import type { ValidationError } from 'class-validator';
import { CONSTRAINT } from './argument-class.js';
import type { ArgumentCode, Member, Members } from './argument-members.js';
import { pointerTo } from './validate.js';

/** One thing wrong with the arguments. `pointer` (RFC 6901) is into the body as sent; `detail` repeats nothing of it. */
export interface ArgumentFault {
  readonly pointer: string;
  readonly code: ArgumentCode;
  readonly detail: string;
}

const MAX_FAULTS = 20;

const DETAILS: Readonly<Partial<Record<ArgumentCode, string>>> = {
  MISSING: 'is required',
  UNKNOWN_MEMBER: 'is not a member here',
  WRONG_TYPE: 'is of another type',
  NOT_IN_LIST: 'is not one of the values of the list',
  OUT_OF_RANGE: 'is outside its bounds',
  FORMAT_INVALID: 'is not of its form',
  STRING_INVALID: 'holds characters that are not allowed',
  EMPTY: 'is blank: leave it out when there is nothing to say',
  TOO_LONG: 'is too long',
  LIMIT_EXCEEDED: 'has too many elements',
  AMOUNT_INVALID: 'is not a canonical decimal string',
  CHARTER_INVALID: 'is outside the bounds of a charter',
  UNKNOWN_KIND: 'is not a kind of resource',
  CODE_SCHEME_MISSING: 'is a code without its scheme and year',
  OCCURRED_ON_NOT_ALLOWED: 'is for facts from elsewhere; an act happens when it is recorded',
  NOT_FOUND: 'names nothing that exists',
};

export function argumentFault(pointer: string, code: ArgumentCode): ArgumentFault {
  return { pointer, code, detail: DETAILS[code] ?? 'is not acceptable' };
}

/** All faults of a refused body, 20 at most: members that are not known, then the others in the order of the class. */
export function faultsOf(
  unknown: readonly string[],
  errors: readonly ValidationError[],
  members: Members,
): ArgumentFault[] {
  const faults = unknown.map((pointer) => argumentFault(pointer, unknownCode(pointer)));
  collect(errors, members, '', faults);
  return faults.slice(0, MAX_FAULTS);
}

/** The refusal of the domain when no fault is one of form alone (HTTP page, 5.2: shape is 400, meaning 422). */
export function refusalIn(faults: readonly ArgumentFault[]): Refusal | undefined {
  const [first] = faults;
  if (!first || !faults.every(({ code }) => Object.hasOwn(REFUSALS, code))) return undefined;
  const refusal = refuse(first.code as RefusalCode, { pointer: first.pointer });
  return isRefusal(refusal) ? refusal : undefined;
}

function collect(errors: readonly ValidationError[], members: Members, path: string, faults: ArgumentFault[]): void {
  for (const error of errors) {
    const member = members[error.property];
    if (member) collectMember(error, member, path + pointerTo(error.property), faults);
  }
}

function unknownCode(pointer: string): ArgumentCode {
  return pointer === '/occurredOn' ? 'OCCURRED_ON_NOT_ALLOWED' : 'UNKNOWN_MEMBER';
}

function collectMember(error: ValidationError, member: Member, pointer: string, faults: ArgumentFault[]): void {
  if (error.value === undefined || error.value === null) {
    faults.push(argumentFault(pointer, 'MISSING'));
  } else if (member.sort === 'value') {
    const found = member.fault(error.value);
    if (found) faults.push(argumentFault(pointer + found.pointer, found.fault));
  } else if (error.constraints) {
    faults.push(argumentFault(pointer, recordCode(error, member.refused)));
  } else if (member.sort === 'record') {
    collect(error.children ?? [], member.members, pointer, faults);
  } else {
    for (const item of error.children ?? []) collectItem(item, member, pointer + pointerTo(item.property), faults);
  }
}

/** An element of a list of records: not a record at all, or a record with faults inside. */
function collectItem(
  item: ValidationError,
  member: Member & { readonly sort: 'records' },
  pointer: string,
  faults: ArgumentFault[],
): void {
  const inner = item.children ?? [];
  if (inner.length === 0) faults.push(argumentFault(pointer, recordCode(item, member.refused)));
  else collect(inner, member.members, pointer, faults);
}

function recordCode(error: ValidationError, refused: RefusalCode | undefined): ArgumentCode {
  if (error.constraints && CONSTRAINT.tooMany in error.constraints) return 'LIMIT_EXCEEDED';
  return typeof error.value === 'string' && refused ? refused : 'WRONG_TYPE';
}
