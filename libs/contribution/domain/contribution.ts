import type { ArgumentsOf, ContributionCommandName, DomainEvent } from '#contracts';
import { refuse } from '#kernel';
import type { Act, Decision, Instant } from '#kernel';
import { acknowledgeContribution, contestContribution, liftContestation, replaceAttestor } from './attestation.js';
import { phaseFault } from './authority.js';
import { makeCommitment, releaseCommitment, rescheduleCommitment } from './commitments.js';
import { correctContribution, declareContribution } from './contributions.js';
import { consequence, dropDueItem, dueNotice, firstDueItem } from './demands.js';
import { evolve } from './evolve.js';
import { callGuarantee, enterGuarantee, offerGuarantee, releaseGuarantee } from './guarantees.js';
import { makePledge, withdrawPledge } from './pledges.js';
import {
  ratifyCommitment,
  ratifyGuarantee,
  refuseCommitmentRatification,
  refuseGuaranteeRatification,
} from './ratifications.js';
import { closeRequest, requestResource } from './requests.js';
import { initial } from './state.js';
import { adoptValuationScale, valueContribution } from './valuations.js';
import type { World } from './world.js';

type Rule<A> = (world: World, args: A, act: Act) => Decision<DomainEvent>;
type Deciders = { readonly [N in ContributionCommandName]: Rule<ArgumentsOf<N>> };

/** A fact from elsewhere may carry an earlier day. */
function fact<A>(rule: Rule<A>): Rule<A> {
  return (world, args, act) => phaseFault(world) ?? rule(world, args, act);
}

/** An act exists by being recorded: its day is that of `at` (part 1, 6.2). */
function act<A extends { readonly occurredOn?: string | undefined }>(rule: Rule<A>): Rule<A> {
  return fact((world, args, by) =>
    args.occurredOn === undefined
      ? rule(world, args, by)
      : refuse('OCCURRED_ON_NOT_ALLOWED', { pointer: '/occurredOn' }),
  );
}

const decide: Deciders = {
  RequestResource: act(requestResource),
  CloseRequest: act(closeRequest),
  MakePledge: act(makePledge),
  WithdrawPledge: act(withdrawPledge),
  MakeCommitment: act(makeCommitment),
  RatifyCommitment: act(ratifyCommitment),
  RefuseCommitmentRatification: act(refuseCommitmentRatification),
  RescheduleCommitment: act(rescheduleCommitment),
  ReleaseCommitment: act(releaseCommitment),
  DeclareContribution: fact(declareContribution),
  AcknowledgeContribution: act(acknowledgeContribution),
  ContestContribution: act(contestContribution),
  LiftContestation: act(liftContestation),
  CorrectContribution: act(correctContribution),
  ReplaceAttestor: act(replaceAttestor),
  ValueContribution: act(valueContribution),
  AdoptValuationScale: act(adoptValuationScale),
  OfferGuarantee: act(offerGuarantee),
  RatifyGuarantee: act(ratifyGuarantee),
  RefuseGuaranteeRatification: act(refuseGuaranteeRatification),
  EnterGuarantee: fact(enterGuarantee),
  CallGuarantee: fact(callGuarantee),
  ReleaseGuarantee: act(releaseGuarantee),
};

const demanded: (world: World, at: Instant) => DomainEvent | undefined = consequence;

/** The contribution context as the engine composes it: part 2, section 1. */
export const contribution = {
  initial,
  evolve,
  decide,
  consequence: demanded,
  firstDue: firstDueItem,
  whenDue: dueNotice,
  dropDue: dropDueItem,
};
