import { sameLine } from '#contracts';
import type { ArgumentsOf } from '#contracts';
import { refuse } from '#kernel';
import type { Day, Id, Refusal } from '#kernel';
import { owedByCalls, owedByCommitment } from './obligations.js';
import type { OwedFact } from './obligations.js';
import { standingOn } from './ratification.js';
import { NO_END } from './standing-facts.js';
import type { ContributionState } from './state.js';
import type { World } from './world.js';

/**
 * An obligation that a contribution names: in force, the provider's own, of the same line (part 2, 1.4). What fulfils a
 * call was received by the debtor while it is carrier; once another carries, by that one, as all money (1.5).
 */
export function fulfilsFault(
  { state, alliance }: World,
  { obligationId, now, day }: { readonly obligationId: Id; readonly now: Day; readonly day: Day },
  given: Pick<ArgumentsOf<'DeclareContribution'>, 'providerId' | 'receiverId' | 'kind' | 'unit'>,
  pointer: string,
): Refusal | undefined {
  const obligation = owedOf(state, obligationId);
  if (!obligation) return refuse('NOT_FOUND', { pointer });
  const commitment = state.commitments.get(obligationId)?.fact;
  if (commitment && standingOn(commitment, now) !== 'in-force') return refuse('NOT_IN_FORCE', { pointer });
  if (obligation.providerId !== given.providerId) return refuse('NOT_OWN_OBLIGATION', { pointer });
  if (!sameLine(obligation, given)) return refuse('UNIT_MISMATCH', { pointer });
  const { guaranteeId, receiverId: debtorId } = obligation;
  const isElsewhere = guaranteeId !== undefined && debtorId !== given.receiverId;
  const isCarrier = alliance.legalForm() === 'carried' && debtorId !== undefined && alliance.isCarriedBy(debtorId, day);
  return isElsewhere && isCarrier
    ? refuse('RECEIVER_NOT_CARRIER', { pointer, rule: 'what the debtor received fulfils a call' })
    : undefined;
}

function owedOf(state: ContributionState, obligationId: Id): OwedFact | undefined {
  const commitment = state.commitments.get(obligationId)?.fact;
  if (commitment) return owedByCommitment(commitment);
  const guarantee = state.guarantees.get(state.calls.get(obligationId)?.guaranteeId)?.fact;
  return guarantee && owedByCalls(guarantee, NO_END).find((call) => call.obligationId === obligationId);
}
