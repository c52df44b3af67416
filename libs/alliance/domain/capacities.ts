import { isId, refuse } from '#kernel';
import type { Actor, Id, Instant, Refusal } from '#kernel';
import { inForce } from './authority.js';
import { dayIn, termHolds } from './dates.js';
import type { AllianceState, Holding } from './state.js';

/** A capacity in force: its name for `Acting-As`, and the actor that it makes (HTTP page, 4.4). */
export interface Capacity {
  readonly capacity: string;
  readonly actor: Actor;
}

/** The capacities of a person in force at an instant: mandates, terms as facilitator, accesses. */
export function capacitiesOf(state: AllianceState, personRef: Id, at: Instant): readonly Capacity[] {
  const held = state.holdings.get(personRef) ?? [];
  return held.filter((holding) => holds(state, holding, at)).flatMap((holding) => capacityOf(state, holding) ?? []);
}

/**
 * Who acts (HTTP page, 4.4). A capacity named must be the person's own, else `CAPACITY_NOT_YOURS`; it may have ended,
 * which the decision then says. None named: the only one in force; several: `CAPACITY_AMBIGUOUS` with the choices;
 * none: the account itself.
 */
export function resolveActor(
  state: AllianceState,
  personRef: Id | undefined,
  actingAs: string | undefined,
  at: Instant,
): Actor | Refusal {
  if (actingAs !== undefined) return namedActor(state, personRef, actingAs);
  if (personRef === undefined) return { kind: 'anonymous' };
  const capacities = capacitiesOf(state, personRef, at);
  if (capacities.length > 1)
    return refuse('CAPACITY_AMBIGUOUS', { choices: capacities.map(({ capacity }) => capacity) });
  return capacities[0]?.actor ?? { kind: 'account', person: personRef };
}

/** The actor of a capacity by its name (`mandate/<id>`), whoever holds it and whether or not it has ended. */
export function actorNamed(state: AllianceState, capacity: string): Actor | undefined {
  const [sort, id] = capacity.split('/');
  return isSort(sort) && isId(id) ? actorOf(state, { sort, id }) : undefined;
}

function namedActor(state: AllianceState, personRef: Id | undefined, actingAs: string): Actor | Refusal {
  if (actingAs === 'citizen') return citizen(state, personRef);
  const [sort, id] = actingAs.split('/');
  const capacity = isSort(sort) && isId(id) ? capacityOf(state, { sort, id }) : undefined;
  const own = capacity && 'person' in capacity.actor && capacity.actor.person === personRef;
  return own ? capacity.actor : refuse('CAPACITY_NOT_YOURS');
}

/** Citizens act where the charter's register is public; elsewhere the answer must not reveal the alliance. */
function citizen(state: AllianceState, personRef: Id | undefined): Actor | Refusal {
  if (personRef === undefined || state.charterInForce?.charter.register !== 'public') return refuse('NOT_FOUND');
  return { kind: 'citizen', person: personRef };
}

function isSort(word: string | undefined): word is Holding['sort'] {
  return word === 'mandate' || word === 'facilitator' || word === 'access';
}

function holds(state: AllianceState, { sort, id }: Holding, at: Instant): boolean {
  if (sort === 'mandate') {
    const mandate = state.mandates.get(id);
    return mandate !== undefined && inForce(state, mandate, at);
  }
  const term = sort === 'facilitator' ? state.facilitators.get(id) : state.accesses.get(id);
  return term !== undefined && !term.ended && termHolds(term, dayIn(state, at));
}

function capacityOf(state: AllianceState, { sort, id }: Holding): Capacity | undefined {
  const actor = actorOf(state, { sort, id });
  return actor && { capacity: `${sort}/${id}`, actor };
}

function actorOf(state: AllianceState, { sort, id }: Holding): Actor | undefined {
  switch (sort) {
    case 'mandate': {
      const mandate = state.mandates.get(id);
      if (!mandate) return undefined;
      const { partnerId: partner, mandateId, personRef: person } = mandate;
      return { kind: 'representative', partner, mandate: mandateId, person };
    }
    case 'facilitator': {
      const term = state.facilitators.get(id);
      return term && { kind: 'facilitator', person: term.personRef };
    }
    case 'access': {
      const access = state.accesses.get(id);
      // An observer reads and has no command: it acts as the account that it is.
      return access && { kind: access.role === 'auditor' ? 'auditor' : 'account', person: access.personRef };
    }
  }
}

/** Whose mandate it is, ended or not. */
export function mandateHolder(
  state: AllianceState,
  mandateId: Id,
): { readonly partner: Id; readonly person: Id } | undefined {
  const mandate = state.mandates.get(mandateId);
  return mandate && { partner: mandate.partnerId, person: mandate.personRef };
}

export function facilitatorPerson(state: AllianceState, facilitatorId: Id): Id | undefined {
  return state.facilitators.get(facilitatorId)?.personRef;
}

export function accessPerson(state: AllianceState, accessId: Id): Id | undefined {
  return state.accesses.get(accessId)?.personRef;
}
