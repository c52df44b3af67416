import type { Id } from '#kernel';
import type { AllianceState, Holding } from './state.js';

/** The state with one more thing held by a person. */
export function hold(state: AllianceState, person: Id, holding: Holding): AllianceState {
  const held = state.holdings.get(person) ?? [];
  return { ...state, holdings: state.holdings.with(person, [...held, holding]) };
}

/** The state without something that a person held until now. */
export function letGo(state: AllianceState, person: Id, id: Id): AllianceState {
  return { ...state, holdings: state.holdings.change(person, (held) => held.filter((one) => one.id !== id)) };
}
