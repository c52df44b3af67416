/**
 * A second reading of part 1, sections 4.3 to 4.6, by another hand: slow, literal, and importing nothing of the product. Where both
 * give one answer to a snapshot, it is that of the page; where they differ, the page is read again.
 */
export const METHODS = [
  'consent',
  'consensus',
  'consensus-minus-n',
  'unanimity',
  'simple-majority',
  'super-majority',
  'absolute-majority',
  'silent-consent',
  'majority-judgment',
  'score',
  'dots',
  'ranked-irv',
] as const;
export type Method = (typeof METHODS)[number];

export const CLOSINGS = ['deadline', 'complete', 'objection', 'electorate', 'withdrawn', 'version'] as const;
export type Closing = (typeof CLOSINGS)[number];

export const WHYS = [
  'removed',
  'late',
  'contested',
  'struck',
  'own-beats-proxy',
  'direct-beats-on-behalf',
  'titular-beats-substitute',
  'later',
] as const;
export type Why = (typeof WHYS)[number];

export interface Fraction {
  readonly num: number;
  readonly den: number;
  readonly strict?: boolean;
}

export interface Policy {
  readonly method: Method;
  readonly num?: number;
  readonly den?: number;
  readonly strict?: boolean;
  readonly basis?: 'expressed' | 'eligible';
  readonly quorum?: Fraction;
  readonly minFavour?: { readonly least: number; readonly num: number; readonly den: number };
  readonly silence?: 'not-counted' | 'consent-if-notified';
  readonly noticeDays?: number;
  readonly maxRounds?: number;
  readonly n?: number;
  readonly maxGrade?: number;
  readonly min?: number;
  readonly max?: number;
  readonly budget?: number;
  readonly collegeCondition?: boolean;
}

export interface Member {
  readonly partnerId: string;
  readonly kind: string;
  readonly collegeId?: string;
  readonly deliveredAt?: string;
  readonly unrepresented: boolean;
}

export type Value =
  'agree' | 'agree-with-concern' | 'abstain' | 'stand-aside' | 'against' | 'object' | 'block' | 'ballot';

export interface Score {
  readonly optionId: string;
  readonly score: number;
}

export interface Position {
  readonly positionId: string;
  readonly seq: number;
  readonly partnerId: string;
  readonly value: Value;
  readonly ballot?: readonly Score[];
  readonly standing: 'titular' | 'substitute';
  readonly channel: 'direct' | 'on-behalf' | 'proxy';
  readonly recordedAt: string;
  readonly statedAt?: string;
  readonly contested: boolean;
  readonly struck: boolean;
  readonly ratification: 'none' | 'pending' | 'ratified' | 'refused';
}

export interface Objection {
  readonly objectionId: string;
  readonly positionId: string;
  readonly partnerId: string;
  readonly kind: string;
  readonly reasonGiven: boolean;
  readonly saidNotQualifiedBy: readonly string[];
}

export interface Snapshot {
  readonly policy: Policy;
  readonly attempt: number;
  readonly floor: { readonly partners: number; readonly kinds: number };
  readonly options: readonly string[];
  readonly closing: Closing;
  readonly closesAt: string;
  readonly electorate: readonly Member[];
  readonly removals: readonly { readonly partnerId: string; readonly cause: 'withdrew' | 'excluded' | 'recused' }[];
  readonly positions: readonly Position[];
  readonly objections: readonly Objection[];
}

export const TALLIES = [
  'agree',
  'concern',
  'abstain',
  'standAside',
  'against',
  'object',
  'block',
  'reclassified',
  'ballots',
] as const;
export type Tally = (typeof TALLIES)[number];
export type Tallies = Readonly<Record<Tally, number>>;

export interface Outcome {
  readonly result: string;
  readonly appliedMethod: Method;
  readonly eligible: number;
  readonly participation: number;
  readonly deemed: number;
  readonly silent: number;
  readonly quorumRequired: number | null;
  readonly minFavourRequired: number | null;
  readonly expressed: number | null;
  readonly tallies: Tallies;
  readonly collegesAgainst: readonly string[];
  readonly dissent: readonly string[];
  readonly selected: string | null;
  readonly ranking: readonly string[];
  readonly counted: readonly string[];
  readonly notCounted: readonly { readonly positionId: string; readonly why: Why }[];
}

/** The page asks for a member with this method: where it is missing there is no answer. */
export function needed<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`the page needs ${name} here`);
  return value;
}
