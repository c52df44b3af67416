import type { ArgumentsOf, DeliberationCommandName, DomainEvent } from '#contracts';
import { firstDue } from '#kernel';
import type { Act, Decision, DueItem, Instant } from '#kernel';
import { answerAdvice, giveAdvice, requestAdvice } from './domain/advice.js';
import { takeAdviceDecision } from './domain/advice-decision.js';
import {
  acceptAmendment,
  promoteAmendment,
  rejectAmendment,
  submitAmendment,
  withdrawAmendment,
} from './domain/amendment.js';
import { takeDelegatedDecision } from './domain/delegated-decision.js';
import { dueEvent, nextConsequence, withoutFirstDue } from './domain/consequence.js';
import { evolve } from './domain/evolve.js';
import { extendRound } from './domain/extension.js';
import { abandonObjection, confirmResolution, contestAbandonment, withdrawObjection } from './domain/integration.js';
import { recordNotification } from './domain/notification.js';
import { adoptObjection, contestObjection, giveObjectionReason, testObjection } from './domain/objection.js';
import { contestPosition, recordPositionOnBehalf } from './domain/on-behalf.js';
import { openRound } from './domain/open-round.js';
import { takePosition } from './domain/position.js';
import {
  acceptResponsibility,
  draftProposal,
  reviseProposal,
  sponsorProposal,
  submitProposal,
  withdrawProposal,
} from './domain/proposal.js';
import { giveProxy, revokeProxy } from './domain/proxy.js';
import { recusePartner } from './domain/recusal.js';
import { ratifyPosition, refusePositionRatification } from './domain/ratification.js';
import { fileLateObjection, requestReview } from './domain/review.js';
import { INITIAL_STATE } from './domain/state.js';
import type { DeliberationState } from './domain/state.js';
import type { DeliberationWorld } from './domain/world.js';

export * from './domain/answers.js';
export * from './domain/evaluate/index.js';
export { contestableUntil } from './domain/on-behalf.js';
export { graceFrom } from './domain/round.js';
export { reevaluatedSnapshot, snapshotOf } from './domain/snapshot.js';
export type * from './domain/state.js';
export type { AllianceQuestions, ContributionQuestions, DeliberationWorld } from './domain/world.js';
export { knownPositions, notCountedIn, removalsOf } from './views/counting.js';
export { decisionRegisterView, registered } from './views/decision-register.view.js';
export type { RegisteredDecision } from './views/decision-register.view.js';
export { objectionsOf, objectionsView } from './views/objections.view.js';
export type { LateObjection, ShownObjection } from './views/objections.view.js';
export { boardProposal, proposalBoardView, proposalStatusOf } from './views/proposal-board.view.js';
export type { BoardProposal } from './views/proposal-board.view.js';
export { reviewCalendarView } from './views/review-calendar.view.js';
export { roundView, shownRound } from './views/round.view.js';
export type { ShownPosition, ShownRound } from './views/round.view.js';
export { deliberationFacts } from './views/deliberation.projection.js';
export type { DeliberationRow } from './views/deliberation.projection.js';
export { toAdviseTag } from './views/rows/advice.row.js';
export type { AdviceRow } from './views/rows/advice.row.js';
export type { AmendmentRow } from './views/rows/amendment.row.js';
export { delaysAt } from './views/rows/delays-at.js';
export { HELD_TAG } from './views/rows/decision.row.js';
export type { DecisionRow } from './views/rows/decision.row.js';
export { leaversIn } from './views/rows/leavers-in.js';
export type { LeaverRow } from './views/rows/leaver.row.js';
export { abandonedAt, abandonedTag, orphanedUntil } from './views/rows/objection.row.js';
export type { ObjectionRow } from './views/rows/objection.row.js';
export { toContestTag, toRatifyTag } from './views/rows/position.row.js';
export type { PositionRow } from './views/rows/position.row.js';
export { sponsoredTag } from './views/rows/proposal.row.js';
export type { ProposalRow } from './views/rows/proposal.row.js';
export { proxyOfTag } from './views/rows/proxy.row.js';
export type { ProxyRow } from './views/rows/proxy.row.js';
export type { RoundRow } from './views/rows/round.row.js';
export { roundsOf } from './views/rows/rounds-of.js';

type Decide = {
  readonly [N in DeliberationCommandName]: (
    world: DeliberationWorld,
    args: ArgumentsOf<N>,
    act: Act,
  ) => Decision<DomainEvent>;
};

const decide: Decide = {
  DraftProposal: draftProposal,
  SponsorProposal: sponsorProposal,
  SubmitProposal: submitProposal,
  ReviseProposal: reviseProposal,
  WithdrawProposal: withdrawProposal,
  SubmitAmendment: submitAmendment,
  AcceptAmendment: acceptAmendment,
  RejectAmendment: rejectAmendment,
  WithdrawAmendment: withdrawAmendment,
  PromoteAmendment: promoteAmendment,
  RequestAdvice: requestAdvice,
  GiveAdvice: giveAdvice,
  AnswerAdvice: answerAdvice,
  TakeAdviceDecision: takeAdviceDecision,
  TakeDelegatedDecision: takeDelegatedDecision,
  AcceptResponsibility: acceptResponsibility,
  OpenRound: openRound,
  TakePosition: takePosition,
  RecordPositionOnBehalf: recordPositionOnBehalf,
  ContestPosition: contestPosition,
  RecusePartner: recusePartner,
  GiveProxy: giveProxy,
  RevokeProxy: revokeProxy,
  RecordNotification: recordNotification,
  ExtendRound: extendRound,
  GiveObjectionReason: giveObjectionReason,
  TestObjection: testObjection,
  ContestObjection: contestObjection,
  AdoptObjection: adoptObjection,
  WithdrawObjection: withdrawObjection,
  AbandonObjection: abandonObjection,
  ContestAbandonment: contestAbandonment,
  ConfirmResolution: confirmResolution,
  RatifyPosition: ratifyPosition,
  RefusePositionRatification: refusePositionRatification,
  FileLateObjection: fileLateObjection,
  RequestReview: requestReview,
};

const consequence: (world: DeliberationWorld, at: Instant) => DomainEvent | undefined = (world) =>
  nextConsequence(world);

/** The deliberation context as the engine composes it (part 1, section 4). */
export const deliberation = {
  initial: INITIAL_STATE,
  evolve,
  decide,
  consequence,
  firstDue: (state: DeliberationState): DueItem | undefined => firstDue(state.due),
  whenDue: dueEvent,
  dropDue: withoutFirstDue,
};
