import type { Charter, DataOf, PartnerKind, RegisterScheme } from '#contracts';
import { Table } from '#kernel';
import type { Day, DueQueue, Hash, Id, Instant } from '#kernel';

/** One version of the charter: drafted, and in force once adopted. */
export interface CharterVersion {
  readonly version: number;
  readonly hash: Hash;
  readonly charter: Charter;
}

export type PartnerStatus = 'invited' | 'closed' | 'admitted' | 'active' | 'withdrawn' | 'excluded';

/** A membership, from its first invitation; kept for ever, so that a partner that comes back keeps its id. */
export interface Partner {
  readonly partnerId: Id;
  readonly status: PartnerStatus;
  readonly kind: PartnerKind;
  readonly registerScheme: RegisterScheme;
  readonly registerCode?: string | undefined;
  /** Day of the newest invitation, and the instant after which it lapses. */
  readonly invitedOn: Day;
  readonly lapsesAt: Instant;
  readonly admittedSeq: number;
  /** Admitted while forming. */
  readonly founding: boolean;
  readonly signedHash?: Hash | undefined;
  /** Mandates without recorded end, in the order of their grant. */
  readonly mandates: readonly Id[];
}

export interface Mandate extends DataOf<'MandateGranted'> {
  /** Effective day of the grant (6.2): an end may not be dated before it. */
  readonly grantedOn: Day;
  readonly ended: boolean;
  /** When its grant and its end were recorded: in force is what is recorded (3.3), whatever earlier day a fact states. */
  readonly grantedAt: Instant;
  readonly endedAt?: Instant | undefined;
  /** The entry in which its partner left and took it along: what its holder may still read. No rule looks at it. */
  readonly leftSeq?: number | undefined;
}

export interface Facilitator extends DataOf<'FacilitatorAppointed'> {
  readonly ended: boolean;
}

export interface Access extends DataOf<'AccessGranted'> {
  readonly audit: boolean;
  readonly ended: boolean;
}

export interface Carrier extends DataOf<'CarrierDesignated'> {
  /** Effective day of the designation (6.2). */
  readonly designatedOn: Day;
  /** Last day as carrier. */
  readonly endedOn?: Day | undefined;
}

export interface Objective {
  readonly objectiveId: Id;
  readonly partnerId: Id;
  readonly version: number;
  readonly withdrawn: boolean;
}

/** What a person holds here: mandates, terms as facilitator, accesses, without recorded end. */
export interface Holding {
  readonly sort: 'mandate' | 'facilitator' | 'access';
  readonly id: Id;
}

export type Phase = 'none' | 'forming' | 'governed' | 'dissolved';

export interface AllianceState {
  readonly phase: Phase;
  readonly timeZone: string;
  readonly charterInForce?: CharterVersion | undefined;
  /** Drafts of the next version. While forming there is one at most: a redraft takes its place. */
  readonly drafts: readonly CharterVersion[];
  readonly partners: Table<Partner>;
  /** Partners admitted or active, in the order of admission. */
  readonly members: readonly Id[];
  readonly mandates: Table<Mandate>;
  readonly facilitators: Table<Facilitator>;
  readonly accesses: Table<Access>;
  readonly holdings: Table<readonly Holding[]>;
  readonly territoryVersion: number;
  readonly diagnoses: Table<true>;
  readonly stakes: Table<'identified' | 'retired'>;
  readonly goals: Table<number>;
  readonly objectives: Table<Objective>;
  /** In the order of designation; at most the last has no end. */
  readonly carriers: readonly Carrier[];
  readonly incorporated: boolean;
  /** Partners that left and whose mandates are still to be ended, in this commit. */
  readonly leavers: readonly Id[];
  /** Partners that became unrepresented in this commit, which the next automatic events say. */
  readonly unannounced: readonly Id[];
  readonly due: DueQueue;
}

export const NO_ALLIANCE: AllianceState = {
  phase: 'none',
  timeZone: 'UTC',
  drafts: [],
  partners: Table.empty(),
  members: [],
  mandates: Table.empty(),
  facilitators: Table.empty(),
  accesses: Table.empty(),
  holdings: Table.empty(),
  territoryVersion: 0,
  diagnoses: Table.empty(),
  stakes: Table.empty(),
  goals: Table.empty(),
  objectives: Table.empty(),
  carriers: [],
  incorporated: false,
  leavers: [],
  unannounced: [],
  due: undefined,
};
