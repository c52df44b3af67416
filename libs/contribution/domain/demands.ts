import { event, formatAmount } from '#contracts';
import type { DomainEvent } from '#contracts';
import { endOfDay, firstDue, restDue } from '#kernel';
import type { DueItem, Id } from '#kernel';
import type { DueType } from './due-dates.js';
import { NO_FACTS } from './facts.js';
import type { Facts } from './facts.js';
import { dueOnAt } from './obligations.js';
import type { standingOn } from './ratification.js';
import { readAt, recordedBefore } from './reading.js';
import { commitmentsOf, factsOfObligation, NO_END } from './standing-facts.js';
import type { ContributionState } from './state.js';
import type { World } from './world.js';

/** A request is opened for each of an adopted decision, and closed when that decision ended (part 2, 1.4). */
export function consequence(world: World): DomainEvent | undefined {
  const [wanted] = world.state.wanted;
  if (wanted) {
    const partnerIds = askedOf(world, wanted);
    return event('ResourceRequested', { ...wanted, partnerIds });
  }
  const [requestId] = world.state.ending;
  return requestId && event('ResourceRequestClosed', { requestId, cause: 'decision-ended' });
}

/**
 * Partners that a decision does not allow to ask leave the list. An empty list means all, so a list for all becomes
 * one of those who may be asked, and so does one that nobody is left on.
 */
function askedOf(
  { alliance, deliberation }: World,
  { decisionId, partnerIds }: { readonly decisionId: Id; readonly partnerIds: readonly Id[] },
): readonly Id[] {
  const mayBeAsked = (partnerId: Id) => deliberation.mayBeAsked(decisionId, partnerId);
  const named = partnerIds.filter(mayBeAsked);
  if (named.length > 0) return named;
  const active = alliance.activePartners().map(({ partnerId }) => partnerId);
  const allowed = active.filter(mayBeAsked);
  return allowed.length === active.length && partnerIds.length === 0 ? [] : allowed;
}

export function firstDueItem(state: ContributionState): DueItem | undefined {
  return firstDue(state.due);
}

export function dropDueItem(state: ContributionState): ContributionState {
  return { ...state, due: restDue(state.due) };
}

/** The notice that a due item stands for, as of its `dueAt`; nothing when it no longer applies (part 2, 1.4). */
export function dueNotice({ state }: Pick<World, 'state'>, item: DueItem): DomainEvent | undefined {
  const id = item.id as Id;
  switch (item.type as DueType) {
    case 'PledgeLapsed':
      return pledgeLapsed(state, id, item);
    case 'CommitmentRatificationRefused':
      return commitmentRefused(state, id, item);
    case 'GuaranteeRatificationRefused':
      return guaranteeRefused(state, id, item);
    case 'CommitmentDefaulted':
      return commitmentDefaulted(state, id, item);
    case 'GuaranteeExpired': {
      const guarantee = state.guarantees.get(id);
      return guarantee && !guarantee.expiryNoticed ? event('GuaranteeExpired', { guaranteeId: id }) : undefined;
    }
  }
}

function pledgeLapsed(state: ContributionState, pledgeId: Id, { dueAt }: DueItem): DomainEvent | undefined {
  const pledge = state.pledges.get(pledgeId);
  if (!pledge?.fact.validUntil || pledge.lapseNoticed) return undefined;
  const commitments = commitmentsOf(state, pledge.commitments);
  const facts = recordedBefore({ ...NO_FACTS, pledges: [pledge.fact], commitments }, dueAt);
  const standing = readAt(facts, pledge.fact.validUntil).pledges[0]?.status === 'standing';
  return standing ? event('PledgeLapsed', { pledgeId }) : undefined;
}

function commitmentRefused(state: ContributionState, commitmentId: Id, item: DueItem): DomainEvent | undefined {
  const commitment = state.commitments.get(commitmentId);
  if (!commitment || commitment.refusalNoticed || !isUnanswered(commitment.fact, item)) return undefined;
  return event('CommitmentRatificationRefused', { commitmentId, cause: 'deadline' });
}

function guaranteeRefused(state: ContributionState, guaranteeId: Id, item: DueItem): DomainEvent | undefined {
  const guarantee = state.guarantees.get(guaranteeId);
  if (!guarantee || guarantee.refusalNoticed || !isUnanswered(guarantee.fact, item)) return undefined;
  return event('GuaranteeRatificationRefused', { guaranteeId, cause: 'deadline' });
}

/** Pending on the last day for its ratification. */
function isUnanswered(fact: Parameters<typeof standingOn>[0], { dueAt }: DueItem): boolean {
  const { ratified, declined, ratifyBy } = fact;
  const answered = [ratified, declined].some((one) => one !== undefined && one.at < dueAt);
  return ratifyBy !== undefined && fact.adReferendum && !answered;
}

/** The due date is over and something was open at `dueAt`: once per obligation and due date. */
function commitmentDefaulted(state: ContributionState, obligationId: Id, { dueAt }: DueItem): DomainEvent | undefined {
  const facts = factsOfObligation(state, obligationId);
  const { defaultNoticed } = state.commitments.get(obligationId) ?? state.calls.get(obligationId) ?? {};
  const dueOn = dueDateOf(facts, obligationId);
  if (dueOn === undefined || defaultNoticed === dueOn) return undefined;
  if (endOfDay(dueOn, state.timeZone) !== dueAt) return undefined;
  const { obligations } = readAt(recordedBefore(facts, dueAt), dueOn);
  const open = obligations.find(({ fact }) => fact.obligationId === obligationId)?.open ?? 0n;
  return open > 0n ? event('CommitmentDefaulted', { obligationId, dueOn, openAmount: formatAmount(open) }) : undefined;
}

function dueDateOf({ commitments, guarantees }: Facts, obligationId: Id): string | undefined {
  const [commitment] = commitments;
  if (commitment) return dueOnAt(commitment, NO_END);
  return guarantees.flatMap(({ calls }) => calls).find(({ callId }) => callId === obligationId)?.dueOn;
}
