import { checkedRegisterCode } from '#contracts';
import type { PartnerKind, RegisterScheme } from '#contracts';
import { isRefusal, refuse } from '#kernel';
import type { Id, Refusal } from '#kernel';
import type { AllianceState, Partner } from './state.js';

/** Active partners of one alliance, at most (part 1, section 2). */
export const MOST_PARTNERS = 200;

interface Identity {
  readonly kind: PartnerKind;
  readonly registerScheme: RegisterScheme;
  readonly registerCode?: string | undefined;
}

/** A membership goes on from its invitation until it is closed, withdrawn or excluded. */
export function membershipGoesOn({ status }: Partner): boolean {
  return status === 'invited' || status === 'admitted' || status === 'active';
}

export function activeCount(state: AllianceState): number {
  return state.members.filter((id) => state.partners.get(id)?.status === 'active').length;
}

/** While forming every founder becomes active at the adoption, so admitted ones take a place too. */
export function isFull(state: AllianceState): boolean {
  return (state.phase === 'forming' ? state.members.length : activeCount(state)) >= MOST_PARTNERS;
}

/** The identity with its code normalised, checked (part 2, section 3) and free among memberships not ended (3.1). */
export function freeIdentity(
  state: AllianceState,
  { kind, registerScheme, registerCode: given }: Identity,
  own: Id | undefined,
): Identity | Refusal {
  const checked = checkedRegisterCode(registerScheme, given);
  if (isRefusal(checked)) return checked;
  const identity = { kind, registerScheme, registerCode: checked.registerCode };
  const holders = withCode(state, identity).filter(({ partnerId }) => partnerId !== own);
  return holders.some(membershipGoesOn) ? refuse('PARTNER_EXISTS', { pointer: '/registerCode' }) : identity;
}

/** All memberships, ended ones too, with this code. */
export function withCode(state: AllianceState, { registerScheme, registerCode }: Identity): readonly Partner[] {
  if (registerCode === undefined) return [];
  return [...state.partners.values()].filter(
    (partner) => partner.registerScheme === registerScheme && partner.registerCode === registerCode,
  );
}
