import type { PartnerKind, Power } from '#contracts';
import type { Actor, Day, Id, Instant, Refusal } from '#kernel';
import { isFacilitator, isUnrepresented, representative, speaker } from './authority.js';
import type { Representative } from './authority.js';
import { reachesLeast } from './consequences.js';
import { carrierInForce } from './legal-form.js';
import type { AllianceState, Carrier, CharterVersion, Mandate, PartnerStatus, Phase } from './state.js';

export interface PartnerAnswer {
  readonly partnerId: Id;
  readonly kind: PartnerKind;
  readonly status: PartnerStatus;
  readonly admittedSeq: number;
}

/** The read-only questions that other contexts may ask of the alliance (part 1, section 2). */
export interface AllianceAnswers {
  timeZone(): string;
  phase(): Phase;
  /** `active`: charter adopted, and at least three active partners of two kinds (3.1). */
  standing(): 'active' | 'dormant';
  isDissolved(): boolean;
  partner(partnerId: Id): PartnerAnswer | undefined;
  /** In the order of admission. */
  activePartners(): readonly { readonly partnerId: Id; readonly kind: PartnerKind }[];
  /** The actor's mandate, in force with one of the powers; else `MANDATE_NOT_IN_FORCE` or `POWER_MISSING`. */
  representative(actor: Actor, powers: readonly Power[], at: Instant): Representative | Refusal;
  /** Whose voice a mandate was at an earlier instant, in force then with the power. */
  speaker(mandateId: Id, power: Power, at: Instant): Representative | Refusal;
  isFacilitator(actor: Actor, at: Instant): boolean;
  mandate(mandateId: Id): Mandate | undefined;
  isUnrepresented(partnerId: Id, at: Instant): boolean;
  charterInForce(): CharterVersion | undefined;
  legalForm(): 'informal' | 'carried' | 'incorporated';
  /** First and last day included; on a day of hand-over the newer carrier. */
  carrierOn(day: Day): Carrier | undefined;
  /** Whether this carrier was in force on a day, the day of hand-over included for both. */
  isCarrierOn(carrierId: Id, day: Day): boolean;
  carrier(carrierId: Id): Carrier | undefined;
  /** Whether a partner was the carrier on a day, first and last day included. */
  isCarriedBy(partnerId: Id, day: Day): boolean;
  hasStake(stakeId: Id): boolean;
  hasGoal(goalId: Id): boolean;
  hasObjective(objectiveId: Id): boolean;
}

export function allianceAnswers(state: AllianceState): AllianceAnswers {
  const active = () =>
    state.members.flatMap((id) => state.partners.get(id) ?? []).filter(({ status }) => status === 'active');
  return {
    timeZone: () => state.timeZone,
    phase: () => state.phase,
    standing: () => (state.charterInForce && reachesLeast(active()) ? 'active' : 'dormant'),
    isDissolved: () => state.phase === 'dissolved',
    partner: (partnerId) => state.partners.get(partnerId),
    activePartners: () => active().map(({ partnerId, kind }) => ({ partnerId, kind })),
    representative: (actor, powers, at) => representative(state, actor, powers, at),
    speaker: (mandateId, power, at) => speaker(state, mandateId, power, at),
    isFacilitator: (actor, at) => isFacilitator(state, actor, at),
    mandate: (mandateId) => state.mandates.get(mandateId),
    isUnrepresented: (partnerId, at) => isUnrepresented(state, partnerId, at),
    charterInForce: () => state.charterInForce,
    legalForm: () => (state.incorporated ? 'incorporated' : carrierInForce(state) ? 'carried' : 'informal'),
    carrierOn: (day) => state.carriers.filter((carrier) => carries(carrier, day)).at(-1),
    isCarrierOn: (carrierId, day) => state.carriers.some((one) => one.carrierId === carrierId && carries(one, day)),
    carrier: (carrierId) => state.carriers.find((one) => one.carrierId === carrierId),
    isCarriedBy: (partnerId, day) => state.carriers.some((one) => one.partnerId === partnerId && carries(one, day)),
    hasStake: (stakeId) => state.stakes.has(stakeId),
    hasGoal: (goalId) => state.goals.has(goalId),
    hasObjective: (objectiveId) => state.objectives.has(objectiveId),
  };
}

function carries({ validFrom, endedOn }: Carrier, day: Day): boolean {
  return validFrom <= day && (endedOn === undefined || day <= endedOn);
}
