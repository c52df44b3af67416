import type { DomainEvent, EventOf } from '#contracts';
import { Commit, consequence, nextDue } from '#engine';
import type { State } from '#engine';
import { canonicalJson } from '#kernel';
import type { Id, Instant, Json } from '#kernel';
import { headOf, tickId } from '#ledger';
import type { Entry } from '#ledger';
import { redecide, sameEvent } from './redecide.js';
import type { FaultWord } from './verdict.js';

interface Before {
  readonly state: State;
  readonly unsettledAt?: Instant;
}
export type Replayed = { readonly state: State; readonly unsettledAt?: Instant } | RuleFault;
export interface RuleFault {
  readonly word: FaultWord;
  readonly detail: string;
}

/**
 * Runs the rules over one more entry: the state behind it, or the first thing in it that does not follow from the
 * entries before. `unsettledAt`: the instant as of which consequences are still demanded when the entry was full.
 * `taken`: ids that commands made before; no object may be made twice. Those of this entry are added.
 */
export function replayEntry(before: Before, entry: Entry, taken: Set<string>): Replayed {
  return entry.actor.kind === 'system' ? replayDue(before, entry) : replayCommand(before, entry, taken);
}

/** What a ledger that ends here still owes: a consequence of its last entry, or what was due by then. */
export function owedAtEnd(before: Before): RuleFault | undefined {
  return demandedBy(before) ?? dueBefore(before.state, before.state.head.at);
}

function demandedBy({ state, unsettledAt }: Before): RuleFault | undefined {
  const owed = state.head.seq < 0 ? undefined : consequence(state, unsettledAt ?? state.head.at);
  return owed && missing(owed);
}

function missing(event: DomainEvent): RuleFault {
  return { word: 'auto-event-differs', detail: `${event.type} is missing` };
}

function replayCommand(before: Before, entry: Entry, taken: Set<string>): Replayed {
  const owed = demandedBy(before) ?? dueBefore(before.state, entry.at);
  if (owed) return owed;
  const state = before.state.head.seq < 0 ? before.state : nextDue(before.state, entry.at).state;
  const decided = redecide(state, entry);
  if ('why' in decided) return { word: 'entry-invalid', detail: `${entry.command}: ${decided.why}` };
  const again = decided.made.find((id) => taken.has(id));
  if (again !== undefined) return { word: 'entry-invalid', detail: `${entry.command}: ${again} was made before` };
  for (const id of decided.made) taken.add(id);
  const commit = new Commit(state, entry.at, entry.actor);
  for (const [index, event] of entry.events.entries()) {
    if (index >= decided.own) {
      const fault = compare(consequence(commit.state, entry.at), event, entry.alliance);
      if (fault) return fault;
    }
    commit.add(event);
  }
  return ended(commit, entry, undefined);
}

/** The state behind an entry; what is still demanded must not have fitted it. */
function ended(commit: Commit, entry: Entry, dueAt: Instant | undefined): Replayed {
  const state = { ...commit.state, head: headOf(entry) };
  const owed = consequence(state, dueAt ?? entry.at);
  if (!owed) return { state };
  if (commit.fits(owed)) return missing(owed);
  return dueAt === undefined ? { state } : { state, unsettledAt: dueAt };
}

function dueBefore(state: State, at: Instant): RuleFault | undefined {
  const due = state.head.seq < 0 ? undefined : nextDue(state, at).event;
  return due && missing(due);
}

/** A system entry holds what is demanded or due, in order, and nothing else. */
function replayDue({ state, unsettledAt }: { state: State; unsettledAt?: Instant }, entry: Entry): Replayed {
  if (entry.command !== 'Tick' || entry.commandId !== tickId(entry.alliance, entry.seq)) {
    return { word: 'entry-invalid', detail: 'not the command of a due entry' };
  }
  const commit = new Commit(state, entry.at, entry.actor);
  let asOf = unsettledAt;
  for (const event of entry.events) {
    const demanded = consequence(commit.state, asOf ?? entry.at);
    let expected = demanded && (asOf === undefined ? demanded : { ...demanded, dueAt: asOf });
    if (!expected) {
      const due = nextDue(commit.state, entry.at);
      commit.state = due.state;
      expected = due.event;
      asOf = due.event?.dueAt;
    }
    const fault = compare(expected, event, entry.alliance);
    if (fault) return fault;
    commit.add(event);
  }
  return ended(commit, entry, asOf);
}

function isResult(event: DomainEvent): event is EventOf<'RoundClosed' | 'RoundReevaluated'> {
  return event.type === 'RoundClosed' || event.type === 'RoundReevaluated';
}

function compare(expected: DomainEvent | undefined, recorded: DomainEvent, alliance: Id): RuleFault | undefined {
  if (expected && sameEvent(expected, recorded, alliance)) return undefined;
  if (expected && isResult(expected) && isResult(recorded) && expected.type === recorded.type) {
    const [ours, theirs] = [expected.data.outcome, recorded.data.outcome].map((one) =>
      canonicalJson(one as unknown as Json),
    );
    if (ours !== theirs) return { word: 'outcome-differs', detail: `round ${recorded.data.roundId}` };
    if (expected.data.inputHash !== recorded.data.inputHash) {
      return { word: 'input-hash-differs', detail: `round ${recorded.data.roundId}` };
    }
  }
  return { word: 'auto-event-differs', detail: `${recorded.type}, expected ${expected?.type ?? 'nothing'}` };
}
