import { commandDefinition, isCommandName, memberFault, subjectOf } from '#contracts';
import type { ArgumentsOf, CommandName, DomainEvent, Fields } from '#contracts';
import { decide, recallArguments } from '#engine';
import type { State } from '#engine';
import { canonicalJson, isId, isRefusal } from '#kernel';
import type { Act, Id, Json } from '#kernel';
import type { Entry } from '#ledger';

/**
 * Makes the decision of a recorded command again from the ledger alone: arguments recalled from its events, made ids
 * learnt by laying a first decision with place holders over the recorded events. Gives the number of events that are
 * the command's own, or why it could not have been accepted.
 */
export function redecide(state: State, entry: Entry): Redecided | { why: string } {
  if (!isCommandName(entry.command)) return { why: `no command is called ${entry.command}` };
  let first: { why: string } | undefined;
  for (const args of recallArguments(entry.command, entry.events)) {
    const misfit = argumentMisfit(entry.command, args);
    const decided = misfit ?? redecideWith(state, entry, entry.command, args);
    if ('own' in decided) return decided;
    first ??= decided;
  }
  return first ?? { why: 'nothing to decide' };
}

/** Arguments that no request could have had: events that are not this command's leave some out. */
function argumentMisfit(name: CommandName, args: Readonly<Record<string, unknown>>): { why: string } | undefined {
  const { public: fields, computed = {}, parts = {} } = commandDefinition(name);
  const own = misfitIn({ ...fields, ...computed }, args);
  if (own !== undefined) return { why: `${own} is not in its events` };
  for (const [part, { public: members, optional }] of Object.entries(parts)) {
    const given = args[part] as Readonly<Record<string, unknown>> | undefined;
    if (given === undefined && optional) continue;
    const wrong = given ? misfitIn(members, given) : '';
    if (wrong !== undefined) return { why: `${part} ${wrong} is not in its events` };
  }
  return undefined;
}

function misfitIn(fields: Fields, given: Readonly<Record<string, unknown>>): string | undefined {
  return Object.entries(fields).find(([name, field]) => memberFault(field, given[name]) !== undefined)?.[0];
}

function redecideWith(
  state: State,
  entry: Entry,
  name: CommandName,
  args: ArgumentsOf<CommandName>,
): Redecided | { why: string } {
  const made = learnMade(state, entry, name, args);
  if ('why' in made) return made;
  const again = decide(state, name, args, actOf(state, entry, made.values));
  if (isRefusal(again)) return { why: again.refused };
  const differs = again.findIndex((event, index) => !sameEvent(event, entry.events[index], entry.alliance));
  return differs < 0
    ? { own: again.length, made: made.learnt }
    : { why: `event ${String(differs)} is not what the rule gives` };
}

/** How many events are the command's own, and the ids and nonces that it made for them. */
export interface Redecided {
  readonly own: number;
  readonly made: readonly string[];
}

/** Whether a recorded event says in public what the rule gives: type, subject, data and days. */
export function sameEvent(given: DomainEvent, recorded: DomainEvent | undefined, alliance: Id): boolean {
  if (given.type !== recorded?.type || given.occurredOn !== recorded.occurredOn || given.dueAt !== recorded.dueAt) {
    return false;
  }
  if (subjectOf(given, alliance) !== recorded.subject) return false;
  return canonicalJson(given.data as unknown as Json) === canonicalJson(recorded.data as unknown as Json);
}

interface Made {
  readonly values: readonly string[];
  readonly learnt: readonly string[];
}

function learnMade(
  state: State,
  entry: Entry,
  name: CommandName,
  args: ArgumentsOf<CommandName>,
): Made | { why: string } {
  const placeholders: string[] = [];
  const act = actOf(state, entry, undefined, placeholders);
  const first = decide(state, name, args, act);
  if (isRefusal(first)) return { why: first.refused };
  const found = new Map<string, string>();
  first.forEach((event, index) => {
    learn(event.data as unknown as Json, (entry.events[index]?.data ?? null) as unknown as Json, found);
  });
  const values = placeholders.map((placeholder) => found.get(placeholder) ?? placeholder);
  if (new Set(values).size !== values.length) return { why: 'two objects share one id' };
  return { values, learnt: [...found.values()] };
}

/** Notes which recorded value stands where the decision made a new one. */
function learn(decided: Json, recorded: Json, found: Map<string, string>): void {
  if (typeof decided === 'string') {
    if (decided.startsWith(MADE) && typeof recorded === 'string' && !found.has(decided)) found.set(decided, recorded);
  } else if (typeof decided === 'object' && decided !== null && typeof recorded === 'object' && recorded !== null) {
    for (const [key, value] of Object.entries(decided)) learn(value as Json, memberOf(recorded, key), found);
  }
}

function memberOf(value: object, key: string): Json {
  return (value as Record<string, Json | undefined>)[key] ?? null;
}

const MADE = 'made';
const DIGITS = 'abcdefghijklmnopqrstuvwxyz234567';

/** Place holders look like ids (26 characters of the alphabet), so that rules treat them as such. */
function placeholder(number: number): string {
  const digits = number.toString(32).replace(/./g, (digit) => DIGITS.charAt(parseInt(digit, 32)));
  return MADE + digits.padStart(22, 'a');
}

function actOf(state: State, entry: Entry, values?: readonly string[], placeholders: string[] = []): Act {
  let next = 0;
  const make = (): string => {
    const value = values ? values[next] : placeholder(next);
    next++;
    const made = value ?? placeholder(next);
    placeholders.push(made);
    return made;
  };
  return {
    at: entry.at,
    actor: entry.actor,
    seq: entry.seq,
    head: state.head.hash,
    newId: () => {
      const made = make();
      return (isId(made) ? made : placeholder(next)) as Id;
    },
    newNonce: () => make(),
  };
}
