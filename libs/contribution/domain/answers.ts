import { formatAmount, sameLine, sum } from '#contracts';
import type { Amount, Line, ResourceKind } from '#contracts';
import type { Day, Id } from '#kernel';
import { guaranteeAt } from './guarantees-at.js';
import { readAt } from './reading.js';
import { byDueDate } from './shown.js';
import { commitmentsOf, NO_END, obligationNow } from './standing-facts.js';
import { NO_FACTS } from './facts.js';
import type { ContributionState, Guarantee } from './state.js';

/** An obligation with something open, or a guarantee with exposure, as other contexts see it. */
export interface OpenCommitment extends Line {
  readonly obligationId: Id;
  readonly providerId: Id;
  readonly open: string;
  /** Of a guarantee, its term. */
  readonly dueOn: Day;
}

/** What this context answers to the others; nothing else leaves it, and nothing of it reaches `evaluate` (1.8). */
export interface ContributionAnswers {
  /** Obligations with something open in the order of due date, then id; behind them guarantees with exposure. */
  openCommitments(partnerId?: Id): readonly OpenCommitment[];
  /** Σ (amount − released) of commitments in force that answer the decision's requests on one line; of guarantees, of caps. */
  committed(decisionId: Id, kind: ResourceKind, unit: string): string;
}

export function contributionAnswers(state: ContributionState): ContributionAnswers {
  return {
    openCommitments: (partnerId) => [...openObligations(state, partnerId), ...exposures(state, partnerId)],
    committed: (decisionId, kind, unit) => formatAmount(committed(state, decisionId, { kind, unit })),
  };
}

function committed(state: ContributionState, decisionId: Id, line: Line): Amount {
  const requests = (state.requestsOf.get(decisionId) ?? []).flatMap((id) => state.requests.get(id) ?? []);
  if (line.kind === 'guarantee') {
    const guarantees = requests.flatMap(({ guarantees: ids }) => ids).flatMap((id) => state.guarantees.get(id) ?? []);
    const onLine = guarantees.filter((one) => isInForce(one) && one.fact.currency === line.unit);
    return sum(onLine.map(({ fact }) => guaranteeAt(fact, fact.termOn)).map(({ cap, released }) => cap - released));
  }
  const commitments = commitmentsOf(
    state,
    requests.flatMap((one) => one.commitments),
  ).filter((fact) => sameLine(fact, line));
  return sum(readAt({ ...NO_FACTS, commitments }, NO_END).obligations.map(({ amount, released }) => amount - released));
}

/** At the head: entered, and its end not noticed by the clock, which comes before every command. */
function isInForce({ fact, expiryNoticed }: Guarantee): boolean {
  return fact.entered !== undefined && !expiryNoticed;
}

function openObligations(state: ContributionState, partnerId: Id | undefined): readonly OpenCommitment[] {
  const ids = [
    ...[...state.commitments.values()].map(({ fact }) => [fact.commitmentId, fact.providerId] as const),
    ...[...state.guarantees.values()].flatMap(({ fact }) =>
      fact.calls.map(({ callId }) => [callId, fact.obligorId] as const),
    ),
  ];
  const own = ids.filter(([, providerId]) => partnerId === undefined || providerId === partnerId);
  return own
    .flatMap(([id]) => obligationNow(state, id) ?? [])
    .filter(({ open }) => open > 0n)
    .map(({ fact, open, dueOn }) => {
      const { obligationId, providerId, kind, unit } = fact;
      return { obligationId, providerId, kind, unit, open: formatAmount(open), dueOn };
    })
    .sort(byDueDate);
}

function exposures(state: ContributionState, partnerId: Id | undefined): readonly OpenCommitment[] {
  return [...state.guarantees.values()]
    .filter((one) => isInForce(one) && (partnerId === undefined || one.fact.obligorId === partnerId))
    .map(({ fact }) => ({ fact, exposure: guaranteeAt(fact, fact.termOn).exposure }))
    .filter(({ exposure }) => exposure > 0n)
    .map(({ fact, exposure }) => ({
      obligationId: fact.guaranteeId,
      providerId: fact.obligorId,
      kind: 'guarantee' as const,
      unit: fact.currency,
      open: formatAmount(exposure),
      dueOn: fact.termOn,
    }))
    .sort(byDueDate);
}
