import type { DataOf, ResourceKind } from '#contracts';
import type { Day, Id, Instant } from '#kernel';

/** When an event counts from, and where it stands. `day` is its effective day: what a person stated, else the day of `at`. */
export interface Stamp {
  readonly day: Day;
  readonly at: Instant;
  readonly seq: number;
  readonly index: number;
}
export type Place = Omit<Stamp, 'day'>;

interface OnLine {
  readonly kind: ResourceKind;
  readonly unit: string;
  readonly amount: string;
}

/** Terms that wait for the body of the one who made them, and what that body said (part 2, 1.4). */
export interface AdReferendum {
  readonly adReferendum: boolean;
  readonly ratifyBy?: Day;
  readonly ratified?: Stamp;
  /** By the body; that the deadline is over shows from `ratifyBy`. */
  readonly declined?: Stamp;
}

/** A need, with or without decision. */
export interface RequestFact extends Stamp, OnLine {
  readonly requestId: Id;
  readonly decisionId?: Id;
  /** The partner that asked without decision. */
  readonly askedBy?: Id;
  readonly partnerIds: readonly Id[];
  readonly neededBy?: Day;
  readonly closed?: Stamp & { readonly cause: DataOf<'ResourceRequestClosed'>['cause'] };
}

export interface PledgeFact extends Stamp, OnLine {
  readonly pledgeId: Id;
  readonly requestId?: Id;
  readonly providerId: Id;
  readonly validUntil?: Day;
  readonly withdrawn?: Stamp;
}

/** A commitment and what changed it, as plain JSON: one code reads it in the state, in live rows and as of a day. */
export interface CommitmentFact extends Stamp, OnLine, AdReferendum {
  readonly commitmentId: Id;
  readonly requestId?: Id;
  readonly pledgeId?: Id;
  readonly providerId: Id;
  readonly receiverId?: Id;
  readonly attestorId: Id;
  readonly carrierId?: Id;
  readonly obligation: 'means' | 'result';
  readonly dueOn: Day;
  readonly releases: readonly Release[];
  readonly reschedulings: readonly (Stamp & { readonly dueOn: Day })[];
}
export type Release = Stamp & { readonly amount: string };

/** What moved the buckets of a contribution; its effective day is that of the contribution (part 2, 2.1). */
export type Movement = Place &
  (
    | { readonly type: 'acknowledged' | 'lifted'; readonly amount: string }
    | { readonly type: 'contested'; readonly amount: string; readonly from: 'awaiting' | 'acknowledged' }
    | { readonly type: 'corrected'; readonly delta: string; readonly correctionId: Id }
  );

/** What an acknowledged amount is worth on one basis (part 2, 1.6). */
export type Valuation = Place & Omit<DataOf<'ContributionValued'>, 'contributionId'>;

/** A contribution and its movements in the order of recording. `day` is the day that it happened on. */
export interface ContributionFact extends Stamp, OnLine {
  readonly contributionId: Id;
  readonly requestId?: Id;
  readonly providerId?: Id;
  readonly receiverId?: Id;
  readonly attestorId: Id;
  readonly carrierId?: Id;
  readonly occurredFrom?: Day;
  readonly level?: number;
  readonly fulfils: readonly { readonly obligationId: Id; readonly amount: string }[];
  readonly movements: readonly Movement[];
  readonly valuations: readonly Valuation[];
}

/** A guarantee: its offer, what its parties did with it, and the calls, each an obligation of money (part 2, 1.7). */
export interface GuaranteeFact extends Stamp, AdReferendum {
  readonly guaranteeId: Id;
  readonly requestId?: Id;
  readonly obligorId: Id;
  readonly debtorId: Id;
  readonly creditorId?: Id;
  readonly currency: string;
  readonly principal: string;
  readonly cap: string;
  readonly share: { readonly num: number; readonly den: number };
  readonly termOn: Day;
  readonly entered?: Stamp;
  readonly calls: readonly Call[];
  readonly releases: readonly Release[];
}
export type Call = Stamp & { readonly callId: Id; readonly amount: string; readonly dueOn: Day };

/** One version of the alliance's scale (part 2, 1.6). */
export interface ScaleFact extends Stamp {
  readonly scaleId: Id;
  readonly version: number;
  readonly decisionId: Id;
  readonly validFrom: Day;
  readonly validTo?: Day;
  readonly currency: string;
  readonly lines: DataOf<'ValuationScaleAdopted'>['lines'];
}

/** All that a view of this context reads, each list in the order of the ledger. */
export interface Facts {
  readonly requests: readonly RequestFact[];
  readonly pledges: readonly PledgeFact[];
  readonly commitments: readonly CommitmentFact[];
  readonly contributions: readonly ContributionFact[];
  readonly guarantees: readonly GuaranteeFact[];
  readonly scales: readonly ScaleFact[];
}

export const NO_FACTS: Facts = {
  requests: [],
  pledges: [],
  commitments: [],
  contributions: [],
  guarantees: [],
  scales: [],
};

export function comparePlaces(a: Pick<Stamp, 'seq' | 'index'>, b: Pick<Stamp, 'seq' | 'index'>): number {
  return a.seq - b.seq || a.index - b.index;
}
