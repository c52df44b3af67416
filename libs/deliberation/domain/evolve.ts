import { canonicalJson } from '#kernel';
import type { Json, Recorded } from '#kernel';
import type { DomainEvent, EventOf, EventType } from '#contracts';
import * as advice from './fold/advice.js';
import { amendmentBecomes, amendmentSubmitted } from './fold/amendments.js';
import { delegatedDecisionTaken } from './fold/delegation.js';
import * as decisions from './fold/decisions.js';
import * as objections from './fold/objections.js';
import { partnerNotified } from './fold/notifications.js';
import { partnerBecameUnrepresented, partnerLeft, partnerRecused } from './fold/partners.js';
import * as proposals from './fold/proposals.js';
import { positionContested, positionRecordedOnBehalf, positionTaken } from './fold/positions.js';
import { proxyGiven, proxyRevoked } from './fold/proxies.js';
import { positionRatified, ratificationRefused, roundReevaluated } from './fold/reevaluation.js';
import * as reviews from './fold/reviews.js';
import { roundClosed, roundExtended, roundOpened } from './fold/rounds.js';
import { endMandate, grantMandate } from './representation.js';
import type { DeliberationState } from './state.js';

type Fold<T extends EventType> = (
  state: DeliberationState,
  data: EventOf<T>['data'],
  recorded: Recorded,
) => DeliberationState;

/** What each event changes here; an event without line changes nothing. */
const FOLDS: { readonly [T in EventType]?: Fold<T> } = {
  AllianceFormed: (state, { timeZone }) => ({ ...state, timeZone }),
  CharterDrafted: (state, { charterHash: hash, charter }) => ({
    ...state,
    drafted: [...state.drafted, { hash, charter }],
  }),
  CharterAdopted: (state, { charterHash }) => ({
    ...state,
    repairDays: state.drafted.find(({ hash }) => hash === charterHash)?.charter.repairDays ?? state.repairDays,
  }),
  AllianceDissolved: (state) => ({ ...state, dissolved: true, owed: [], due: undefined }),
  MandateGranted: grantMandate,
  MandateSucceeded: (state, { endedMandateId }) => endMandate(state, endedMandateId),
  MandateEnded: (state, { mandateId }) => endMandate(state, mandateId),
  PartnerWithdrew: partnerLeft('withdrew'),
  PartnerExcluded: partnerLeft('excluded'),
  PartnerBecameUnrepresented: partnerBecameUnrepresented,
  ProposalDrafted: proposals.proposalDrafted,
  ProposalSponsored: proposals.proposalSponsored,
  ProposalSubmitted: proposals.proposalSubmitted,
  ProposalVersioned: proposals.proposalVersioned,
  ProposalWithdrawn: proposals.proposalWithdrawn,
  AmendmentSubmitted: amendmentSubmitted,
  AmendmentAccepted: amendmentBecomes('accepted'),
  AmendmentRejected: amendmentBecomes('rejected'),
  AmendmentWithdrawn: amendmentBecomes('withdrawn'),
  AmendmentPromoted: amendmentBecomes('promoted'),
  AdviceRequested: advice.adviceRequested,
  AdviceGiven: advice.adviceGiven,
  AdviceAnswered: advice.adviceAnswered,
  AdviceDecisionTaken: advice.adviceDecisionTaken,
  DelegatedDecisionTaken: delegatedDecisionTaken,
  ResponsibilityAccepted: proposals.responsibilityAccepted,
  RoundOpened: roundOpened,
  RoundExtended: roundExtended,
  RoundClosed: roundClosed,
  PartnerNotified: partnerNotified,
  PositionTaken: positionTaken,
  PositionRecordedOnBehalf: positionRecordedOnBehalf,
  PositionContested: positionContested,
  PartnerRecused: partnerRecused,
  ProxyGiven: proxyGiven,
  ProxyRevoked: proxyRevoked,
  ObjectionRaised: objections.objectionRaised,
  ObjectionReasonGiven: objections.objectionReasonGiven,
  ObjectionTested: objections.objectionTested,
  ObjectionContested: objections.objectionContested,
  ObjectionReclassified: objections.objectionBecomes('reclassified'),
  ObjectionOrphaned: objections.objectionOrphaned,
  ObjectionAdopted: objections.objectionBecomes('adopted'),
  ObjectionLapsed: objections.objectionBecomes('lapsed'),
  ObjectionWithdrawn: objections.objectionBecomes('withdrawn'),
  ObjectionAbandoned: objections.objectionAbandoned,
  ObjectionAbandonmentContested: objections.abandonmentContested,
  ObjectionIntegrated: objections.objectionIntegrated,
  ObjectionResolutionConfirmed: objections.resolutionConfirmed,
  ObjectionResolved: objections.objectionBecomes('resolved'),
  RoundReevaluated: roundReevaluated,
  LateObjectionFiled: decisions.lateObjectionFiled,
  DecisionAdopted: decisions.decisionAdopted,
  DecisionTookEffect: decisions.decisionTookEffect,
  DecisionLapsed: decisions.decisionEnds('lapsed'),
  DecisionExpired: decisions.decisionEnds('expired'),
  DecisionAnnulled: decisions.decisionEnds('annulled'),
  DecisionSuspended: decisions.decisionSuspended,
  DecisionResumed: decisions.decisionResumed,
  PositionRatified: positionRatified,
  RatificationRefused: ratificationRefused,
  ReviewRequested: reviews.reviewRequested,
  ReviewDue: reviews.reviewDue,
  DecisionReviewed: reviews.decisionReviewed,
  DecisionSuperseded: decisions.decisionEnds('superseded'),
  DecisionRevoked: decisions.decisionEnds('revoked'),
};

/** The state after one more event of the alliance. Total: it ignores what it does not know. */
export function evolve(state: DeliberationState, event: DomainEvent, recorded: Recorded): DeliberationState {
  if (state.dissolved) return state;
  const fold = FOLDS[event.type] as Fold<EventType> | undefined;
  const next = { ...paid(state, event), lastAt: recorded.at };
  return fold ? fold(next, event.data, recorded) : next;
}

/** An automatic event that was owed is owed no more. */
function paid(state: DeliberationState, event: DomainEvent): DeliberationState {
  const [first, ...rest] = state.owed;
  if (first?.type !== event.type || !sameData(first, event)) return state;
  return { ...state, owed: rest };
}

function sameData(one: DomainEvent, other: DomainEvent): boolean {
  return canonicalJson(one.data as unknown as Json) === canonicalJson(other.data as unknown as Json);
}
