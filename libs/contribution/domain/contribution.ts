import type { ArgumentsOf, ContributionCommandName, DomainEvent } from '#contracts';
import { refuse } from '#kernel';
import type { Act, Decision, Instant } from '#kernel';
import { acknowledgeContribution, contestContribution, liftContestation, replaceAttestor } from './attestation.js';
import { phaseFault } from './authority.js';
import { makeCommitment, releaseCommitment, rescheduleCommitment } from './commitments.js';
import { correctContribution, declareContribution } from './contributions.js';
import { commitmentDefaulted, consequence, dropDueItem, firstDueItem } from './demands.js';
import { evolve } from './evolve.js';
import { closeRequest, requestResource } from './requests.js';
import { initial } from './state.js';
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
  MakeCommitment: act(makeCommitment),
  RescheduleCommitment: act(rescheduleCommitment),
  ReleaseCommitment: act(releaseCommitment),
  DeclareContribution: fact(declareContribution),
  AcknowledgeContribution: act(acknowledgeContribution),
  ContestContribution: act(contestContribution),
  LiftContestation: act(liftContestation),
  CorrectContribution: act(correctContribution),
  ReplaceAttestor: act(replaceAttestor),
};

const demanded: (world: World, at: Instant) => DomainEvent | undefined = consequence;

/** The contribution context as the engine composes it: part 2, section 1. */
export const contribution = {
  initial,
  evolve,
  decide,
  consequence: demanded,
  firstDue: firstDueItem,
  whenDue: commitmentDefaulted,
  dropDue: dropDueItem,
};
