import { isRefusal, refuse, REFUSALS } from '#kernel';
import type { Refusal, RefusalCode } from '#kernel';
import type { ValidationError } from 'class-validator';
import { CONSTRAINT } from './argument-class.js';
import type { ArgumentCode, Member, Members } from './argument-members.js';
import { pointerTo } from './validate.js';

/** One thing wrong with the arguments. `pointer` (RFC 6901) is into the body as sent. */
export interface ArgumentFault {
  readonly pointer: string;
  readonly code: ArgumentCode;
}

const MAX_FAULTS = 20;

export function argumentFault(pointer: string, code: ArgumentCode): ArgumentFault {
  return { pointer, code };
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
