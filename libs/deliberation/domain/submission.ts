import { amountLinesFault } from '#contracts';
import type { ArgumentsOf } from '#contracts';
import { addMonths, dayOf, refuse } from '#kernel';
import type { Act, Id, Refusal } from '#kernel';
import { choiceOf, replacedBy, strengthened } from './policy.js';
import type { Proposal } from './state.js';
import type { DeliberationWorld } from './world.js';

type Submitted = ArgumentsOf<'SubmitProposal'>;

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
    citedFault(world, args) ??
    affectedFault(world, args) ??
    dateFault(world, args, act) ??
    reviewFault(world, proposal, args, act)
  );
}

/** Limits of a version's requests, their lines and amounts (part 2, 1.2 and 1.3), and that whom it asks are partners. */
export function citedFault(
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

/** `reviewOn`: after today, at most `reviewMonths` away, and required where consent will be asked. */
function reviewFault(
  { state, alliance }: DeliberationWorld,
  { decisionType }: Proposal,
  { reviewOn, supersedes = [] }: Submitted,
  act: Act,
): Refusal | undefined {
  const charter = alliance.charterInForce()?.charter;
  if (!charter) return refuse('CHARTER_MISSING');
  const pointer = '/reviewOn';
  const today = dayOf(act.at, state.timeZone);
  if (reviewOn === undefined) {
    const { method } = strengthened(choiceOf(charter.policies[decisionType]), replacedBy(state, supersedes));
    const required = method === 'consent' || method === 'consensus-minus-n' || method === 'silent-consent';
    return required ? refuse('REVIEW_DATE', { pointer, rule: 'required' }) : undefined;
  }
  if (reviewOn <= today) return refuse('REVIEW_DATE', { pointer, rule: 'after today' });
  const latest = addMonths(today, charter.reviewMonths);
  return reviewOn > latest ? refuse('REVIEW_DATE', { pointer, rule: 'reviewMonths' }) : undefined;
}
