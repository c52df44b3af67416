import { amountLinesFault, event } from '#contracts';
import type { ArgumentsOf, DomainEvent } from '#contracts';
import { dayOf, isRefusal, refuse } from '#kernel';
import type { Act, Decision, Id, Instant, Refusal } from '#kernel';
import { isActive, representing } from './authority.js';
import { isAboveCeilings, needsOf } from './delegation.js';
import { named } from './sealed.js';
import type { Amounts, Delegation, DecisionRecord } from './state.js';
import { subjectBusy, subjectTaken } from './subject.js';
import type { DeliberationWorld } from './world.js';

/**
 * M11: delegates decide within what a decision of type `delegation` lets them. The sender signs last; who signed
 * before did so by an act of its own, gathered outside the ledger (part 1, 4.5: TakeDelegatedDecision).
 */
export function takeDelegatedDecision(
  world: DeliberationWorld,
  { enablingId, subjectKey, amounts = [], textHash, signedBy = [], sealed }: ArgumentsOf<'TakeDelegatedDecision'>,
  act: Act,
): Decision<DomainEvent> {
  const sender = representing(world, act, 'take-position');
  if (isRefusal(sender)) return sender;
  if (world.alliance.standing() === 'dormant') return refuse('ALLIANCE_DORMANT');
  const signatures = [...new Set(signedBy.filter((mandateId) => mandateId !== sender.mandateId)), sender.mandateId];
  const partners = signatories(world, signatures, act.at);
  if (isRefusal(partners)) return partners;
  const invalid = amountLinesFault(amounts, '/amounts');
  if (invalid) return invalid;
  const enabling = world.state.decisions.get(enablingId);
  if (!enabling) return refuse('NOT_FOUND', { pointer: '/enablingId' });
  const delegated = { enabling, partners: partners.partnerIds, subjectKey, amounts, at: act.at };
  const matter = { submission: { subjectKey, supersedes: [] } };
  const refusal = objectFault(world, delegated) ?? subjectBusy(world, matter) ?? subjectTaken(world, matter);
  if (refusal) return refusal;
  const taken = { enablingId, subjectKey, textHash, signedBy: signatures, amounts };
  const extras = { sealed: named(sealed, 'text', 'textKey') };
  return [event('DelegatedDecisionTaken', taken, extras)];
}

/** The partners that mandates in force speak for, each with the power to take position. */
function signatories(
  world: DeliberationWorld,
  mandates: readonly Id[],
  at: Instant,
): { readonly partnerIds: readonly Id[] } | Refusal {
  const partnerIds: Id[] = [];
  for (const mandateId of mandates) {
    const speaker = world.alliance.speaker(mandateId, 'take-position', at);
    if (isRefusal(speaker)) return speaker;
    if (!isActive(world, speaker.partnerId)) return refuse('PARTNER_NOT_ACTIVE');
    partnerIds.push(speaker.partnerId);
  }
  return { partnerIds };
}

interface Delegated {
  readonly enabling: DecisionRecord;
  /** For whom was signed. */
  readonly partners: readonly Id[];
  readonly subjectKey: Id;
  readonly amounts: Amounts;
  readonly at: Instant;
}

/** The guards of M11 in the order of part 1, 4.5. */
function objectFault({ state }: DeliberationWorld, delegated: Delegated): Refusal | undefined {
  const { enabling, partners, subjectKey, amounts, at } = delegated;
  const { delegation } = enabling;
  if (!delegation || !isInForce(enabling)) return refuse('ENABLING_NOT_IN_FORCE', { pointer: '/enablingId' });
  if (dayOf(at, state.timeZone) > delegation.validUntil) return refuse('DELEGATION_EXPIRED');
  return (
    signatureFault(delegation, partners) ??
    (delegation.subjects.includes(subjectKey) ? undefined : refuse('OUTSIDE_OBJECT', { pointer: '/subjectKey' })) ??
    (isAboveCeilings([...enabling.delegatedActs, amounts], delegation.ceilings)
      ? refuse('ABOVE_CEILING', { pointer: '/amounts' })
      : undefined)
  );
}

function isInForce({ status }: DecisionRecord): boolean {
  return status === 'in-force' || status === 'under-review';
}

function signatureFault(delegation: Delegation, partners: readonly Id[]): Refusal | undefined {
  const { delegates } = delegation;
  if (partners.some((partnerId) => !delegates.includes(partnerId))) return refuse('NOT_THE_DELEGATE');
  const missing = delegates.filter((partnerId) => !partners.includes(partnerId));
  const signed = delegates.length - missing.length;
  const needs = needsOf(delegation);
  return signed < needs
    ? refuse('NOT_ENOUGH_DELEGATES', { rule: `${String(signed)} of ${String(needs)}`, choices: missing })
    : undefined;
}
