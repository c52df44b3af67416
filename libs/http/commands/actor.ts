import { capacitiesOf, resolveActor } from '#alliance';
import type { State } from '#engine';
import type { PersonRefs } from '#identity';
import { isRefusal, refuse } from '#kernel';
import type { Actor, Id, Instant, Refusal } from '#kernel';
import { personsIn } from '../reading-rights.js';

/**
 * Who acts, from the ledger at the head (HTTP page, 4.4). An account that the alliance does not know learns nothing of
 * it: `NOT_FOUND`, as for an alliance that is not there.
 */
export function actorOf(state: State, refs: PersonRefs, actingAs: string | undefined, at: Instant): Actor | Refusal {
  const [first, ...others] = personsIn(state, refs);
  if (!first) return refuse('NOT_FOUND');
  if (others.length === 0) return resolveActor(state.alliance, first, actingAs, at);
  return amongSeveral(state, [first, ...others], actingAs, at);
}

/** An account that a mandate named under a second ref is still one person: its capacities are told together. */
function amongSeveral(
  state: State,
  persons: readonly [Id, ...Id[]],
  actingAs: string | undefined,
  at: Instant,
): Actor | Refusal {
  if (actingAs !== undefined) {
    const actors = persons.map((person) => resolveActor(state.alliance, person, actingAs, at));
    return actors.find((actor) => !isRefusal(actor)) ?? refuse('CAPACITY_NOT_YOURS');
  }
  const capacities = persons.flatMap((person) => capacitiesOf(state.alliance, person, at));
  if (capacities.length > 1) {
    return refuse('CAPACITY_AMBIGUOUS', { choices: capacities.map(({ capacity }) => capacity) });
  }
  return capacities[0]?.actor ?? { kind: 'account', person: persons[0] };
}
