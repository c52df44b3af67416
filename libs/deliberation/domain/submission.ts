import { amountLinesFault } from '#contracts';
import type { ArgumentsOf, Method } from '#contracts';
import { addMonths, dayOf, refuse } from '#kernel';
import type { Act, Id, Refusal } from '#kernel';
import { conditionsFault } from './conditions.js';
import { delegationFault } from './delegation.js';
import { thenTypeOf } from './options.js';
import { choiceOf, replacedBy, strengthened } from './policy.js';
import type { Proposal } from './state.js';
import type { DeliberationWorld } from './world.js';

type Submitted = ArgumentsOf<'SubmitProposal'>;

/** Methods whose decisions always have a review date (part 1, 4.2). */
const REVIEWED: readonly Method[] = ['consent', 'consensus-minus-n', 'silent-consent'];
export const MAX_REQUESTS = 50;
export const MAX_SUPERSEDED = 50;

/** Guards of SubmitProposal: limits, what is cited exists, dates (part 1, section 2 and 4.2). */
export function submissionFault(
  world: DeliberationWorld,
  proposal: Proposal,
  args: Submitted,
  act: Act,
): Refusal | undefined {
  return (
    supersededFault(world, args.supersedes ?? []) ??
    reviewedFault(world, proposal, args) ??
    citedFault(world, args, act) ??
    affectedFault(world, args) ??
    delegationFault(world, proposal, args.delegation, act) ??
    dateFault(world, args, act) ??
    reviewFault(world, proposal, args, act)
  );
}

/** A review names a decision in the register, of the same type and subject, and what is to become of it (4.9). */
function reviewedFault(
  { state }: DeliberationWorld,
  { decisionType }: Proposal,
  { reviewOf, reviewOutcome, subjectKey, supersedes = [] }: Submitted,
): Refusal | undefined {
  if (reviewOf === undefined) {
    return reviewOutcome && refuse('WRONG_STATE', { pointer: '/reviewOutcome', rule: 'reviewOf' });
  }
  if (reviewOutcome === undefined) return refuse('WRONG_STATE', { pointer: '/reviewOf', rule: 'reviewOutcome' });
  const decision = state.decisions.get(reviewOf);
  if (!decision) return refuse('NOT_FOUND', { pointer: '/reviewOf' });
  if (decision.decisionType !== decisionType) return refuse('WRONG_STATE', { pointer: '/reviewOf', rule: 'same type' });
  if ((subjectKey ?? decision.subjectKey) !== decision.subjectKey) {
    return refuse('WRONG_STATE', { pointer: '/subjectKey', rule: 'same subject' });
  }
  const named = reviewOutcome === 'amend' ? new Set([...supersedes, reviewOf]) : new Set(supersedes);
  return named.size > MAX_SUPERSEDED ? refuse('LIMIT_EXCEEDED', { pointer: '/supersedes' }) : undefined;
}

/** Limits of a version's requests, their lines and amounts (part 2, 1.2 and 1.3), and that whom it asks are partners. */
export function citedFault(
  world: DeliberationWorld,
  args: Pick<Submitted, 'requests' | 'conditions'>,
  act: Act,
): Refusal | undefined {
  return requestsFault(world, args) ?? conditionsFault(world, args.conditions ?? [], act);
}

function requestsFault(
  { alliance }: DeliberationWorld,
  { requests = [] }: Pick<Submitted, 'requests'>,
): Refusal | undefined {
  if (requests.length > MAX_REQUESTS) return refuse('LIMIT_EXCEEDED', { pointer: '/requests' });
  const invalid = amountLinesFault(requests, '/requests');
  if (invalid) return invalid;
  for (const [index, { partnerIds }] of requests.entries()) {
    const unknown = partnerIds.findIndex((partnerId) => !alliance.partner(partnerId));
    if (unknown >= 0)
      return refuse('NOT_FOUND', { pointer: `/requests/${String(index)}/partnerIds/${String(unknown)}` });
  }
  return undefined;
}

function supersededFault({ state }: DeliberationWorld, supersedes: readonly Id[]): Refusal | undefined {
  if (supersedes.length > MAX_SUPERSEDED) return refuse('LIMIT_EXCEEDED', { pointer: '/supersedes' });
  const unknown = supersedes.findIndex((decisionId) => !state.decisions.has(decisionId));
  return unknown >= 0 ? refuse('NOT_FOUND', { pointer: `/supersedes/${String(unknown)}` }) : undefined;
}

function affectedFault({ alliance }: DeliberationWorld, { affected = [], target }: Submitted): Refusal | undefined {
  const unknown = affected.findIndex((partnerId) => !alliance.partner(partnerId));
  if (unknown >= 0) return refuse('NOT_FOUND', { pointer: `/affected/${String(unknown)}` });
  const strangeTarget = target?.sort === 'partner' && (target.id === undefined || !alliance.partner(target.id));
  return strangeTarget ? refuse('NOT_FOUND', { pointer: '/target/id' }) : undefined;
}

/** A decision's last day is not before its first, nor already over. */
function dateFault({ state }: DeliberationWorld, args: Submitted, act: Act): Refusal | undefined {
  const { effectiveFrom, expiresOn } = args;
  if (expiresOn === undefined) return undefined;
  const over = expiresOn < dayOf(act.at, state.timeZone);
  return over || (effectiveFrom ?? expiresOn) > expiresOn
    ? refuse('DATE_INVALID', { pointer: '/expiresOn' })
    : undefined;
}

/**
 * `reviewOn`: after today, at most `reviewMonths` away, and required where consent will be asked. A renewal always has
 * one; a revocation leaves nothing to review.
 */
function reviewFault(
  { state, alliance }: DeliberationWorld,
  { decisionType }: Proposal,
  { reviewOn, thenType, supersedes = [], reviewOf, reviewOutcome }: Submitted,
  act: Act,
): Refusal | undefined {
  const charter = alliance.charterInForce()?.charter;
  if (!charter) return refuse('CHARTER_MISSING');
  const pointer = '/reviewOn';
  const today = dayOf(act.at, state.timeZone);
  if (reviewOn === undefined) {
    const decidingType = decisionType === 'choice' ? thenTypeOf({ thenType }) : decisionType;
    const replaced = replacedBy(state, { supersedes, reviewOf, reviewOutcome });
    const { method } = strengthened(choiceOf(charter.policies[decidingType]), replaced);
    const required = reviewOutcome === 'renew' || (reviewOutcome !== 'revoke' && REVIEWED.includes(method));
    return required ? refuse('REVIEW_DATE', { pointer, rule: 'required' }) : undefined;
  }
  if (reviewOn <= today) return refuse('REVIEW_DATE', { pointer, rule: 'after today' });
  const latest = addMonths(today, charter.reviewMonths);
  return reviewOn > latest ? refuse('REVIEW_DATE', { pointer, rule: 'reviewMonths' }) : undefined;
}
