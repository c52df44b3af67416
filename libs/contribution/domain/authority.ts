import type { Power } from '#contracts';
import { dayOf, isRefusal, refuse } from '#kernel';
import type { Act, Day, Id, Refusal, RefusalCode } from '#kernel';
import type { World } from './world.js';

/** Acts that bind a partner need `commit` (part 2, 1.5). */
export const BINDING: readonly Power[] = ['commit'];
/** Acts that state a fact need `speak` or `commit` (part 2, 1.5). */
export const STATING: readonly Power[] = ['speak', 'commit'];

export interface Acting {
  readonly partnerId: Id;
  readonly mandateId: Id;
}

/**
 * The partner whose mandate the actor acts under: in force, with one of the powers. No facilitator, decision, carrier
 * or operator acts in a partner's name; `otherwise` is what such an actor is told (part 2, 1.5).
 */
export function actingPartner(
  world: World,
  act: Act,
  powers: readonly Power[],
  otherwise: RefusalCode,
): Acting | Refusal {
  if (act.actor.kind !== 'representative') return refuse(otherwise);
  return world.alliance.representative(act.actor, powers, act.at);
}

/** The facilitator in force. */
export function facilitatorFault(world: World, act: Act): Refusal | undefined {
  if (act.actor.kind !== 'facilitator') return refuse('POWER_MISSING', { rule: 'the facilitator' });
  return world.alliance.isFacilitator(act.actor, act.at) ? undefined : refuse('MANDATE_NOT_IN_FORCE');
}

/**
 * Who moves what a partner alone may move: that partner, or the facilitator recording an adopted decision. Without
 * decision, or for any other partner, the answer is `notYours` (part 2, 1.5).
 */
export function partnerOrDecisionFault(
  world: World,
  act: Act,
  { powers, ownerId, decisionId, notYours }: Ownership,
): Refusal | undefined {
  if (act.actor.kind === 'facilitator') {
    if (!world.alliance.isFacilitator(act.actor, act.at)) return refuse('MANDATE_NOT_IN_FORCE');
    if (ownerId === undefined) return refuse('NOT_FOUND');
    return decisionId === undefined ? refuse(notYours) : adoptedFault(world, decisionId);
  }
  const acting = actingPartner(world, act, powers, notYours);
  if (isRefusal(acting)) return acting;
  if (ownerId === undefined) return refuse('NOT_FOUND');
  if (acting.partnerId !== ownerId) return refuse(notYours);
  const known = decisionId === undefined || world.deliberation.decision(decisionId);
  return known ? undefined : refuse('NOT_FOUND', { pointer: '/decisionId' });
}

export interface Ownership {
  readonly powers: readonly Power[];
  /** Nothing when the object is not there. */
  readonly ownerId: Id | undefined;
  readonly decisionId?: Id | undefined;
  readonly notYours: RefusalCode;
}

const STANDS = ['pending', 'in-force', 'under-review'];

/** An adopted decision that has not ended. */
function adoptedFault(world: World, decisionId: Id): Refusal | undefined {
  const decision = world.deliberation.decision(decisionId);
  if (!decision) return refuse('NOT_FOUND', { pointer: '/decisionId' });
  return STANDS.includes(decision.status) ? undefined : refuse('DECISION_REQUIRED', { pointer: '/decisionId' });
}

const HOLDING = ['in-force', 'under-review'];

/** D, its second half: the decision cited is in force; else `DECISION_REQUIRED` (part 1, section 5, Who). */
export function inForceDecisionFault(world: World, decisionId: Id): Refusal | undefined {
  const status = world.deliberation.decision(decisionId)?.status ?? '';
  return HOLDING.includes(status) ? undefined : refuse('DECISION_REQUIRED', { pointer: '/decisionId' });
}

/** The day on which a command is decided, in the alliance's time zone. */
export function today(world: World, act: Act): Day {
  return dayOf(act.at, world.alliance.timeZone());
}

/** What is no longer: nothing is promised or stated before the charter or after the dissolution (part 1, 3.4). */
export function phaseFault(world: World): Refusal | undefined {
  const phase = world.alliance.phase();
  if (phase === 'dissolved') return refuse('ALLIANCE_DISSOLVED');
  return phase === 'governed' ? undefined : refuse('CHARTER_MISSING');
}
