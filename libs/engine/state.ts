import { alliance, allianceAnswers } from '#alliance';
import type { AllianceState } from '#alliance';
import type { DomainEvent } from '#contracts';
import { contribution, contributionAnswers } from '#contribution';
import type { ContributionState } from '#contribution';
import { deliberation, deliberationAnswers } from '#deliberation';
import type { DeliberationState } from '#deliberation';
import type { Instant, Recorded } from '#kernel';
import { EMPTY_HEAD, headOf } from '#ledger';
import type { Entry, Head } from '#ledger';

/** The state of one alliance: the product of the context states, and the head that it stands on. */
export interface State {
  readonly head: Head;
  readonly alliance: AllianceState;
  readonly deliberation: DeliberationState;
  readonly contribution: ContributionState;
}

export const EMPTY_STATE: State = {
  head: EMPTY_HEAD,
  alliance: alliance.initial,
  deliberation: deliberation.initial,
  contribution: contribution.initial,
};

/** The state after one event. Total. The head moves with `foldEntry` only. */
export function foldEvent(state: State, event: DomainEvent, recorded: Recorded): State {
  return {
    head: state.head,
    alliance: alliance.evolve(state.alliance, event, recorded),
    deliberation: deliberation.evolve(state.deliberation, event, recorded),
    contribution: contribution.evolve(state.contribution, event, recorded),
  };
}

/** The instant that an event counts from: `dueAt` of a due event, else `at` of its entry (part 1, section 2). */
export function effectiveAt(event: DomainEvent, at: Instant): Instant {
  return event.dueAt ?? at;
}

/** The state after one more entry. */
export function foldEntry(state: State, entry: Entry): State {
  let next = state;
  entry.events.forEach((event, index) => {
    const at = effectiveAt(event, entry.at);
    next = foldEvent(next, event, { seq: entry.seq, index, at, actor: entry.actor });
  });
  return { ...next, head: headOf(entry) };
}

/** Keeps the newest answers: within one command most questions are asked of one and the same state. */
function keepingLast<S, A>(answersOf: (state: S) => A): (state: S) => A {
  let last: { readonly state: S; readonly answers: A } | undefined;
  return (state) => {
    if (last?.state !== state) last = { state, answers: answersOf(state) };
    return last.answers;
  };
}

const answersOfAlliance = keepingLast(allianceAnswers);
const answersOfDeliberation = keepingLast(deliberationAnswers);
const answersOfContribution = keepingLast(contributionAnswers);

/** What one context's rules see. Others' answers are made when they are asked for: most rules ask nobody. */
class World<S> {
  constructor(
    private readonly of: State,
    readonly state: S,
  ) {}

  get alliance() {
    return answersOfAlliance(this.of.alliance);
  }

  get deliberation() {
    return answersOfDeliberation(this.of.deliberation);
  }

  get contribution() {
    return answersOfContribution(this.of.contribution);
  }
}

/** What each context's rules see: its own state and the others' read-only answers, all from the same state. */
export function worldsOf(state: State) {
  return {
    alliance: new World(state, state.alliance),
    deliberation: new World(state, state.deliberation),
    contribution: new World(state, state.contribution),
  };
}
