import { isDay, isInstant, readJsonText } from '#kernel';
import type { Instant, Json } from '#kernel';

/** A capacity as a script names it; ids may be `$name` of an earlier `let` or `$p:name` of a person. */
export type Capacity =
  | { readonly kind: 'account' | 'citizen'; readonly person: string }
  | { readonly kind: 'facilitator'; readonly facilitator: string }
  | { readonly kind: 'representative'; readonly mandate: string }
  | { readonly kind: 'auditor'; readonly access: string };

export interface CommandLine {
  readonly at: Instant;
  readonly as: Capacity | undefined;
  /** Who signed before it, where several sign: the last of them sends the command. */
  readonly signed: readonly Capacity[];
  readonly command: string;
  readonly arguments: Readonly<Record<string, Json>>;
  readonly let: Readonly<Record<string, string>>;
}

export interface QueryLine {
  readonly at: Instant;
  readonly query: string;
  readonly arguments: Readonly<Record<string, Json>>;
}

export type ScriptLine = CommandLine | QueryLine;

/** A line that cannot be read; `pointer` (RFC 6901) names the member at fault, empty for the line itself. */
export interface LineFault {
  readonly pointer: string;
  readonly fault: string;
}

export type Binding = (reference: string) => Json | undefined;

/** Reads one line of a script and puts the values of `$name` and `$p:name` in their places. */
export function readLine(text: string, valueOf: Binding): ScriptLine | LineFault {
  const read = readJsonText(text);
  if ('fault' in read) return { pointer: read.pointer, fault: read.fault };
  const line = read.value as Json;
  if (!isMembers(line)) return { pointer: '', fault: 'not a JSON object' };
  const unbound = firstUnbound(line, valueOf, '');
  if (unbound) return unbound;
  const bound = bind(line, valueOf) as Members;
  const at = instantOf(bound['at']);
  if (at === undefined) return { pointer: '/at', fault: 'not an instant (RFC 3339)' };
  const args = bound['arguments'] ?? {};
  if (!isMembers(args)) return { pointer: '/arguments', fault: 'not an object' };
  return 'query' in bound ? readQuery(bound, at, args) : readCommand(bound, at, args);
}

type Members = Readonly<Record<string, Json>>;

function readQuery(line: Members, at: Instant, args: Members): QueryLine | LineFault {
  const unknown = unknownMember(line, ['at', 'query', 'arguments']);
  if (unknown) return unknown;
  const { query } = line;
  return typeof query === 'string' ? { at, query, arguments: args } : { pointer: '/query', fault: 'not a name' };
}

function readCommand(line: Members, at: Instant, args: Members): CommandLine | LineFault {
  const unknown = unknownMember(line, ['at', 'as', 'command', 'arguments', 'let']);
  if (unknown) return unknown;
  const { command } = line;
  if (typeof command !== 'string') return { pointer: '/command', fault: 'not a name' };
  const names = readLet(line['let']);
  if (!names) return { pointer: '/let', fault: 'not {"name": "field"} or {"<name>": "<field>"}' };
  if (command === 'Tick') {
    const extra = unknownMember(line, ['at', 'command', 'let']);
    return extra ?? { at, as: undefined, signed: [], command, arguments: {}, let: names };
  }
  const capacities = readCapacities(line['as']);
  if ('fault' in capacities) return capacities;
  const { as, signed } = capacities;
  return { at, as, signed, command, arguments: args, let: names };
}

const CAPACITY_MEMBER: Readonly<Record<string, string>> = {
  account: 'person',
  citizen: 'person',
  facilitator: 'facilitator',
  representative: 'mandate',
  auditor: 'access',
};

/** One capacity, or the list of those who sign, the sender last. */
function readCapacities(
  as: Json | undefined,
): { readonly as: Capacity; readonly signed: readonly Capacity[] } | LineFault {
  const signed: Capacity[] = [];
  for (const one of Array.isArray(as) ? (as as readonly Json[]) : [as]) {
    const capacity = readCapacity(one);
    if ('fault' in capacity) return capacity;
    signed.push(capacity);
  }
  const last = signed.pop();
  return last ? { as: last, signed } : { pointer: '/as', fault: 'a capacity is needed' };
}

function readCapacity(as: Json | undefined): Capacity | LineFault {
  if (as === undefined || !isMembers(as)) return { pointer: '/as', fault: 'a capacity is needed' };
  const { kind } = as;
  const member = typeof kind === 'string' ? CAPACITY_MEMBER[kind] : undefined;
  if (member === undefined) return { pointer: '/as/kind', fault: 'unknown kind of capacity' };
  if (typeof as[member] !== 'string') return { pointer: `/as/${member}`, fault: 'missing' };
  const unknown = unknownMember(as, ['kind', member], '/as');
  return unknown ?? ({ kind, [member]: as[member] } as unknown as Capacity);
}

/** `{"name":"positionId"}` binds `$name`… to that field: each key is a name, each value a field. */
function readLet(names: Json | undefined): Readonly<Record<string, string>> | undefined {
  if (names === undefined) return {};
  if (!isMembers(names)) return undefined;
  const entries = Object.entries(names);
  return entries.every(([, field]) => typeof field === 'string') ? (names as Record<string, string>) : undefined;
}

function instantOf(value: Json | undefined): Instant | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d:\d\d)$/.test(value))
    return undefined;
  if (!isDay(value.slice(0, 10))) return undefined;
  const ms = Date.parse(value);
  const instant = Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
  return isInstant(instant) ? instant : undefined;
}

function unknownMember(line: Members, known: readonly string[], under = ''): LineFault | undefined {
  const unknown = Object.keys(line).find((name) => !known.includes(name));
  return unknown === undefined ? undefined : { pointer: `${under}/${unknown}`, fault: 'unknown member' };
}

function firstUnbound(value: Json, valueOf: Binding, pointer: string): LineFault | undefined {
  if (typeof value === 'string') {
    const unbound = isReference(value) && valueOf(value) === undefined;
    return unbound ? { pointer, fault: `nothing is called ${value}` } : undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, member] of Object.entries(value)) {
    if (pointer === '' && key === 'let') continue;
    const fault = firstUnbound(member as Json, valueOf, `${pointer}/${key}`);
    if (fault) return fault;
  }
  return undefined;
}

function bind(value: Json, valueOf: Binding): Json {
  if (typeof value === 'string') return isReference(value) ? (valueOf(value) ?? value) : value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => bind(item, valueOf));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, bind(member as Json, valueOf)]));
}

function isReference(text: string): boolean {
  return /^\$(p:)?[A-Za-z][A-Za-z0-9-]{0,63}$/.test(text);
}

function isMembers(value: Json | undefined): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
