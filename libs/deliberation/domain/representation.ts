import type { DataOf } from '#contracts';
import { dayOf } from '#kernel';
import type { Id, Instant } from '#kernel';
import { electors } from './round.js';
import type { DeliberationState, Round } from './state.js';

export function grantMandate(state: DeliberationState, granted: DataOf<'MandateGranted'>): DeliberationState {
  if (!granted.powers.includes('take-position')) return state;
  const { mandateId, partnerId, validFrom, validTo } = granted;
  return { ...state, positionMandates: state.positionMandates.with(mandateId, { partnerId, validFrom, validTo }) };
}

export function endMandate(state: DeliberationState, mandateId: Id): DeliberationState {
  return { ...state, positionMandates: state.positionMandates.without(mandateId) };
}

/**
 * The partners of E without a mandate in force to take position (part 1, 3.3). Folded here, not asked of the alliance:
 * the snapshot of a closed round must be told again years later, when the alliance answers for another day.
 */
export function unrepresentedAt(state: DeliberationState, round: Round, at: Instant): readonly Id[] {
  const day = dayOf(at, state.timeZone);
  const represented = new Set<Id>();
  for (const { partnerId, validFrom, validTo } of state.positionMandates.values()) {
    if (validFrom <= day && (validTo === undefined || day <= validTo)) represented.add(partnerId);
  }
  return electors(round)
    .map(({ partnerId }) => partnerId)
    .filter((partnerId) => !represented.has(partnerId));
}
