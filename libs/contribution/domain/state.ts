import type { DataOf, Line } from '#contracts';
import { Table } from '#kernel';
import type { Day, DueQueue, Id } from '#kernel';
import type { CommitmentFact, ContributionFact } from './facts.js';

export interface ResourceRequest extends Line {
  readonly requestId: Id;
  readonly decisionId?: Id | undefined;
  /** The partner that asked without decision. */
  readonly askedBy?: Id | undefined;
  readonly amount: string;
  readonly closed: boolean;
  readonly commitments: readonly Id[];
  readonly contributions: readonly Id[];
}

export interface Commitment {
  readonly fact: CommitmentFact;
  /** Contributions that name it, in the order of recording. */
  readonly contributions: readonly Id[];
  /** The due date for which a default was noticed; one notice per due date. */
  readonly defaultNoticed?: Day;
}

export interface Contribution {
  readonly fact: ContributionFact;
  readonly corrections: readonly Id[];
}

export type VersionRequests = Pick<DataOf<'ProposalVersioned'>, 'version' | 'requests'>;
export type WantedRequest = VersionRequests['requests'][number] & { readonly decisionId: Id };

export interface ContributionState {
  readonly timeZone: string;
  readonly dissolved: boolean;
  readonly requests: Table<ResourceRequest>;
  readonly commitments: Table<Commitment>;
  readonly contributions: Table<Contribution>;
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
  commitments: Table.empty(),
  contributions: Table.empty(),
  requestsOf: Table.empty(),
  versions: Table.empty(),
  dissolutions: [],
  wanted: [],
  ending: [],
  due: undefined,
};
