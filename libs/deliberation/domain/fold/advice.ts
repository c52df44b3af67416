import type { DataOf } from '#contracts';
import type { Recorded } from '#kernel';
import { adviceConsequences } from '../adoption-without-round.js';
import { changeProposal, owe } from '../state.js';
import type { DeliberationState } from '../state.js';

export function adviceRequested(state: DeliberationState, requested: DataOf<'AdviceRequested'>): DeliberationState {
  const { adviceId, proposalId } = requested;
  const advice = { ...requested, given: false, followUp: undefined };
  return changeProposal({ ...state, advice: state.advice.with(adviceId, advice) }, proposalId, (proposal) => ({
    ...proposal,
    advice: [...proposal.advice, adviceId],
  }));
}

export function adviceGiven(state: DeliberationState, { adviceId }: DataOf<'AdviceGiven'>): DeliberationState {
  return { ...state, advice: state.advice.change(adviceId, (advice) => ({ ...advice, given: true })) };
}

export function adviceAnswered(
  state: DeliberationState,
  { adviceId, followUp }: DataOf<'AdviceAnswered'>,
): DeliberationState {
  return { ...state, advice: state.advice.change(adviceId, (advice) => ({ ...advice, followUp })) };
}

/** The sponsor's decision enters the register as an adopted round's would; or ends the review that it is. */
export function adviceDecisionTaken(
  state: DeliberationState,
  { proposalId, version }: DataOf<'AdviceDecisionTaken'>,
  recorded: Recorded,
): DeliberationState {
  const next = changeProposal(state, proposalId, (proposal) => ({ ...proposal, status: 'adopted' }));
  return owe(next, ...adviceConsequences(next, { proposalId, version }, recorded.at));
}
