import type { DataOf, DomainEvent } from '#contracts';
import { dayOf } from '#kernel';
import type { Id, Recorded, Table } from '#kernel';
import { enteredLate, noticed, scheduled } from './due-dates.js';
import type { Stamp } from './facts.js';
import {
  evolveCommitment,
  evolveContribution,
  evolvePledge,
  evolveRequest,
  evolveScale,
  factsOfEvent,
} from './fold-facts.js';
import type { FactKind } from './fold-facts.js';
import { evolveGuarantee } from './fold-guarantee.js';
import { linked } from './links.js';
import type { ContributionState } from './state.js';

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
      return requested(factChanged(state, event, recorded), event.data);
    case 'ResourceRequestClosed':
      return requestClosed(factChanged(state, event, recorded), event.data);
    case 'PledgeLapsed':
    case 'CommitmentDefaulted':
    case 'GuaranteeExpired':
      return noticed(state, event);
    case 'GuaranteeEnteredIntoForce':
      return enteredLate(factChanged(state, event, recorded), event.data, recorded);
    case 'CommitmentRatificationRefused':
    case 'GuaranteeRatificationRefused':
      return noticed(factChanged(state, event, recorded), event);
    default:
      return factChanged(state, event, recorded);
  }
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
  const open = (state.requestsOf.get(decisionId) ?? []).filter((id) => !state.requests.get(id)?.fact.closed);
  return state.dissolved || open.length === 0 ? state : { ...state, ending: [...state.ending, ...open] };
}

function requested(
  state: ContributionState,
  { requestId, decisionId }: DataOf<'ResourceRequested'>,
): ContributionState {
  if (decisionId === undefined) return state;
  const siblings = state.requestsOf.get(decisionId) ?? [];
  return {
    ...state,
    requestsOf: state.requestsOf.with(decisionId, [...siblings, requestId]),
    wanted: state.wanted.filter((wanted) => wanted.requestId !== requestId),
  };
}

function requestClosed(state: ContributionState, { requestId }: DataOf<'ResourceRequestClosed'>): ContributionState {
  return { ...state, ending: state.ending.filter((id) => id !== requestId) };
}

/** The facts that the event makes or changes, what they name, and what becomes due by them. */
function factChanged(
  state: ContributionState,
  event: DomainEvent,
  { seq, index, at, actor }: Recorded,
): ContributionState {
  const facts = factsOfEvent(event);
  if (facts.length === 0) return state;
  const stamp = { day: event.occurredOn ?? dayOf(at, state.timeZone), at, seq, index };
  const by = actor.kind === 'representative' ? actor.partner : undefined;
  const changed = facts.reduce((next, [kind, id]) => withFact(next, kind, id, { event, stamp, by }), state);
  return scheduled(linked(changed, event), event, stamp);
}

interface Happening {
  readonly event: DomainEvent;
  readonly stamp: Stamp;
  /** The partner of whoever recorded it. */
  readonly by: Id | undefined;
}

function withFact(state: ContributionState, kind: FactKind, id: Id, happening: Happening): ContributionState {
  const { event, stamp, by } = happening;
  switch (kind) {
    case 'request':
      return {
        ...state,
        requests: folded(state.requests, id, NEW.request, (one) => evolveRequest(one, event, stamp, by)),
      };
    case 'pledge':
      return { ...state, pledges: folded(state.pledges, id, NEW.pledge, (one) => evolvePledge(one, event, stamp)) };
    case 'commitment':
      return {
        ...state,
        commitments: folded(state.commitments, id, NEW.commitment, (one) => evolveCommitment(one, event, stamp)),
      };
    case 'contribution':
      return {
        ...state,
        contributions: folded(state.contributions, id, NEW.contribution, (one) =>
          evolveContribution(one, event, stamp),
        ),
      };
    case 'guarantee':
      return {
        ...state,
        guarantees: folded(state.guarantees, id, NEW.guarantee, (one) => evolveGuarantee(one, event, stamp)),
      };
    case 'scale':
      return {
        ...state,
        scales: [...state.scales, evolveScale(undefined, event, stamp)].filter((one) => one !== undefined),
      };
  }
}

const NEW = {
  request: { pledges: [], commitments: [], contributions: [], guarantees: [] },
  pledge: { commitments: [], lapseNoticed: false },
  commitment: { contributions: [], refusalNoticed: false },
  contribution: { corrections: [] },
  guarantee: { refusalNoticed: false, expiryNoticed: false },
};

function folded<R extends { readonly fact: unknown }>(
  table: Table<R>,
  id: Id,
  fresh: Omit<R, 'fact'>,
  fold: (fact: R['fact'] | undefined) => R['fact'] | undefined,
): Table<R> {
  const before = table.get(id);
  const fact = fold(before?.fact);
  return fact === undefined ? table : table.with(id, { ...fresh, ...before, fact } as R);
}
