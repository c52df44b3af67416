import type { DataOf, DomainEvent } from '#contracts';
import type { Day, Id } from '#kernel';
import type { EventMeta } from '#views';
import { dated, textAt, withOne } from './dated.js';
import type { Dated } from './dated.js';

export type DecisionStep = 'suspended' | 'resumed' | 'lapsed' | 'annulled' | 'revoked';

export interface DecisionRow {
  readonly sort: 'decision';
  readonly decisionId: Id;
  readonly adopted?: Dated & DataOf<'DecisionAdopted'>;
  readonly tookEffect?: Dated;
  readonly superseded?: Dated & { readonly byDecisionId: Id };
  /** Suspensions and returns, reviews, ends: what became of it, step by step. */
  readonly steps: readonly (Dated & { readonly step: DecisionStep })[];
  /** Review dates, each from the day that it was set. */
  readonly reviewDates: readonly (Dated & { readonly reviewOn: Day })[];
  /** Proposals to review it. */
  readonly reviews: readonly Id[];
  /** Objections that came after the closing, kept as concerns. */
  readonly lateObjections: readonly (Dated & {
    readonly partnerId: Id;
    readonly kind: string;
    readonly reason: string;
  })[];
}

export function decisionRow(before: DecisionRow | undefined, event: DomainEvent, meta: EventMeta, id: Id): DecisionRow {
  const row: DecisionRow = before ?? {
    ...{ sort: 'decision', decisionId: id },
    ...{ steps: [], reviewDates: [], reviews: [], lateObjections: [] },
  };
  return { ...row, ...decisionFacts(row, event, meta) };
}

const STEPS: Readonly<Record<string, DecisionStep>> = {
  DecisionSuspended: 'suspended',
  DecisionResumed: 'resumed',
  DecisionLapsed: 'lapsed',
  DecisionAnnulled: 'annulled',
  DecisionRevoked: 'revoked',
};

function decisionFacts(before: DecisionRow, event: DomainEvent, meta: EventMeta): Partial<DecisionRow> {
  const at = dated(meta);
  switch (event.type) {
    case 'DecisionAdopted':
      return { adopted: { ...event.data, ...at } };
    case 'DecisionTookEffect':
      return { tookEffect: at };
    case 'DecisionSuperseded':
      return { superseded: { ...at, byDecisionId: event.data.byDecisionId } };
    case 'ProposalSubmitted': {
      const { proposalId } = event.data;
      return before.reviews.includes(proposalId) ? {} : { reviews: [...before.reviews, proposalId] };
    }
    case 'ReviewRequested':
    case 'DecisionReviewed': {
      const { reviewOn } = event.data;
      return reviewOn === undefined ? {} : { reviewDates: withOne(before.reviewDates, { ...at, reviewOn }) };
    }
    case 'LateObjectionFiled': {
      const { partnerId, kind } = event.data;
      const late = { ...at, partnerId, kind, reason: textAt(meta, 'reason') };
      return { lateObjections: withOne(before.lateObjections, late) };
    }
    default: {
      const step = STEPS[event.type];
      return step === undefined ? {} : { steps: withOne(before.steps, { ...at, step }) };
    }
  }
}
