import { alliance } from '#alliance';
import { commandDefinition } from '#contracts';
import type { ArgumentsOf, CommandName, DomainEvent } from '#contracts';
import { contribution } from '#contribution';
import { deliberation } from '#deliberation';
import { compareDue, isDue, isRefusal, refuse } from '#kernel';
import type { Act, Actor, Decision, DueItem, Id, Instant, Refusal } from '#kernel';
import { headOf, makeEntry, MAX_ENTRY_BYTES, MAX_ENTRY_EVENTS, tickId } from '#ledger';
import type { Draft, Entropy, Entry } from '#ledger';
import { Commit } from './commit.js';
import { worldsOf } from './state.js';
import type { State } from './state.js';

/** A command ready to be decided: arguments of its class, with computed hashes and sealed values in their wrappers. */
export interface Command<N extends CommandName = CommandName> {
  readonly id: Id;
  readonly name: N;
  readonly args: ArgumentsOf<N>;
  readonly correlation?: string | undefined;
}

/** What happened: entries to append in order, the state behind them, and a refusal of the command, if refused. */
export interface Step {
  readonly entries: readonly Entry[];
  readonly state: State;
  /** The command's own entry; absent when it was refused. */
  readonly entry?: Entry;
  readonly refusal?: Refusal;
}

const SYSTEM: Actor = { kind: 'system' };
/** Steps of one settling, at most: more is a fault of a rule that never comes to rest, not of a user. */
const MAX_STEPS = 20_000;

/** The instant that a command now would carry: the clock's, but never before the head (architecture 4.1). */
export function instantAfter(state: State, clock: Instant): Instant {
  return clock > state.head.at ? clock : state.head.at;
}

/** Emits what is due at `at`, in entries of the system. With nothing due it records nothing. */
export function tick(state: State, at: Instant, entropy: Entropy): Step {
  const entries: Entry[] = [];
  let current = state;
  let demandedAt: Instant | undefined;
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    const { commit, unsettledAt } = fillSystemEntry(current, at, demandedAt);
    if (commit.events.length === 0) return { entries, state: commit.state };
    const command = { id: tickId(commit.alliance, commit.seq), name: 'Tick' };
    const entry = makeEntry(current.head, { at, actor: SYSTEM, command, events: commit.events }, entropy);
    entries.push(entry);
    current = { ...commit.state, head: headOf(entry) };
    demandedAt = unsettledAt;
  }
  throw new Error('due events never come to rest');
}

/** A command and who sends it: the capacity is looked up in the state that the command is decided on. */
export interface Request {
  readonly command: Command;
  readonly actorOf: (state: State, at: Instant) => Actor | Refusal;
}

/** Time first, then the command, then its consequences. A refused command leaves only what was due before it. */
export function perform(state: State, { command, actorOf }: Request, clock: Instant, entropy: Entropy): Step {
  const at = instantAfter(state, clock);
  const due: Step = state.head.seq < 0 ? { entries: [], state } : tick(state, at, entropy);
  const actor = actorOf(due.state, at);
  if (isRefusal(actor)) return { ...due, refusal: actor };
  const commit = decideAndSettle(due.state, command, { at, actor }, entropy);
  if (isRefusal(commit)) return { ...due, refusal: commit };
  const draft: Draft = { at, actor, command, correlation: command.correlation, events: commit.events };
  const entry = makeEntry(due.state.head, draft, entropy);
  if (Buffer.byteLength(entry.body) > MAX_ENTRY_BYTES) return { ...due, refusal: refuse('ENTRY_TOO_LARGE') };
  // What did not fit behind the command stands in system entries directly behind it, at the same instant.
  const rest = tick({ ...commit.state, head: headOf(entry) }, at, entropy);
  return { entries: [...due.entries, entry, ...rest.entries], state: rest.state, entry };
}

/** A commit of the command's own events and every consequence that fits its entry, or the refusal. */
function decideAndSettle(
  state: State,
  { name, args }: Command,
  { at, actor }: Pick<Act, 'at' | 'actor'>,
  ids: Entropy,
): Commit | Refusal {
  const { seq, hash: head } = state.head;
  const act: Act = { at, actor, seq: seq + 1, head, newId: () => ids.id(), newNonce: () => ids.key() };
  const decision = decide(state, name, args, act);
  if (isRefusal(decision)) return decision;
  const commit = new Commit(state, at, actor);
  for (const event of decision) commit.add(event);
  // The bytes of the command's own events are counted on the body itself; consequences are only added to spare room.
  if (commit.events.length > MAX_ENTRY_EVENTS) return refuse('ENTRY_TOO_LARGE');
  commit.settle(at);
  return commit;
}

