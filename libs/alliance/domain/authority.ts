import type { Power } from '#contracts';
import { isRefusal, refuse } from '#kernel';
import type { Act, Actor, Id, Instant, Refusal } from '#kernel';
import { dayIn, termHolds } from './dates.js';
import type { AllianceState, Mandate } from './state.js';

/** For whom and under what a representative acts; `standing` is the one used (3.3). */
export interface Representative {
  readonly partnerId: Id;
  readonly mandateId: Id;
  readonly standing: Mandate['standing'];
}

/** In force (3.3): recorded, within its dates, no end recorded. */
export function inForce(state: AllianceState, mandate: Mandate, at: Instant): boolean {
  return !mandate.ended && termHolds(mandate, dayIn(state, at));
}

/** The mandates of a partner in force at an instant, in the order of their grant. */
export function mandatesInForce(state: AllianceState, partnerId: Id, at: Instant): readonly Mandate[] {
  const ids = state.partners.get(partnerId)?.mandates ?? [];
  return ids.flatMap((id) => state.mandates.get(id) ?? []).filter((mandate) => inForce(state, mandate, at));
}

/** Unrepresented (3.3): an active partner with no mandate in force that has `take-position`. */
export function isUnrepresented(state: AllianceState, partnerId: Id, at: Instant): boolean {
  return state.partners.get(partnerId)?.status === 'active' && !takesPosition(state, partnerId, at);
}

export function takesPosition(state: AllianceState, partnerId: Id, at: Instant): boolean {
  return mandatesInForce(state, partnerId, at).some(({ powers }) => powers.includes('take-position'));
}

/**
 * The representative behind an act: its mandate is in force (`MANDATE_NOT_IN_FORCE`) and has one of the powers
 * (`POWER_MISSING`); no powers asked means any mandate. A substitute acts as titular while there is no titular (3.3).
 */
export function representative(
  state: AllianceState,
  actor: Actor,
  powers: readonly Power[],
  at: Instant,
): Representative | Refusal {
  if (actor.kind !== 'representative') return refuse('POWER_MISSING');
  const mandate = state.mandates.get(actor.mandate);
  if (!mandate || mandate.personRef !== actor.person || mandate.partnerId !== actor.partner)
    return refuse('MANDATE_NOT_IN_FORCE');
  if (!inForce(state, mandate, at)) return refuse('MANDATE_NOT_IN_FORCE');
  if (powers.length > 0 && !powers.some((power) => mandate.powers.includes(power)))
    return refuse('POWER_MISSING', { rule: powers.join(' or ') });
  const { partnerId, mandateId } = mandate;
  const titular = mandatesInForce(state, partnerId, at).some(({ standing }) => standing === 'titular');
  return { partnerId, mandateId, standing: titular ? mandate.standing : 'titular' };
}

/**
 * Who spoke under a mandate at an earlier instant, which had to be in force then and have the power: it may have ended
 * since. A substitute spoke as titular while there was no titular (3.3).
 */
export function speaker(state: AllianceState, mandateId: Id, power: Power, at: Instant): Representative | Refusal {
  const mandate = state.mandates.get(mandateId);
  if (!mandate || !wasInForce(state, mandate, at)) return refuse('MANDATE_NOT_IN_FORCE');
  if (!mandate.powers.includes(power)) return refuse('POWER_MISSING', { rule: power });
  const { partnerId } = mandate;
  const isTitular = (one: Mandate) =>
    one.partnerId === partnerId && one.standing === 'titular' && wasInForce(state, one, at);
  const titular = mandate.standing === 'substitute' && [...state.mandates.values()].some(isTitular);
  return { partnerId, mandateId, standing: titular ? 'substitute' : 'titular' };
}

function wasInForce(state: AllianceState, mandate: Mandate, at: Instant): boolean {
  const isOver = mandate.endedAt !== undefined && mandate.endedAt <= at;
  return mandate.grantedAt <= at && !isOver && termHolds(mandate, dayIn(state, at));
}

/** True when the actor acts as facilitator and has a term in force. */
export function isFacilitator(state: AllianceState, actor: Actor, at: Instant): boolean {
  if (actor.kind !== 'facilitator') return false;
  const today = dayIn(state, at);
  return (state.holdings.get(actor.person) ?? []).some(({ sort, id }) => {
    const term = sort === 'facilitator' ? state.facilitators.get(id) : undefined;
    return term !== undefined && !term.ended && termHolds(term, today);
  });
}

/** R(power) of the partner concerned alone: another partner's has not the power. */
export function ownRepresentative(
  state: AllianceState,
  act: Act,
  power: Power,
  partnerId: Id | undefined,
): Representative | Refusal {
  const acting = representative(state, act.actor, [power], act.at);
  if (isRefusal(acting)) return acting;
  return partnerId === undefined || acting.partnerId === partnerId ? acting : refuse('POWER_MISSING');
}

/** F, or R(propose); a partner that has not signed the charter in force proposes nothing (3.4). */
export function facilitatorOrProposer(state: AllianceState, act: Act): Refusal | undefined {
  if (act.actor.kind === 'facilitator') return facilitatorOnly(state, act);
  const acting = proposer(state, act);
  return isRefusal(acting) ? acting : undefined;
}

export function facilitatorOnly(state: AllianceState, act: Act): Refusal | undefined {
  if (isFacilitator(state, act.actor, act.at)) return undefined;
  // Whoever acts under a mandate learns first that it is over.
  const acting = act.actor.kind === 'representative' ? representative(state, act.actor, [], act.at) : undefined;
  return isRefusal(acting) ? acting : refuse('POWER_MISSING');
}

/** R(propose) of a partner that is active, or admitted while forming. */
export function proposer(state: AllianceState, act: Act, partnerId?: Id): Representative | Refusal {
  const acting = ownRepresentative(state, act, 'propose', partnerId);
  if (isRefusal(acting) || state.phase === 'forming') return acting;
  return state.partners.get(acting.partnerId)?.status === 'active' ? acting : refuse('PARTNER_NOT_ACTIVE');
}
