import { amountFault, amountOf, deltaFault, event, givenLineFault, sum } from '#contracts';
import type { ArgumentsOf, DomainEvent } from '#contracts';
import { isRefusal, refuse, statedDay } from '#kernel';
import type { Act, Day, Decision, Id, Refusal } from '#kernel';
import { actingPartner, STATING, today } from './authority.js';
import { fulfilsFault } from './fulfilments.js';
import { attestorFault, carrierFault } from './parties.js';
import { bucketsOf, declaredOf } from './buckets.js';
import { namedRequestFault } from './requests.js';
import type { World } from './world.js';

type DeclareContribution = ArgumentsOf<'DeclareContribution'>;

/** A past fact, declared by the provider, or by the receiver of a gift from outside (part 2, 1.4 and 1.5). */
export function declareContribution(world: World, args: DeclareContribution, act: Act): Decision<DomainEvent> {
  const acting = actingPartner(world, act, STATING, 'NOT_PROVIDER_MANDATE');
  if (isRefusal(acting)) return acting;
  const { occurredOn: stated, fulfils = [], sealed, ...gift } = args;
  const now = today(world, act);
  const occurredOn = stated ?? now;
  const fault =
    (occurredOn > now ? refuse('FUTURE_FACT', { pointer: '/occurredOn' }) : undefined) ??
    declarerFault(args, acting.partnerId) ??
    givenLineFault(args) ??
    amountFault(args.amount, args.unit) ??
    attestorFault(world, { ...args, declarerId: acting.partnerId }) ??
    carrierFault(world, args, occurredOn) ??
    periodFault(args, occurredOn) ??
    allocationFault(world, { ...args, fulfils }, { now, day: occurredOn }) ??
    namedRequestFault(world, args.requestId, args);
  if (fault) return fault;
  const contributionId = act.newId('contributionId');
  const told = { sealed, occurredOn: statedDay(occurredOn, now) };
  return [event('ContributionDeclared', { contributionId, ...gift, fulfils }, told)];
}

function declarerFault({ providerId, receiverId }: DeclareContribution, actingId: Id): Refusal | undefined {
  if (providerId !== undefined) {
    return providerId === actingId ? undefined : refuse('NOT_PROVIDER_MANDATE', { pointer: '/providerId' });
  }
  return receiverId === actingId ? undefined : refuse('NOT_RECEIVER_MANDATE', { pointer: '/receiverId' });
}

/** What began has begun before it ended. */
function periodFault({ occurredFrom }: DeclareContribution, occurredOn: string): Refusal | undefined {
  return occurredFrom !== undefined && occurredFrom > occurredOn
    ? refuse('OCCURRED_BEFORE_CAUSE', { pointer: '/occurredFrom' })
    : undefined;
}

/** Shares are amounts of the line, no more than the contribution, each of an own obligation of the same line. */
function allocationFault(
  world: World,
  { fulfils = [], ...args }: DeclareContribution,
  days: { readonly now: Day; readonly day: Day },
): Refusal | undefined {
  for (const [index, { amount }] of fulfils.entries()) {
    const fault = amountFault(amount, args.unit, `/fulfils/${index}/amount`);
    if (fault) return fault;
  }
  if (sum(fulfils.map(({ amount }) => amountOf(amount))) > amountOf(args.amount)) {
    return refuse('OVER_ALLOCATED', { pointer: '/fulfils' });
  }
  for (const [index, { obligationId }] of fulfils.entries()) {
    const fault = fulfilsFault(world, { obligationId, ...days }, args, `/fulfils/${index}/obligationId`);
    if (fault) return fault;
  }
  return undefined;
}

/** The declarer rectifies by a signed delta; what was declared never falls below 0 (part 2, 1.5). */
export function correctContribution(
  world: World,
  args: ArgumentsOf<'CorrectContribution'>,
  act: Act,
): Decision<DomainEvent> {
  const { contributionId, corrects, delta, cause, sealed } = args;
  const acting = actingPartner(world, act, STATING, 'NOT_PROVIDER_MANDATE');
  if (isRefusal(acting)) return acting;
  const contribution = world.state.contributions.get(contributionId);
  if (!contribution) return refuse('NOT_FOUND', { pointer: '/contributionId' });
  const { fact, corrections } = contribution;
  const fault = correctorFault(fact, acting.partnerId) ?? deltaFault(delta, fact.unit);
  if (fault) return fault;
  if (corrects !== contributionId && !corrections.includes(corrects)) {
    return refuse('CORRECTS_NOTHING', { pointer: '/corrects' });
  }
  if (declaredOf(bucketsOf(fact)) + amountOf(delta) < 0n) return refuse('CORRECTED_BELOW_ZERO', { pointer: '/delta' });
  const correctionId = act.newId('correctionId');
  return [event('ContributionCorrected', { contributionId, correctionId, corrects, delta, cause }, { sealed })];
}

function correctorFault(
  { providerId, receiverId }: { readonly providerId?: Id; readonly receiverId?: Id },
  actingId: Id,
): Refusal | undefined {
  if (providerId !== undefined) return providerId === actingId ? undefined : refuse('NOT_PROVIDER_MANDATE');
  return receiverId === actingId ? undefined : refuse('NOT_RECEIVER_MANDATE');
}
