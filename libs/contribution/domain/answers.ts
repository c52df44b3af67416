import { formatAmount, sameLine } from '#contracts';
import type { Line, ResourceKind } from '#contracts';
import type { Day, Id } from '#kernel';
import { commitmentsOf, committedOf, obligationNow } from './standing-facts.js';
import type { ContributionState } from './state.js';

/** An obligation with something open, as other contexts see it. */
export interface OpenCommitment extends Line {
  readonly obligationId: Id;
  readonly providerId: Id;
  readonly open: string;
  readonly dueOn: Day;
}

/** What this context answers to the others; nothing else leaves it, and nothing of it reaches `evaluate` (1.8). */
export interface ContributionAnswers {
  /** Obligations with something open, of one partner or of all, in the order of due date, then id. */
  openCommitments(partnerId?: Id): readonly OpenCommitment[];
  /** Σ (amount − released) of commitments in force that answer the decision's requests on one line. */
  committed(decisionId: Id, kind: ResourceKind, unit: string): string;
}

export function contributionAnswers(state: ContributionState): ContributionAnswers {
  return {
    openCommitments: (partnerId) => openCommitments(state, partnerId),
    committed: (decisionId, kind, unit) => {
      const ids = (state.requestsOf.get(decisionId) ?? []).flatMap((id) => state.requests.get(id)?.commitments ?? []);
      return formatAmount(committedOf(commitmentsOf(state, ids).filter((fact) => sameLine(fact, { kind, unit }))));
    },
  };
}

function openCommitments(state: ContributionState, partnerId: Id | undefined): readonly OpenCommitment[] {
  const open: OpenCommitment[] = [];
  for (const { fact } of state.commitments.values()) {
    if (partnerId !== undefined && fact.providerId !== partnerId) continue;
    const obligation = obligationNow(state, fact.commitmentId);
    if (!obligation || obligation.open === 0n) continue;
    const { commitmentId: obligationId, providerId, kind, unit } = fact;
    open.push({ obligationId, providerId, kind, unit, open: formatAmount(obligation.open), dueOn: obligation.dueOn });
  }
  return open.sort(byDueDate);
}

function byDueDate(a: OpenCommitment, b: OpenCommitment): number {
  if (a.dueOn !== b.dueOn) return a.dueOn < b.dueOn ? -1 : 1;
  return a.obligationId < b.obligationId ? -1 : 1;
}
