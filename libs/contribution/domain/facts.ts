import type { DataOf, DomainEvent, EventOf, ResourceKind } from '#contracts';
import type { Day, Id, Instant } from '#kernel';

/** When an event counts from, and where it stands. `day` is its effective day: what a person stated, else the day of `at`. */
export interface Stamp {
  readonly day: Day;
  readonly at: Instant;
  readonly seq: number;
  readonly index: number;
}

/** A commitment and what changed it, as plain JSON: one code reads it in the state, in live rows and as of a day. */
export interface CommitmentFact extends Stamp {
  readonly commitmentId: Id;
  readonly requestId?: Id;
  readonly providerId: Id;
  readonly receiverId?: Id;
  readonly attestorId: Id;
  readonly carrierId?: Id;
  readonly kind: ResourceKind;
  readonly unit: string;
  readonly amount: string;
  readonly obligation: 'means' | 'result';
  readonly dueOn: Day;
  readonly releases: readonly (Stamp & { readonly amount: string })[];
  readonly reschedulings: readonly (Stamp & { readonly dueOn: Day })[];
}

/** What moved the buckets of a contribution; its effective day is that of the contribution (part 2, 2.1). */
export type Movement = Omit<Stamp, 'day'> &
  (
    | { readonly type: 'acknowledged' | 'lifted'; readonly amount: string }
    | { readonly type: 'contested'; readonly amount: string; readonly from: 'awaiting' | 'acknowledged' }
    | { readonly type: 'corrected'; readonly delta: string; readonly correctionId: Id }
  );

/** A contribution and its movements in the order of recording. `day` is the day that it happened on. */
export interface ContributionFact extends Stamp {
  readonly contributionId: Id;
  readonly requestId?: Id;
  readonly providerId?: Id;
  readonly receiverId?: Id;
  readonly attestorId: Id;
  readonly carrierId?: Id;
  readonly kind: ResourceKind;
  readonly unit: string;
  readonly amount: string;
  readonly occurredFrom?: Day;
  readonly fulfils: readonly { readonly obligationId: Id; readonly amount: string }[];
  readonly movements: readonly Movement[];
}

/** All that a view of this context reads. */
export interface Facts {
  readonly commitments: readonly CommitmentFact[];
  readonly contributions: readonly ContributionFact[];
}

type CommitmentEvent = EventOf<'CommitmentMade' | 'CommitmentRescheduled' | 'CommitmentReleased'>;
type ContributionEvent = EventOf<
  | 'ContributionDeclared'
  | 'ContributionAcknowledged'
  | 'ContributionContested'
  | 'ContestationLifted'
  | 'ContributionCorrected'
>;

/** The commitment that an event makes or changes; an `AttestorReplaced` may concern one of each. */
export function commitmentOf(event: DomainEvent): Id | undefined {
  switch (event.type) {
    case 'CommitmentMade':
    case 'CommitmentRescheduled':
    case 'CommitmentReleased':
    case 'AttestorReplaced':
      return event.data.commitmentId;
    default:
      return undefined;
  }
}

/** The contribution that an event makes or changes. */
export function contributionOf(event: DomainEvent): Id | undefined {
  switch (event.type) {
    case 'ContributionDeclared':
    case 'ContributionAcknowledged':
    case 'ContributionContested':
    case 'ContestationLifted':
    case 'ContributionCorrected':
    case 'AttestorReplaced':
      return event.data.contributionId;
    default:
      return undefined;
  }
}

/** The commitment after an event that concerns it. Total. */
export function evolveCommitment(
  fact: CommitmentFact | undefined,
  event: DomainEvent,
  stamp: Stamp,
): CommitmentFact | undefined {
  if (event.type === 'CommitmentMade') return commitmentMade(event.data, stamp);
  if (!fact) return undefined;
  if (event.type === 'AttestorReplaced') return { ...fact, attestorId: event.data.attestorId };
  return changedCommitment(fact, event as CommitmentEvent, stamp);
}

function commitmentMade(data: DataOf<'CommitmentMade'>, stamp: Stamp): CommitmentFact {
  const { adReferendum: _never, ratifyBy: _none, ...stated } = data;
  return { ...(stated as CommitmentFact), ...stamp, releases: [], reschedulings: [] };
}

function changedCommitment(fact: CommitmentFact, event: CommitmentEvent, stamp: Stamp): CommitmentFact {
  switch (event.type) {
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
  if (event.type === 'ContributionDeclared') return contributionDeclared(event.data, stamp);
  if (!fact) return undefined;
  if (event.type === 'AttestorReplaced') return { ...fact, attestorId: event.data.attestorId };
  const movement = movementOf(event as ContributionEvent, stamp);
  return movement ? { ...fact, movements: ordered([...fact.movements, movement]) } : fact;
}

function contributionDeclared(data: DataOf<'ContributionDeclared'>, stamp: Stamp): ContributionFact {
  const { level: _valuation, ...stated } = data;
  return { ...(stated as ContributionFact), ...stamp, movements: [] };
}

function movementOf(event: ContributionEvent, { day: _own, ...place }: Stamp): Movement | undefined {
  switch (event.type) {
    case 'ContributionAcknowledged':
      return { ...place, type: 'acknowledged', amount: event.data.amount };
    case 'ContributionContested':
      return { ...place, type: 'contested', amount: event.data.amount, from: event.data.from };
    case 'ContestationLifted':
      return { ...place, type: 'lifted', amount: event.data.amount };
    case 'ContributionCorrected':
      return { ...place, type: 'corrected', delta: event.data.delta, correctionId: event.data.correctionId };
    default:
      return undefined;
  }
}

/** By place in the ledger, so that facts come out alike in whatever order they were folded. */
function ordered<T extends Pick<Stamp, 'seq' | 'index'>>(items: readonly T[]): readonly T[] {
  return [...items].sort(comparePlaces);
}

export function comparePlaces(a: Pick<Stamp, 'seq' | 'index'>, b: Pick<Stamp, 'seq' | 'index'>): number {
  return a.seq - b.seq || a.index - b.index;
}
