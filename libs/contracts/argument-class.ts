import { IsDefined, IsOptional, ValidateBy, ValidateNested } from 'class-validator';
import type { Member, Members } from './argument-members.js';
import { isMembers, pointerTo } from './validate.js';

type Instance = Record<string, unknown>;

/** A class-validator class with what is needed to make its instances: its members and the classes of its records. */
export interface ArgumentClass {
  readonly type: new () => object;
  readonly members: Members;
  readonly inner: Readonly<Record<string, ArgumentClass>>;
}

/** Names of our constraints; what is wrong exactly is asked of the member again, which only a refused body pays for. */
export const CONSTRAINT = { value: 'value', record: 'record', records: 'records', tooMany: 'tooMany' } as const;

/** The class of a set of members, with a class of its own for each record in it. */
export function argumentClass(members: Members): ArgumentClass {
  const type = class Arguments {};
  const inner: Record<string, ArgumentClass> = {};
  for (const [property, member] of Object.entries(members)) {
    if (member.sort !== 'value') inner[property] = argumentClass(member.members);
    for (const decorator of decoratorsOf(member)) decorator(type.prototype, property);
  }
  return { type, members, inner };
}

/**
 * An instance with the members that were sent, read into their normal form; null is as absent. Members that the class
 * has not are kept off it, since some names (`constructor`) would change what it is: their pointers go to `unknown`.
 */
export function instanceOf(
  made: ArgumentClass,
  sent: Readonly<Record<string, unknown>>,
  unknown: string[],
  path = '',
): object {
  const instance = new made.type() as Instance;
  for (const name of Object.keys(sent)) {
    const value = sent[name];
    const member = Object.hasOwn(made.members, name) ? made.members[name] : undefined;
    const inner = made.inner[name];
    if (!member) unknown.push(path + pointerTo(name));
    else if (value === null || value === undefined) continue;
    else if (member.sort === 'value' || !inner) instance[name] = member.sort === 'value' ? member.read(value) : value;
    else instance[name] = innerOf(inner, value, unknown, path + pointerTo(name));
  }
  return instance;
}

/** A record, or each record of a list, as an instance; what is neither stays as it is and is refused. */
function innerOf(inner: ArgumentClass, value: unknown, unknown: string[], path: string): unknown {
  if (isMembers(value)) return instanceOf(inner, value, unknown, path);
  if (!Array.isArray(value)) return value;
  return value.map((one: unknown, index) =>
    isMembers(one) ? instanceOf(inner, one, unknown, `${path}/${String(index)}`) : one,
  );
}

function decoratorsOf(member: Member): PropertyDecorator[] {
  const presence = member.required ? IsDefined() : IsOptional();
  if (member.sort === 'value') {
    return [presence, holds(CONSTRAINT.value, (value) => !member.fault(value))];
  }
  if (member.sort === 'record') return [presence, holds(CONSTRAINT.record, isMembers), ValidateNested()];
  const atMost = (value: unknown) => !Array.isArray(value) || value.length <= member.max;
  return [presence, holds(CONSTRAINT.records, Array.isArray), holds(CONSTRAINT.tooMany, atMost), ValidateNested()];
}

function holds(name: string, validate: (value: unknown) => boolean): PropertyDecorator {
  return ValidateBy({ name, validator: { validate } });
}
