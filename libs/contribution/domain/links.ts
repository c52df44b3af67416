import type { DataOf, DomainEvent } from '#contracts';
import type { Id } from '#kernel';
import type { ContributionState, ResourceRequest } from './state.js';

/** What a new fact names, noted at what it names, so that a figure is found without looking at everything. */
export function linked(state: ContributionState, event: DomainEvent): ContributionState {
  switch (event.type) {
    case 'PledgeMade':
      return named(state, event.data.requestId, 'pledges', event.data.pledgeId);
    case 'CommitmentMade':
      return commitmentLinked(state, event.data);
    case 'ContributionDeclared':
      return contributionLinked(state, event.data);
    case 'ContributionCorrected':
      return correctionLinked(state, event.data);
    case 'GuaranteeOffered':
      return named(state, event.data.requestId, 'guarantees', event.data.guaranteeId);
    case 'GuaranteeCalled': {
      const { callId, guaranteeId } = event.data;
      return { ...state, calls: state.calls.with(callId, { guaranteeId, contributions: [] }) };
    }
    default:
      return state;
  }
}

/** At the request that it answers. */
function named(
  state: ContributionState,
  requestId: Id | undefined,
  list: Exclude<keyof ResourceRequest, 'fact'>,
  id: Id,
): ContributionState {
  if (requestId === undefined) return state;
  const requests = state.requests.change(requestId, (request) => ({ ...request, [list]: [...request[list], id] }));
  return { ...state, requests };
}

function commitmentLinked(
  state: ContributionState,
  { commitmentId, pledgeId, requestId }: DataOf<'CommitmentMade'>,
): ContributionState {
  const next = named(state, requestId, 'commitments', commitmentId);
  if (pledgeId === undefined) return next;
  const pledges = next.pledges.change(pledgeId, (one) => ({ ...one, commitments: [...one.commitments, commitmentId] }));
  return { ...next, pledges };
}

function contributionLinked(
  state: ContributionState,
  { contributionId, fulfils, requestId }: DataOf<'ContributionDeclared'>,
): ContributionState {
  const noted = <T extends { readonly contributions: readonly Id[] }>(one: T): T => ({
    ...one,
    contributions: [...one.contributions, contributionId],
  });
  let { commitments, calls } = state;
  for (const obligationId of new Set(fulfils.map((entry) => entry.obligationId))) {
    commitments = commitments.change(obligationId, noted);
    calls = calls.change(obligationId, noted);
  }
  return named({ ...state, commitments, calls }, requestId, 'contributions', contributionId);
}

function correctionLinked(
  state: ContributionState,
  { contributionId, correctionId }: DataOf<'ContributionCorrected'>,
): ContributionState {
  const contributions = state.contributions.change(contributionId, (one) => ({
    ...one,
    corrections: [...one.corrections, correctionId],
  }));
  return { ...state, contributions };
}
