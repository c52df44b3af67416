import type { Closing, Method, PartnerKind, PositionValue } from '#contracts';

/**
 * What `evaluate` reads (part 1, 4.3): folded from the events before a `RoundClosed`, or given to the command line.
 * Ids are any 1 to 64 of `[A-Za-z0-9-]`. A policy member that neither method nor counting needs may be absent.
 */
export interface Snapshot {
  readonly policy: SnapshotPolicy;
  readonly attempt: number;
  readonly floor: { readonly partners: number; readonly kinds: number };
  readonly options: readonly string[];
  readonly closing: Closing;
  readonly closesAt: string;
  readonly electorate: readonly Elector[];
  readonly removals: readonly { readonly partnerId: string; readonly cause: 'withdrew' | 'excluded' | 'recused' }[];
  readonly positions: readonly SnapshotPosition[];
  readonly objections: readonly SnapshotObjection[];
}

export interface SnapshotPolicy {
  readonly method: Method;
  readonly num?: number | undefined;
  readonly den?: number | undefined;
  readonly strict?: boolean | undefined;
  readonly basis?: 'expressed' | 'eligible' | undefined;
  readonly quorum?: { readonly num: number; readonly den: number; readonly strict: boolean } | undefined;
  readonly minFavour?: { readonly least: number; readonly num: number; readonly den: number } | undefined;
  readonly silence?: 'not-counted' | 'consent-if-notified' | undefined;
  readonly noticeDays?: number | undefined;
  readonly maxRounds?: number | undefined;
  readonly n?: number | undefined;
  readonly maxGrade?: number | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly budget?: number | undefined;
  readonly collegeCondition?: boolean | undefined;
}

export interface Elector {
  readonly partnerId: string;
  readonly kind: PartnerKind;
  readonly collegeId?: string | undefined;
  readonly deliveredAt?: string | undefined;
  readonly unrepresented: boolean;
}

export interface SnapshotPosition {
  readonly positionId: string;
  readonly seq: number;
  readonly partnerId: string;
  readonly value: PositionValue;
  readonly ballot?: readonly { readonly optionId: string; readonly score: number }[] | undefined;
  readonly standing: 'titular' | 'substitute';
  readonly channel: 'direct' | 'on-behalf' | 'proxy';
  readonly recordedAt: string;
  readonly statedAt?: string | undefined;
  readonly contested: boolean;
  readonly struck: boolean;
  readonly ratification: 'none' | 'pending' | 'ratified' | 'refused';
}

export interface SnapshotObjection {
  readonly objectionId: string;
  readonly positionId: string;
  readonly partnerId: string;
  readonly kind: string;
  readonly reasonGiven: boolean;
  readonly saidNotQualifiedBy: readonly string[];
}