/** The rule of one command, by name. */
export function decide(
  state: State,
  name: CommandName,
  args: ArgumentsOf<CommandName>,
  act: Act,
): Decision<DomainEvent> {
  const worlds = worldsOf(state);
  const { context } = commandDefinition(name);
  const deciders = { alliance, deliberation, contribution }[context].decide as Readonly<
    Record<string, (world: unknown, args: unknown, act: Act) => Decision<DomainEvent>>
  >;
  return deciders[name]?.(worlds[context], args, act) ?? refuse('WRONG_STATE');
}

interface Filled {
  readonly commit: Commit;
  /** The `dueAt` of a group whose consequences did not all fit, so that the next entry goes on as of that instant. */
  readonly unsettledAt?: Instant;
}

/** What the state still demands (left over from a full commit); else due groups, as many whole ones as fit. */
function fillSystemEntry(state: State, at: Instant, demandedAt: Instant | undefined): Filled {
  let commit = new Commit(state, at, SYSTEM);
  const settled = commit.settle(demandedAt ?? at, demandedAt);
  if (!settled || commit.events.length > 0) return unsettled(commit, settled ? undefined : demandedAt);
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    const due = nextDue(commit.state, at);
    commit.state = due.state;
    if (!due.event) return { commit };
    const group = commit.fork();
    group.add(due.event);
    const whole = group.fits() && group.settle(due.event.dueAt, due.event.dueAt);
    if ((!whole || mixesResults(group)) && commit.events.length > 0) return { commit };
    if (!whole) return unsettled(group, due.event.dueAt);
    commit = group;
  }
  throw new Error('due events never come to rest');
}

/** No commit holds both a re-evaluation and an adopted decision, so that nobody takes one for the other's cause (6.1, 16). */
function mixesResults({ events }: Commit): boolean {
  const has = (type: DomainEvent['type']): boolean => events.some((event) => event.type === type);
  return has('RoundReevaluated') && has('DecisionAdopted');
}

function unsettled(commit: Commit, unsettledAt: Instant | undefined): Filled {
  return unsettledAt === undefined ? { commit } : { commit, unsettledAt };
}

export interface Due {
  readonly state: State;
  readonly event?: DomainEvent & { readonly dueAt: Instant };
}

/** The first due event over all contexts, and the state without the due items that no longer apply. */
export function nextDue(state: State, at: Instant): Due {
  let current = state;
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    const first = firstOf(current);
    if (!first || !isDue(first.item, at)) return { state: current };
    const event = first.of.event(worldsOf(current), first.item);
    if (event) return { state: current, event: { ...event, dueAt: first.item.dueAt } };
    current = first.of.drop(current);
  }
  throw new Error('due events never come to rest');
}

type Worlds = ReturnType<typeof worldsOf>;

/** The due items of one context, in the same form for each. */
interface DueItems {
  first(state: State): DueItem | undefined;
  event(worlds: Worlds, item: DueItem): DomainEvent | undefined;
  drop(state: State): State;
}

const OF_ALLIANCE: DueItems = {
  first: (state) => alliance.firstDue(state.alliance),
  event: (worlds, item) => alliance.whenDue(worlds.alliance, item),
  drop: (state) => ({ ...state, alliance: alliance.dropDue(state.alliance) }),
};
const OF_DELIBERATION: DueItems = {
  first: (state) => deliberation.firstDue(state.deliberation),
  event: (worlds, item) => deliberation.whenDue(worlds.deliberation, item),
  drop: (state) => ({ ...state, deliberation: deliberation.dropDue(state.deliberation) }),
};
const OF_CONTRIBUTION: DueItems = {
  first: (state) => contribution.firstDue(state.contribution),
  event: (worlds, item) => contribution.whenDue(worlds.contribution, item),
  drop: (state) => ({ ...state, contribution: contribution.dropDue(state.contribution) }),
};

/** The instant of the next due item of an alliance, for the timer; it may turn out not to apply. */
export function nextDueAt(state: State): Instant | undefined {
  return firstOf(state)?.item.dueAt;
}

function firstOf(state: State): { readonly item: DueItem; readonly of: DueItems } | undefined {
  let first: { readonly item: DueItem; readonly of: DueItems } | undefined;
  for (const context of [OF_ALLIANCE, OF_DELIBERATION, OF_CONTRIBUTION]) {
    const item = context.first(state);
    if (item && (!first || compareDue(item, first.item) < 0)) first = { item, of: context };
  }
  return first;
}
