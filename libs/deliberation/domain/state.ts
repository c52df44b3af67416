import type { Closing, DataOf, DecisionType, DomainEvent, Outcome, Result } from '#contracts';
import { Table } from '#kernel';
import type { Day, DueQueue, Hash, Id, Instant } from '#kernel';

export type RoundPolicy = DataOf<'RoundOpened'>['policy'];
export type VersionRequests = DataOf<'ProposalVersioned'>['requests'];
export type Conditions = DataOf<'ProposalVersioned'>['conditions'];
/** What the sponsor fixed when it submitted the proposal. */
export type Submission = DataOf<'ProposalSubmitted'>;

export interface Version {
  readonly version: number;
  readonly textHash: Hash;
  /** The option of a choice that it is a version of. */
  readonly optionId: Id | undefined;
  readonly requests: VersionRequests;
  readonly conditions: Conditions;
}

export interface Proposal {
  readonly proposalId: Id;
  readonly decisionType: DecisionType;
  readonly status: 'draft' | 'submitted' | 'in-round' | 'adopted' | 'closed' | 'withdrawn';
  readonly sponsorId: Id | undefined;
  /** Until then another partner may sponsor; set when the sponsor left in mid-round. */
  readonly sponsorBy: Instant | undefined;
  readonly submission: Submission | undefined;
  readonly versions: readonly Version[];
  /** The option that a round selected: from then on its versions are asked, as `thenType` says. */
  readonly selected: Id | undefined;
  readonly rounds: readonly Id[];
  readonly responsible: readonly Id[];
  /** Advice asked for, in the order of asking. */
  readonly advice: readonly Id[];
  /** The last decision that was adopted from it. */
  readonly decisionId: Id | undefined;
}

export type Delegation = NonNullable<Submission['delegation']>;
export type Amounts = DataOf<'DelegatedDecisionTaken'>['amounts'];

export type Amendment = DataOf<'AmendmentSubmitted'> & {
  readonly status: 'submitted' | 'accepted' | 'rejected' | 'withdrawn' | 'promoted';
  /** The partner that submitted it. */
  readonly authorId: Id | undefined;
};

export type Advice = DataOf<'AdviceRequested'> & {
  readonly given: boolean;
  readonly followUp: DataOf<'AdviceAnswered'>['followUp'] | undefined;
};

/** One position, taken by the partner or its proxy holder, or recorded on its behalf. */
export type Position = Omit<DataOf<'PositionTaken'>, 'channel'> & {
  readonly channel: 'direct' | 'proxy' | 'on-behalf';
  /** When it was said, on behalf; from a client, within the round and not after its recording. */
  readonly statedAt: Instant | undefined;
  /** Place in the round from 1: orders as the ledger does, and no empty `Tick` between two acts can change it. */
  readonly seq: number;
  readonly recordedAt: Instant;
  /** First delivered notification of a position on behalf: from it the partner has seven days to contest. */
  readonly deliveredAt: Instant | undefined;
  readonly contested: boolean;
  readonly struck: boolean;
  /** What the partner's own body said of a position taken ad referendum; `none` where nobody is asked. */
  readonly ratification: 'none' | 'pending' | 'ratified' | 'refused';
};

export interface Removal {
  readonly partnerId: Id;
  readonly cause: 'withdrew' | 'excluded' | 'recused';
}

export interface Closed {
  readonly closing: Closing;
  readonly closedAt: Instant;
  readonly outcome: Outcome;
  readonly result: Result;
  /** Partners of the electorate without mandate to take position at closing: part of the recorded snapshot. */
  readonly unrepresented: readonly Id[];
  /** As they were counted: what is learnt of them later moves no recorded snapshot. */
  readonly positions: readonly Position[];
}

/** The last result that differs in being adopted or not, after a fact learnt later (part 1, 4.8). */
export interface Reevaluated {
  readonly result: Result;
  /** Until then the same version may be asked again. */
  readonly askUntil: Instant;
}

export type Round = DataOf<'RoundOpened'> & {
  /** Place among the rounds of the alliance: orders what falls due at one instant. */
  readonly order: number;
  /** Versions of the proposal when it opened: another one closes it. */
  readonly versionCount: number;
  /** From opening to the first deadline: no extension is longer. */
  readonly lengthMs: number;
  readonly removals: readonly Removal[];
  /** By partner: first delivered notification of this round. */
  readonly deliveredAt: Readonly<Record<Id, Instant>>;
  /** In the order of recording, late ones included. */
  readonly positions: readonly Position[];
  readonly objections: readonly Id[];
  readonly extendedBy: readonly ('facilitator' | 'system')[];
  readonly closed: Closed | undefined;
  readonly reevaluated: Reevaluated | undefined;
};

export type ObjectionStatus =
  | 'raised'
  /** Raised by a late position: kept, never counted. */
  | 'late'
  | 'orphaned'
  | 'adopted'
  | 'lapsed'
  | 'withdrawn'
  | 'reclassified'
  | 'qualified'
  | 'integrating'
  | 'resolved'
  | 'abandoned';

export type Objection = DataOf<'ObjectionRaised'> & {
  readonly status: ObjectionStatus;
  readonly tested: 'complete' | 'incomplete' | undefined;
  /** Partners whose last word is that it does not qualify. */
  readonly notQualified: readonly Id[];
  readonly adoptBy: Instant | undefined;
  readonly confirmed: readonly ('objector' | 'sponsor')[];
  readonly abandoned: { readonly at: Instant; readonly from: 'qualified' | 'integrating' } | undefined;
  /** Last act of the objector on it. */
  readonly actedAt: Instant;
};

