import { event, formatAmount } from '#contracts';
import type { DomainEvent } from '#contracts';
import { endOfDay, firstDue, restDue } from '#kernel';
import type { DueItem, Id } from '#kernel';
import { dueOnAt, readAt, recordedBefore } from './reading.js';
import { factsOfObligation } from './standing-facts.js';
import type { ContributionState, WantedRequest } from './state.js';
import type { World } from './world.js';

/** A request is opened for each of an adopted decision, and closed when that decision ended (part 2, 1.4). */
export function consequence({ state, deliberation }: World): DomainEvent | undefined {
  const [wanted] = state.wanted;
  if (wanted) return event('ResourceRequested', { ...wanted, partnerIds: asked(deliberation, wanted) });
  const [requestId] = state.ending;
  return requestId && event('ResourceRequestClosed', { requestId, cause: 'decision-ended' });
}

/** Partners named by the version, less those that dissented from its decision (part 1, 4.5, M3). */
function asked(deliberation: World['deliberation'], { decisionId, partnerIds }: WantedRequest): readonly Id[] {
  return partnerIds.filter((partnerId) => deliberation.mayBeAsked(decisionId, partnerId));
}

export function firstDueItem(state: ContributionState): DueItem | undefined {
  return firstDue(state.due);
}

export function dropDueItem(state: ContributionState): ContributionState {
  return { ...state, due: restDue(state.due) };
}

/** The due date is over and something was open at `dueAt`: once per obligation and due date (part 2, 1.4). */
export function commitmentDefaulted({ state }: Pick<World, 'state'>, { id, dueAt }: DueItem): DomainEvent | undefined {
  const obligationId = id as Id;
  const commitment = state.commitments.get(obligationId);
  if (!commitment) return undefined;
  const dueOn = dueOnAt(commitment.fact, '9999-12-31');
  if (commitment.defaultNoticed === dueOn || endOfDay(dueOn, state.timeZone) !== dueAt) return undefined;
  const facts = recordedBefore(factsOfObligation(state, obligationId), dueAt);
  const open = readAt(facts, dueOn).obligations[0]?.open ?? 0n;
  return open > 0n ? event('CommitmentDefaulted', { obligationId, dueOn, openAmount: formatAmount(open) }) : undefined;
}
