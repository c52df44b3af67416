import type { DataOf, DomainEvent } from '#contracts';
import { addDue, dayOf, endOfDay } from '#kernel';
import type { Day, Id, Recorded, Table } from '#kernel';
import { commitmentOf, contributionOf, evolveCommitment, evolveContribution } from './facts.js';
import type { ContributionFact, Stamp } from './facts.js';
import type { ContributionState, ResourceRequest } from './state.js';

/** Behind the 14 types of part 1, section 2: the fourth of part 2, 1.4. */
const RANK_COMMITMENT_DEFAULTED = 103;

/** The state after one event. Total. */
export function evolve(state: ContributionState, event: DomainEvent, recorded: Recorded): ContributionState {
  switch (event.type) {
    case 'AllianceFormed':
      return { ...state, timeZone: event.data.timeZone };
    case 'AllianceDissolved':
      return { ...state, dissolved: true, wanted: [], ending: [], due: undefined };
    case 'ProposalVersioned':
      return versioned(state, event.data);
    case 'ProposalWithdrawn':
      return { ...state, versions: state.versions.without(event.data.proposalId) };
    case 'DecisionAdopted':
      return decisionAdopted(state, event.data);
    case 'DecisionLapsed':
    case 'DecisionExpired':
    case 'DecisionAnnulled':
    case 'DecisionRevoked':
    case 'DecisionSuperseded':
      return decisionEnded(state, event.data.decisionId);
    case 'ResourceRequested':
      return requested(state, event.data, recorded);
    case 'ResourceRequestClosed':
      return requestClosed(state, event.data.requestId);
    case 'CommitmentDefaulted':
      return defaultNoticed(state, event.data);
    default:
      return factChanged(state, event, stampOf(state, event, recorded));
  }
}

function stampOf(state: ContributionState, event: DomainEvent, { seq, index, at }: Recorded): Stamp {
  return { day: event.occurredOn ?? dayOf(at, state.timeZone), at, seq, index };
}

function versioned(state: ContributionState, data: DataOf<'ProposalVersioned'>): ContributionState {
  if (data.requests.length === 0) return state;
  const { version, requests } = data;
  const versions = [...(state.versions.get(data.proposalId) ?? []), { version, requests }];
  return { ...state, versions: state.versions.with(data.proposalId, versions) };
}

/** Each request of the adopted version is to be opened with the same id, in the same commit (part 2, 1.4). */
function decisionAdopted(state: ContributionState, data: DataOf<'DecisionAdopted'>): ContributionState {
  const { proposalId, decisionId } = data;
  const dissolutions = data.decisionType === 'dissolution' ? [...state.dissolutions, decisionId] : state.dissolutions;
  if (proposalId === undefined || state.dissolved) return { ...state, dissolutions };
  const adopted = state.versions.get(proposalId)?.find(({ version }) => version === data.version);
  const wanted = (adopted?.requests ?? []).map((request) => ({ ...request, decisionId }));
  return {
    ...state,
    dissolutions,
    versions: state.versions.without(proposalId),
    wanted: [...state.wanted, ...wanted],
  };
}

function decisionEnded(state: ContributionState, decisionId: Id): ContributionState {
  const open = (state.requestsOf.get(decisionId) ?? []).filter((id) => state.requests.get(id)?.closed === false);
  return state.dissolved || open.length === 0 ? state : { ...state, ending: [...state.ending, ...open] };
}

function requested(
  state: ContributionState,
  { requestId, decisionId, kind, unit, amount }: DataOf<'ResourceRequested'>,
  { actor }: Recorded,
): ContributionState {
  const askedBy = decisionId === undefined && actor.kind === 'representative' ? actor.partner : undefined;
  const request = { requestId, decisionId, askedBy, kind, unit, amount };
  const siblings = decisionId === undefined ? undefined : state.requestsOf.get(decisionId);
  return {
    ...state,
    requests: state.requests.with(requestId, { ...request, closed: false, commitments: [], contributions: [] }),
    requestsOf:
      decisionId === undefined ? state.requestsOf : state.requestsOf.with(decisionId, [...(siblings ?? []), requestId]),
    wanted: state.wanted.filter((wanted) => wanted.requestId !== requestId),
  };
}