/** States that hold the subject (part 1, 4.9). */
export type HoldingStatus = 'pending' | 'in-force' | 'under-review' | 'suspended';
export type EndedStatus = 'lapsed' | 'revoked' | 'expired' | 'superseded' | 'annulled';
export type DecisionStatus = HoldingStatus | EndedStatus;

export type DecisionRecord = DataOf<'DecisionAdopted'> & {
  /** Place among the decisions of the alliance: orders what falls due at one instant, alike however the timer packs entries. */
  readonly order: number;
  readonly status: DecisionStatus;
  readonly target: Submission['target'];
  readonly requests: VersionRequests;
  /** What it lets delegates decide, and what each of their acts took of its ceilings. */
  readonly delegation: Delegation | undefined;
  readonly delegatedActs: readonly Amounts[];
  /** The policy that adopted it: whatever takes its place must be as strong (part 1, 4.9). */
  readonly policy: RoundPolicy | undefined;
  /** The round that its force rests on: that of its adoption, or the one that adopted it again. */
  readonly restsOn: Id | undefined;
  readonly reviewOverdue: boolean;
  /** A partner asked for a review, and none was held since. */
  readonly reviewRequested: boolean;
  /** Where a suspended one comes back to, and until when it may. */
  readonly suspended: { readonly from: 'pending' | 'in-force'; readonly until: Instant } | undefined;
  /** Objections after closing, kept as concerns. */
  readonly lateObjections: readonly Omit<DataOf<'LateObjectionFiled'>, 'decisionId'>[];
};

export type Proxy = DataOf<'ProxyGiven'> & {
  /** Under which it was given: what it says on ratification binds what the holder takes. */
  readonly mandateId: Id | undefined;
  readonly ended: boolean;
};

/** A mandate with the power to take position, from its grant to its end. */
export interface PositionMandate {
  readonly partnerId: Id;
  readonly validFrom: Day;
  readonly validTo: Day | undefined;
}

export interface DeliberationState {
  readonly timeZone: string;
  readonly dissolved: boolean;
  /** When the last event happened. */
  readonly lastAt: Instant;
  readonly proposals: Table<Proposal>;
  readonly rounds: Table<Round>;
  readonly objections: Table<Objection>;
  readonly amendments: Table<Amendment>;
  readonly advice: Table<Advice>;
  readonly decisions: Table<DecisionRecord>;
  /** By subject: the decisions that hold it. */
  readonly holders: Table<readonly Id[]>;
  /** Decisions of type charter-change in force. */
  readonly charterChanges: readonly Id[];
  /** Pending decisions with conditions precedent, in the order of adoption. */
  readonly conditional: readonly Id[];
  /** Charters drafted, and `repairDays` of the one in force: a fold cannot ask the alliance. */
  readonly drafted: readonly { readonly hash: Hash; readonly charter: DataOf<'CharterDrafted'>['charter'] }[];
  readonly repairDays: number;
  /** In the order of opening. */
  readonly openRounds: readonly Id[];
  /** By position: its round. */
  readonly roundOfPosition: Table<Id>;
  readonly proxies: Table<Proxy>;
  /** Proxies that can still be used, in the order in which they were given. */
  readonly liveProxies: readonly Id[];
  readonly positionMandates: Table<PositionMandate>;
  /** Automatic events that earlier events of the commit made necessary, next first. */
  readonly owed: readonly DomainEvent[];
  readonly due: DueQueue;
}

export const INITIAL_STATE: DeliberationState = {
  timeZone: 'UTC',
  dissolved: false,
  lastAt: '',
  proposals: Table.empty(),
  rounds: Table.empty(),
  objections: Table.empty(),
  amendments: Table.empty(),
  advice: Table.empty(),
  decisions: Table.empty(),
  holders: Table.empty(),
  charterChanges: [],
  conditional: [],
  drafted: [],
  repairDays: 30,
  openRounds: [],
  roundOfPosition: Table.empty(),
  proxies: Table.empty(),
  liveProxies: [],
  positionMandates: Table.empty(),
  owed: [],
  due: undefined,
};

/** The state with more automatic events to come, before those it already owes: causes stay beside their effects. */
export function owe(state: DeliberationState, ...events: readonly DomainEvent[]): DeliberationState {
  return events.length === 0 ? state : { ...state, owed: [...events, ...state.owed] };
}

export function changeProposal(
  state: DeliberationState,
  proposalId: Id | undefined,
  by: (proposal: Proposal) => Proposal,
): DeliberationState {
  return proposalId === undefined ? state : { ...state, proposals: state.proposals.change(proposalId, by) };
}

export function changeRound(state: DeliberationState, roundId: Id, by: (round: Round) => Round): DeliberationState {
  return { ...state, rounds: state.rounds.change(roundId, by) };
}

export function changeObjection(
  state: DeliberationState,
  objectionId: Id,
  by: (objection: Objection) => Objection,
): DeliberationState {
  return { ...state, objections: state.objections.change(objectionId, by) };
}

export function changeDecision(
  state: DeliberationState,
  decisionId: Id,
  by: (decision: DecisionRecord) => DecisionRecord,
): DeliberationState {
  return { ...state, decisions: state.decisions.change(decisionId, by) };
}
