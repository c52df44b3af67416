import { event } from '#contracts';
import type { ArgumentsOf, DomainEvent } from '#contracts';
import { addMs, DAY_MS, isRefusal, refuse } from '#kernel';
import type { Act, Decision, Id, Instant, Refusal } from '#kernel';
import { isActive, proposalOf, representing, sponsoring } from './authority.js';
import { askedType } from './options.js';
import { choiceOf, replacedBy, strengthened } from './policy.js';
import { isAsking } from './proposal.js';
import { named } from './sealed.js';
import type { Advice, Proposal } from './state.js';
import type { DeliberationWorld, Representative } from './world.js';

type Requested = ArgumentsOf<'RequestAdvice'>;

/** As many askings by the sponsor as an alliance has active partners at most; own requests, once a partner, come beside. */
const MAX_ASKED = 200;

/**
 * M9: the sponsor asks a partner for its advice, or a partner asks to be asked before the last window ends; every
 * window is open for `adviceDays` at least (part 1, 4.5: RequestAdvice).
 */
export function requestAdvice(world: DeliberationWorld, args: Requested, act: Act): Decision<DomainEvent> {
  const proposal = asking(world, args, act);
  if (isRefusal(proposal)) return proposal;
  if (!isAsking(proposal)) return refuse('WRONG_STATE', { rule: proposal.status });
  if (!isByAdvice(world, proposal)) return refuse('WRONG_STATE', { rule: 'advice' });
  const { proposalId, partnerId, because, sealed } = args;
  const fault = askedFault(world, proposal, args, act.at);
  if (fault) return fault;
  const windowEnds = windowOf(world, args, act.at);
  if (isRefusal(windowEnds)) return windowEnds;
  const adviceId = act.newId('adviceId');
  const requested = { adviceId, proposalId, partnerId, because, windowEnds: windowEnds.windowEnds };
  return [event('AdviceRequested', requested, { sealed: named(sealed, 'question') })];
}

/** S; or R(speak) of a partner for itself. */
function asking(world: DeliberationWorld, { proposalId, partnerId, because }: Requested, act: Act): Proposal | Refusal {
  if (because !== 'own-request') return sponsoring(world, proposalId, act);
  const representative = representing(world, act, 'speak');
  if (isRefusal(representative)) return representative;
  return representative.partnerId === partnerId
    ? proposalOf(world, proposalId)
    : refuse('POWER_MISSING', { pointer: '/partnerId', rule: 'own-request' });
}

function askedFault(
  world: DeliberationWorld,
  proposal: Proposal,
  { partnerId, because }: Requested,
  at: Instant,
): Refusal | undefined {
  const pointer = '/partnerId';
  if (!world.alliance.partner(partnerId)) return refuse('NOT_FOUND', { pointer });
  if (!isActive(world, partnerId)) return refuse('PARTNER_NOT_ACTIVE', { pointer });
  if (partnerId === proposal.sponsorId) return refuse('WRONG_STATE', { pointer, rule: 'sponsor' });
  const asked = adviceOn(world, proposal);
  const own = asked.filter((one) => one.partnerId === partnerId);
  if (because === 'own-request') {
    const isOver = asked.length > 0 && asked.every(({ windowEnds }) => windowEnds < at);
    if (isOver) return refuse('WRONG_STATE', { rule: 'last window' });
    return own.length > 0 ? refuse('WRONG_STATE', { pointer, rule: 'asked already' }) : undefined;
  }
  if (own.some((one) => isPending(world, one, at))) return refuse('WRONG_STATE', { pointer, rule: 'asked already' });
  const bySponsor = asked.filter((one) => one.because !== 'own-request');
  return bySponsor.length >= MAX_ASKED ? refuse('LIMIT_EXCEEDED') : undefined;
}

/** A partner that asks to be asked has the shortest window: nobody can hold the decision up for longer. */
function windowOf(
  { alliance }: DeliberationWorld,
  { because, windowEnds }: Requested,
  at: Instant,
): { readonly windowEnds: Instant } | Refusal {
  const charter = alliance.charterInForce()?.charter;
  if (!charter) return refuse('CHARTER_MISSING');
  const least = addMs(at, charter.adviceDays * DAY_MS);
  const ends = windowEnds ?? least;
  const isWrong = ends < least || (because === 'own-request' && ends > least);
  return isWrong ? refuse('DATE_INVALID', { pointer: '/windowEnds', rule: 'adviceDays' }) : { windowEnds: ends };
}

/** R(speak) of the partner asked gives its advice, once, until the sponsor decides (GiveAdvice). */
export function giveAdvice(
  world: DeliberationWorld,
  { adviceId, sealed }: ArgumentsOf<'GiveAdvice'>,
  act: Act,
): Decision<DomainEvent> {
  const representative = representing(world, act, 'speak');
  if (isRefusal(representative)) return representative;
  const found = adviceOf(world, adviceId);
  if (isRefusal(found)) return found;
  if (found.advice.partnerId !== representative.partnerId) return refuse('POWER_MISSING', { rule: 'asked' });
  if (found.advice.given) return refuse('WRONG_STATE', { rule: 'given' });
  return [event('AdviceGiven', { adviceId }, { sealed: named(sealed, 'text') })];
}

/** S says what it makes of an advice, once (AnswerAdvice). */
export function answerAdvice(
  world: DeliberationWorld,
  { adviceId, followUp, sealed }: ArgumentsOf<'AnswerAdvice'>,
  act: Act,
): Decision<DomainEvent> {
  const representative: Representative | Refusal = representing(world, act, 'propose');
  if (isRefusal(representative)) return representative;
  const found = adviceOf(world, adviceId);
  if (isRefusal(found)) return found;
  const { advice, proposal } = found;
  if (proposal.sponsorId !== representative.partnerId) return refuse('POWER_MISSING', { rule: 'sponsor' });
  if (!advice.given) return refuse('WRONG_STATE', { rule: 'not given' });
  if (advice.followUp !== undefined) return refuse('WRONG_STATE', { rule: 'answered' });
  return [event('AdviceAnswered', { adviceId, followUp }, { sealed: named(sealed, 'text') })];
}

/** An advice with its proposal, which goes on. */
function adviceOf(
  world: DeliberationWorld,
  adviceId: Id,
): { readonly advice: Advice; readonly proposal: Proposal } | Refusal {
  const advice = world.state.advice.get(adviceId);
  const proposal = world.state.proposals.get(advice?.proposalId);
  if (!advice || !proposal) return refuse('NOT_FOUND', { pointer: '/adviceId' });
  return isAsking(proposal) ? { advice, proposal } : refuse('WRONG_STATE', { rule: proposal.status });
}

/** Whether its sponsor decides: the policy of its type is `advice`, and nothing that it replaces was decided by more. */
export function isByAdvice({ state, alliance }: DeliberationWorld, proposal: Proposal): boolean {
  const charter = alliance.charterInForce()?.charter;
  const { submission } = proposal;
  if (!charter || !submission) return false;
  const choice = choiceOf(charter.policies[askedType(proposal)]);
  return strengthened(choice, replacedBy(state, submission)).method === 'advice';
}

/** Advice asked on a proposal, in the order of asking. */
export function adviceOn({ state }: DeliberationWorld, { advice }: Proposal): readonly Advice[] {
  return advice.map((adviceId) => state.advice.get(adviceId)).filter((one) => one !== undefined);
}

/** Whether an advice is still awaited: not given, the window open, and the partner still there. */
export function isPending(world: DeliberationWorld, { given, windowEnds, partnerId }: Advice, at: Instant): boolean {
  return !given && at <= windowEnds && isActive(world, partnerId);
}