function requestClosed(state: ContributionState, requestId: Id): ContributionState {
  return {
    ...state,
    requests: state.requests.change(requestId, (request) => ({ ...request, closed: true })),
    ending: state.ending.filter((id) => id !== requestId),
  };
}

function defaultNoticed(
  state: ContributionState,
  { obligationId, dueOn }: DataOf<'CommitmentDefaulted'>,
): ContributionState {
  const commitments = state.commitments.change(obligationId, (one) => ({ ...one, defaultNoticed: dueOn }));
  return { ...state, commitments };
}

function factChanged(state: ContributionState, event: DomainEvent, stamp: Stamp): ContributionState {
  let next = state;
  const commitmentId = commitmentOf(event);
  if (commitmentId !== undefined) next = commitmentChanged(next, commitmentId, event, stamp);
  const contributionId = contributionOf(event);
  if (contributionId !== undefined) next = contributionChanged(next, contributionId, event, stamp);
  return next;
}

function commitmentChanged(state: ContributionState, id: Id, event: DomainEvent, stamp: Stamp): ContributionState {
  const before = state.commitments.get(id);
  const fact = evolveCommitment(before?.fact, event, stamp);
  if (!fact) return state;
  const commitments = state.commitments.with(id, { contributions: [], ...before, fact });
  if (event.type === 'CommitmentRescheduled') return withDue({ ...state, commitments }, id, event.data.dueOn, stamp);
  if (event.type !== 'CommitmentMade') return { ...state, commitments };
  const requests = answered(state, fact.requestId, (request) => ({
    ...request,
    commitments: [...request.commitments, id],
  }));
  return withDue({ ...state, commitments, requests }, id, fact.dueOn, stamp);
}

function withDue(state: ContributionState, id: Id, dueOn: Day, { seq }: Stamp): ContributionState {
  if (state.dissolved) return state;
  const dueAt = endOfDay(dueOn, state.timeZone);
  const rank = RANK_COMMITMENT_DEFAULTED;
  return {
    ...state,
    due: addDue(state.due, { dueAt, after: false, rank, order: seq, type: 'CommitmentDefaulted', id }),
  };
}

function contributionChanged(state: ContributionState, id: Id, event: DomainEvent, stamp: Stamp): ContributionState {
  const before = state.contributions.get(id);
  const fact = evolveContribution(before?.fact, event, stamp);
  if (!fact) return state;
  const corrections = [...(before?.corrections ?? [])];
  if (event.type === 'ContributionCorrected') corrections.push(event.data.correctionId);
  const next = { ...state, contributions: state.contributions.with(id, { fact, corrections }) };
  return event.type === 'ContributionDeclared' ? linked(next, fact) : next;
}

/** A contribution noted at the obligations and the request that it names. */
function linked(state: ContributionState, { contributionId, fulfils, requestId }: ContributionFact): ContributionState {
  let commitments = state.commitments;
  for (const obligationId of new Set(fulfils.map((entry) => entry.obligationId))) {
    commitments = commitments.change(obligationId, (one) => ({
      ...one,
      contributions: [...one.contributions, contributionId],
    }));
  }
  const requests = answered(state, requestId, (request) => ({
    ...request,
    contributions: [...request.contributions, contributionId],
  }));
  return { ...state, commitments, requests };
}

function answered(
  state: ContributionState,
  requestId: Id | undefined,
  by: (request: ResourceRequest) => ResourceRequest,
): Table<ResourceRequest> {
  return requestId === undefined ? state.requests : state.requests.change(requestId, by);
}
