import type { DataOf, DomainEvent } from '#contracts';
import type { Day, Id, Instant } from '#kernel';
import type { EventMeta } from '#views';
import { dated, instantOf, textAt, withOne } from './dated.js';
import type { Dated } from './dated.js';

export type DecisionStep = 'suspended' | 'resumed' | 'lapsed' | 'annulled' | 'revoked';

export type DecisionStepTaken = Dated & { readonly step: DecisionStep; readonly at: Instant };

export interface DecisionRow {
  readonly sort: 'decision';
  readonly decisionId: Id;
  /** `at`: when it was adopted, however late the clock told it. */
  readonly adopted?: Dated & { readonly at: Instant } & DataOf<'DecisionAdopted'>;
  readonly tookEffect?: Dated;
  readonly superseded?: Dated & { readonly byDecisionId: Id };
  /** Suspensions and returns, reviews, ends: what became of it, step by step. */
  readonly steps: readonly DecisionStepTaken[];
  /** Review dates, each from the day that it was set. */
  readonly reviewDates: readonly (Dated & { readonly reviewOn: Day })[];
  /** Proposals to review it. */
  readonly reviews: readonly Id[];
  /** Reviews held, with what each came to. */
  readonly reviewed: readonly (Dated & {
    readonly roundId: Id | undefined;
    readonly outcome: DataOf<'DecisionReviewed'>['outcome'];
  })[];
  /** Its last day was over, as the clock told. */
  readonly expired?: true;
  /** Objections that came after the closing, kept as concerns. */
  readonly lateObjections: readonly (Dated & {
    readonly partnerId: Id;
    readonly kind: string;
    readonly reason: string | undefined;
  })[];
}

export function decisionRow(before: DecisionRow | undefined, event: DomainEvent, meta: EventMeta, id: Id): DecisionRow {
  const row: DecisionRow = before ?? {
    ...{ sort: 'decision', decisionId: id },
    ...{ steps: [], reviewDates: [], reviews: [], reviewed: [], lateObjections: [] },
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
      return { adopted: { ...event.data, ...at, at: instantOf(event, meta) } };
    case 'DecisionTookEffect':
      return { tookEffect: at };
    case 'DecisionSuperseded':
      return { superseded: { ...at, byDecisionId: event.data.byDecisionId } };
    case 'ProposalSubmitted': {
      const { proposalId } = event.data;
      return before.reviews.includes(proposalId) ? {} : { reviews: [...before.reviews, proposalId] };
    }
    case 'ReviewRequested':
      return datesOf(before, event.data, at);
    case 'DecisionReviewed': {
      const { roundId, outcome } = event.data;
      const reviewed = withOne(before.reviewed, { ...at, roundId, outcome });
      return { ...datesOf(before, event.data, at), reviewed };
    }
    case 'DecisionExpired':
      return { expired: true };
    case 'LateObjectionFiled': {
      const { partnerId, kind } = event.data;
      const late = { ...at, partnerId, kind, reason: textAt(event, meta, 'reason') };
      return { lateObjections: withOne(before.lateObjections, late) };
    }
    default: {
      const step = STEPS[event.type];
      return step === undefined ? {} : { steps: withOne(before.steps, { ...at, step, at: instantOf(event, meta) }) };
    }
  }
}

function datesOf(
  { reviewDates }: DecisionRow,
  { reviewOn }: { readonly reviewOn?: Day | undefined },
  at: Dated,
): Partial<DecisionRow> {
  return reviewOn === undefined ? {} : { reviewDates: withOne(reviewDates, { ...at, reviewOn }) };
}

/** Found by its proposal, and among those that no event ended yet. */
export function tagsOfDecision({ adopted, superseded, expired, steps }: DecisionRow): readonly string[] {
  if (!adopted) return ['decision'];
  const last = steps.at(-1)?.step;
  const isOver = superseded !== undefined || expired === true || (last !== undefined && ENDS.has(last));
  const of = adopted.proposalId === undefined ? [] : [`decision-of/${adopted.proposalId}`];
  return ['decision', ...of, ...(isOver ? [] : [HELD_TAG])];
}
const ENDS: ReadonlySet<DecisionStep> = new Set(['lapsed', 'annulled', 'revoked']);

/** Decisions that hold their subject, or whose last day alone may be over. */
export const HELD_TAG = 'decision-held';
