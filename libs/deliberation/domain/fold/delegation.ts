import type { DataOf } from '#contracts';
import type { Recorded } from '#kernel';
import { delegatedAdopted } from '../adoption-without-round.js';
import { changeDecision, owe } from '../state.js';
import type { DeliberationState } from '../state.js';

/** What the delegates took counts against the ceilings for ever, whatever becomes of their decision. */
export function delegatedDecisionTaken(
  state: DeliberationState,
  taken: DataOf<'DelegatedDecisionTaken'>,
  recorded: Recorded,
): DeliberationState {
  const { enablingId, amounts } = taken;
  const next = changeDecision(state, enablingId, (enabling) => ({
    ...enabling,
    delegatedActs: [...enabling.delegatedActs, amounts],
  }));
  return owe(next, delegatedAdopted(state, taken, recorded.at));
}
