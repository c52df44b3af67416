import type { DataOf, DomainEvent, EventOf } from '#contracts';
import type { Id } from '#kernel';
import { comparePlaces } from './facts.js';
import type {
  CommitmentFact,
  ContributionFact,
  Movement,
  PledgeFact,
  RequestFact,
  ScaleFact,
  Stamp,
  Valuation,
} from './facts.js';
import { evolveGuarantee } from './fold-guarantee.js';

/** Facts by what they are about: one fold for the state and for the rows, each fact changed by its own events alone. */
export const FOLDS = {
  request: evolveRequest,
  pledge: evolvePledge,
  commitment: evolveCommitment,
  contribution: evolveContribution,
  guarantee: evolveGuarantee,
  scale: evolveScale,
};
export type FactKind = keyof typeof FOLDS;

/** The facts that an event makes or changes; an `AttestorReplaced` may concern one of two kinds. */
export function factsOfEvent(event: DomainEvent): readonly (readonly [FactKind, Id])[] {
  switch (event.type) {
    case 'ResourceRequested':
    case 'ResourceRequestClosed':
      return [['request', event.data.requestId]];
    case 'PledgeMade':
    case 'PledgeWithdrawn':
      return [['pledge', event.data.pledgeId]];
    case 'CommitmentMade':
    case 'CommitmentRatified':
    case 'CommitmentRatificationRefused':
    case 'CommitmentRescheduled':
    case 'CommitmentReleased':
      return [['commitment', event.data.commitmentId]];
    case 'ContributionDeclared':
    case 'ContributionAcknowledged':
    case 'ContributionContested':
    case 'ContestationLifted':
    case 'ContributionCorrected':
    case 'ContributionValued':
      return [['contribution', event.data.contributionId]];
    case 'GuaranteeOffered':
    case 'GuaranteeRatified':
    case 'GuaranteeRatificationRefused':
    case 'GuaranteeEnteredIntoForce':
    case 'GuaranteeCalled':
    case 'GuaranteeReleased':
      return [['guarantee', event.data.guaranteeId]];
    case 'ValuationScaleAdopted':
      return [['scale', event.data.scaleId]];
    case 'AttestorReplaced':
      return attested(event.data);
    default:
      return [];
  }
}

function attested({ commitmentId, contributionId }: DataOf<'AttestorReplaced'>): readonly (readonly [FactKind, Id])[] {
  return [
    ...(commitmentId === undefined ? [] : [['commitment', commitmentId] as const]),
    ...(contributionId === undefined ? [] : [['contribution', contributionId] as const]),
  ];
}

/** The request after an event that concerns it. Total. `askedBy` is the partner of whoever recorded it. */
export function evolveRequest(
  fact: RequestFact | undefined,
  event: DomainEvent,
  stamp: Stamp,
  askedBy?: Id,
): RequestFact | undefined {
  if (event.type === 'ResourceRequested') {
    const asker = event.data.decisionId === undefined && askedBy !== undefined ? { askedBy } : {};
    return { ...(event.data as Omit<RequestFact, keyof Stamp>), ...asker, ...stamp };
  }
  if (fact && event.type === 'ResourceRequestClosed') return { ...fact, closed: { ...stamp, cause: event.data.cause } };
  return fact;
}

/** The pledge after an event that concerns it. Total. */
export function evolvePledge(fact: PledgeFact | undefined, event: DomainEvent, stamp: Stamp): PledgeFact | undefined {
  if (event.type === 'PledgeMade') return { ...(event.data as Omit<PledgeFact, keyof Stamp>), ...stamp };
  return fact && event.type === 'PledgeWithdrawn' ? { ...fact, withdrawn: stamp } : fact;
}

/** The commitment after an event that concerns it. Total. */
export function evolveCommitment(
  fact: CommitmentFact | undefined,
  event: DomainEvent,
  stamp: Stamp,
): CommitmentFact | undefined {
  if (event.type === 'CommitmentMade') {
    return { ...(event.data as CommitmentFact), ...stamp, releases: [], reschedulings: [] };
  }
  if (!fact) return undefined;
  switch (event.type) {
    case 'AttestorReplaced':
      return { ...fact, attestorId: event.data.attestorId };
    case 'CommitmentRatified':
      return { ...fact, ratified: stamp };
    case 'CommitmentRatificationRefused':
      return event.data.cause === 'body' ? { ...fact, declined: stamp } : fact;
    case 'CommitmentReleased':
      return { ...fact, releases: ordered([...fact.releases, { ...stamp, amount: event.data.amount }]) };
    case 'CommitmentRescheduled':
      return { ...fact, reschedulings: ordered([...fact.reschedulings, { ...stamp, dueOn: event.data.dueOn }]) };
    default:
      return fact;
  }
}

/** The contribution after an event that concerns it. Total. */
export function evolveContribution(
  fact: ContributionFact | undefined,
  event: DomainEvent,
  stamp: Stamp,
): ContributionFact | undefined {
  if (event.type === 'ContributionDeclared') {
    return { ...(event.data as ContributionFact), ...stamp, movements: [], valuations: [] };
  }
  if (!fact) return undefined;
  if (event.type === 'AttestorReplaced') return { ...fact, attestorId: event.data.attestorId };
  const { day: _own, ...place } = stamp;
  if (event.type === 'ContributionValued') {
    const { contributionId: _this, ...data } = event.data;
    const valued: Valuation = { ...data, ...place };
    return { ...fact, valuations: ordered([...fact.valuations, valued]) };
  }
  const movement = movementOf(event, place);
  return movement ? { ...fact, movements: ordered([...fact.movements, movement]) } : fact;
}

type Moving = EventOf<
  'ContributionAcknowledged' | 'ContributionContested' | 'ContestationLifted' | 'ContributionCorrected'
>;

function movementOf(event: DomainEvent, place: Omit<Stamp, 'day'>): Movement | undefined {
  const { type, data } = event as Moving;
  switch (type) {
    case 'ContributionAcknowledged':
      return { ...place, type: 'acknowledged', amount: data.amount };
    case 'ContributionContested':
      return { ...place, type: 'contested', amount: data.amount, from: data.from };
    case 'ContestationLifted':
      return { ...place, type: 'lifted', amount: data.amount };
    case 'ContributionCorrected':
      return { ...place, type: 'corrected', delta: data.delta, correctionId: data.correctionId };
    default:
      return undefined;
  }
}

/** A version of the scale never changes. */
export function evolveScale(fact: ScaleFact | undefined, event: DomainEvent, stamp: Stamp): ScaleFact | undefined {
  return event.type === 'ValuationScaleAdopted' ? { ...(event.data as ScaleFact), ...stamp } : fact;
}

/** By place in the ledger, so that facts come out alike in whatever order they were folded. */
function ordered<T extends Pick<Stamp, 'seq' | 'index'>>(items: readonly T[]): readonly T[] {
  return [...items].sort(comparePlaces);
}
