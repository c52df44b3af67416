import type { DataOf } from '#contracts';
import { Table } from '#kernel';
import type { Day, DueQueue, Id } from '#kernel';
import type { CommitmentFact, ContributionFact, GuaranteeFact, PledgeFact, RequestFact, ScaleFact } from './facts.js';

/** A need, and what names it in the order of recording. */
export interface ResourceRequest {
  readonly fact: RequestFact;
  readonly pledges: readonly Id[];
  readonly commitments: readonly Id[];
  readonly contributions: readonly Id[];
  readonly guarantees: readonly Id[];
}

export interface Pledge {
  readonly fact: PledgeFact;
  /** Commitments that name it, in the order of recording. */
  readonly commitments: readonly Id[];
  readonly lapseNoticed: boolean;
}

export interface Commitment {
  readonly fact: CommitmentFact;
  /** Contributions that name it, in the order of recording. */
  readonly contributions: readonly Id[];
  /** The due date for which a default was noticed; one notice per due date. */
  readonly defaultNoticed?: Day;
  readonly refusalNoticed: boolean;
}

export interface Contribution {
  readonly fact: ContributionFact;
  readonly corrections: readonly Id[];
}

export interface Guarantee {
  readonly fact: GuaranteeFact;
  readonly refusalNoticed: boolean;
  readonly expiryNoticed: boolean;
}

/** A call on a guarantee, with what a commitment has too. */
export interface CallRecord extends Pick<Commitment, 'contributions' | 'defaultNoticed'> {
  readonly guaranteeId: Id;
}

export type VersionRequests = Pick<DataOf<'ProposalVersioned'>, 'version' | 'requests'>;
export type WantedRequest = VersionRequests['requests'][number] & { readonly decisionId: Id };

export interface ContributionState {
  readonly timeZone: string;
  readonly dissolved: boolean;
  readonly requests: Table<ResourceRequest>;
  readonly pledges: Table<Pledge>;
  readonly commitments: Table<Commitment>;
  readonly contributions: Table<Contribution>;
  readonly guarantees: Table<Guarantee>;
  readonly calls: Table<CallRecord>;
  /** Versions of the scale, in their order. */
  readonly scales: readonly ScaleFact[];
  /** Requests by the decision that they belong to. */
  readonly requestsOf: Table<readonly Id[]>;
  /** Versions with requests of proposals not decided yet. */
  readonly versions: Table<readonly VersionRequests[]>;
  /** Adopted decisions of type dissolution. */
  readonly dissolutions: readonly Id[];
  /** Requests of adopted decisions still to be opened, in order. */
  readonly wanted: readonly WantedRequest[];
  /** Open requests whose decision ended, still to be closed, in order. */
  readonly ending: readonly Id[];
  readonly due: DueQueue;
}

export const initial: ContributionState = {
  timeZone: 'UTC',
  dissolved: false,
  requests: Table.empty(),
  pledges: Table.empty(),
  commitments: Table.empty(),
  contributions: Table.empty(),
  guarantees: Table.empty(),
  calls: Table.empty(),
  scales: [],
  requestsOf: Table.empty(),
  versions: Table.empty(),
  dissolutions: [],
  wanted: [],
  ending: [],
  due: undefined,
};
