import type { Day, Json } from '#kernel';
import { isId } from '#kernel';
import { validateSync } from 'class-validator';
import type { ValidatorOptions } from 'class-validator';
import { argumentClass, instanceOf } from './argument-class.js';
import type { ArgumentClass } from './argument-class.js';
import { passes } from './argument-check.js';
import { argumentFault, faultsOf } from './argument-faults.js';
import type { ArgumentFault } from './argument-faults.js';
import type { ArgumentInput, PartInput } from './argument-input.js';
import { membersOf } from './argument-members.js';
import type { Part } from './command-schema.js';
import { commandDefinition } from './commands.js';
import type { CommandName } from './commands.js';
import type { Fields } from './schema.js';
import { isMembers, pointerTo } from './validate.js';

const VALIDATION = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  validationError: { target: false },
} as const satisfies ValidatorOptions;

/** One class per command, made at its first use. */
const classes = new Map<CommandName, ArgumentClass>();

export function argumentClassOf(name: CommandName): ArgumentClass {
  let made = classes.get(name);
  if (!made) {
    made = argumentClass(membersOf(commandDefinition(name)));
    classes.set(name, made);
  }
  return made;
}

/**
 * Reads the body of a command: every fault of form at once, or its arguments split by class. Ids of the path become
 * arguments and are no members of the body. null is the same as absent. Amounts and the like that are texts but not
 * canonical carry the domain's own code (`refusalIn`).
 */
export function readArguments(
  name: CommandName,
  body: unknown,
  pathIds: Readonly<Record<string, string>> = {},
): ArgumentInput | { readonly faults: readonly ArgumentFault[] } {
  const given = body ?? {};
  if (!isMembers(given)) return { faults: [argumentFault('', 'WRONG_TYPE')] };
  const path = readPath(commandDefinition(name).public, pathIds);
  const misplaced = Object.keys(pathIds).filter((id) => Object.hasOwn(given, id));
  const faults = [...path.faults, ...misplaced.map((id) => argumentFault(pointerTo(id), 'UNKNOWN_MEMBER'))];
  if (faults.length > 0) return { faults };
  const made = argumentClassOf(name);
  const unknown: string[] = [];
  const instance = instanceOf(made, { ...given, ...path.values }, unknown);
  if (unknown.length === 0 && passes(made, instance)) return inputOf(name, instance);
  return { faults: faultsOf(unknown, validateSync(instance, VALIDATION), made.members) };
}

/** The ids of the path as arguments. What cannot be an id names nothing. */
function readPath(fields: Fields, ids: Readonly<Record<string, string>>) {
  const values: Record<string, unknown> = {};
  const faults: ArgumentFault[] = [];
  for (const [name, text] of Object.entries(ids)) {
    const isNumber = fields[name]?.is === 'int';
    if (isNumber ? !/^[1-9][0-9]{0,8}$/.test(text) : !isId(text))
      faults.push(argumentFault(pointerTo(name), 'NOT_FOUND'));
    else values[name] = isNumber ? Number(text) : text;
  }
  return { values, faults };
}

function inputOf(name: CommandName, instance: object): ArgumentInput {
  const { parts = {}, fact, ...own } = commandDefinition(name);
  const values = plain(instance) as Record<string, Json>;
  const input = { ...splitByClass(own, values), parts: partsIn(parts, values) };
  return fact && values['occurredOn'] !== undefined ? { ...input, occurredOn: values['occurredOn'] as Day } : input;
}

function partsIn(parts: Readonly<Record<string, Part>>, values: Readonly<Record<string, Json>>) {
  const given: Record<string, PartInput> = {};
  for (const [name, part] of Object.entries(parts)) {
    const value = values[name];
    if (isMembers(value)) given[name] = splitByClass(part, value as Readonly<Record<string, Json>>);
  }
  return given;
}

function splitByClass(of: Pick<Part, 'public' | 'sealed'>, values: Readonly<Record<string, Json>>): PartInput {
  const only = (names: object) =>
    Object.fromEntries(Object.entries(values).filter(([name]) => Object.hasOwn(names, name)));
  return { public: only(of.public), sealed: only(of.sealed) };
}

/** Plain values in place of class instances, without members that are null or undefined. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isMembers(value)) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined && member !== null);
  return Object.fromEntries(members.map(([name, member]) => [name, plain(member)]));
}
