import type { DataOf, DomainEvent, Outcome } from '#contracts';
import type { Day, Id, Instant } from '#kernel';
import type { EventMeta, Projection, Row } from '#views';

/** Something that happened on a day; `seq` orders the things of one day. */
export interface Dated {
  readonly day: Day;
  readonly seq: number;
}

export interface ProposalRow {
  readonly sort: 'proposal';
  readonly proposalId: Id;
  readonly decisionType?: string;
  /** Place of the sealed title, as in `/openings/<seq>/<event>/<name>`. */
  readonly title?: string;
  readonly sponsors: readonly (Dated & { readonly partnerId: Id })[];
  readonly versions: readonly (Dated & { readonly version: number; readonly text: string })[];
  readonly responsible: readonly (Dated & { readonly partnerId: Id })[];
  readonly withdrawn?: Dated;
}

export interface RoundRow {
  readonly sort: 'round';
  readonly roundId: Id;
  readonly opened?: Dated & DataOf<'RoundOpened'>;
  readonly deadlines: readonly (Dated & { readonly closesAt: Instant; readonly cause: string })[];
  readonly positions: readonly (Dated & {
    readonly partnerId: Id;
    readonly positionId: Id;
    readonly value: string;
    readonly late: boolean;
  })[];
  readonly closed?: Dated & { readonly closing: string; readonly closedAt: Instant; readonly outcome: Outcome };
  /** Outcomes of `evaluate` after facts learnt later. */
  readonly reevaluated: readonly (Dated & { readonly outcome: Outcome })[];
}

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
}

export type DecisionStep = 'suspended' | 'resumed' | 'lapsed' | 'annulled' | 'revoked';

export interface ObjectionRow {
  readonly sort: 'objection';
  readonly objectionId: Id;
  readonly raised?: Dated & DataOf<'ObjectionRaised'>;
  /** What became of it, step by step. */
  readonly steps: readonly (Dated & { readonly step: string; readonly side?: string })[];
}

export type DeliberationRow = ProposalRow | RoundRow | DecisionRow | ObjectionRow;

/** Facts of proposals, rounds, objections and decisions: rows of `decision-register` and of what an agenda asks. */
export const deliberationFacts: Projection<DeliberationRow> = {
  name: 'deliberation',
  version: 3,
  touches: (event) => keysOf(event),
  evolve(row, event, meta, key) {
    switch (key.slice(0, key.indexOf('/'))) {
      case 'proposal':
        return proposalRow(row as Row<ProposalRow> | undefined, event, meta, key);
      case 'round':
        return roundRow(row as Row<RoundRow> | undefined, event, meta, key);
      case 'objection':
        return objectionRow(row as Row<ObjectionRow> | undefined, event, meta, key);
      default:
        return decisionRow(row as Row<DecisionRow> | undefined, event, meta, key);
    }
  },
};

function keysOf(event: DomainEvent): readonly string[] {
  const data = event.data as Readonly<Record<string, unknown>>;
  if (event.type === 'ObjectionAdopted') return [`objection/${event.data.objectionId}`];
  if (event.type.startsWith('Objection')) return [`objection/${String(data['objectionId'])}`];
  if (event.type === 'PositionTaken' || event.type.startsWith('Round')) return [`round/${String(data['roundId'])}`];
  if (event.type === 'ProposalSubmitted' && event.data.reviewOf !== undefined)
    return [`proposal/${event.data.proposalId}`, `decision/${event.data.reviewOf}`];
  if (event.type.startsWith('Proposal') || event.type === 'ResponsibilityAccepted')
    return [`proposal/${String(data['proposalId'])}`];
  if (event.type.startsWith('Decision') || event.type === 'ReviewRequested')
    return [`decision/${String(data['decisionId'])}`];
  return [];
}

function dated({ effectiveDay, seq }: EventMeta): Dated {
  return { day: effectiveDay, seq };
}

function proposalRow(
  row: Row<ProposalRow> | undefined,
  event: DomainEvent,
  meta: EventMeta,
  key: string,
): Row<ProposalRow> {
  const proposalId = idOf(key);
  const before: ProposalRow = row?.doc ?? { sort: 'proposal', proposalId, sponsors: [], versions: [], responsible: [] };
  return { doc: { ...before, ...proposalFacts(before, event, meta) }, tags: ['proposal'] };
}

function proposalFacts(before: ProposalRow, event: DomainEvent, meta: EventMeta): Partial<ProposalRow> {
  const at = dated(meta);
  const place = `${String(meta.seq)}/${String(meta.index)}`;
  switch (event.type) {
    case 'ProposalDrafted': {
      const { decisionType, sponsorId } = event.data;
      const sponsors =
        sponsorId === undefined ? before.sponsors : [...before.sponsors, { ...at, partnerId: sponsorId }];
      return { decisionType, title: `${place}/title`, sponsors };
    }
    case 'ProposalSponsored':
      return { sponsors: [...before.sponsors, { ...at, partnerId: event.data.partnerId }] };
    case 'ProposalVersioned':
      return { versions: [...before.versions, { ...at, version: event.data.version, text: `${place}/text` }] };
    case 'ResponsibilityAccepted':
      return { responsible: [...before.responsible, { ...at, partnerId: event.data.partnerId }] };
    case 'ProposalWithdrawn':
      return { withdrawn: at };
    default:
      return {};
  }
}

function roundRow(row: Row<RoundRow> | undefined, event: DomainEvent, meta: EventMeta, key: string): Row<RoundRow> {
  const before: RoundRow = row?.doc ?? {
    sort: 'round',
    roundId: idOf(key),
    deadlines: [],
    positions: [],
    reevaluated: [],
  };
  const doc = { ...before, ...roundFacts(before, event, meta) };
  const proposal = doc.opened ? [`round-of/${doc.opened.proposalId}`] : [];
  return { doc, tags: ['round', doc.closed ? 'round-closed' : 'round-open', ...proposal] };
}

function roundFacts(before: RoundRow, event: DomainEvent, meta: EventMeta): Partial<RoundRow> {
  const at = dated(meta);
  switch (event.type) {
    case 'RoundOpened':
      return { opened: { ...event.data, ...at } };
    case 'RoundExtended':
      return { deadlines: [...before.deadlines, { ...at, closesAt: event.data.closesAt, cause: event.data.cause }] };
    case 'PositionTaken': {
      const { partnerId, positionId, value, late } = event.data;
      return { positions: [...before.positions, { ...at, partnerId, positionId, value, late }] };
    }
    case 'RoundClosed': {
      const { closing, closedAt, outcome } = event.data;
      return { closed: { ...at, closing, closedAt, outcome } };
    }
    case 'RoundReevaluated':
      return { reevaluated: [...before.reevaluated, { ...at, outcome: event.data.outcome }] };
    default:
      return {};
  }
}

function objectionRow(
  row: Row<ObjectionRow> | undefined,
  event: DomainEvent,
  meta: EventMeta,
  key: string,
): Row<ObjectionRow> {
  const before: ObjectionRow = row?.doc ?? { sort: 'objection', objectionId: idOf(key), steps: [] };
  const at = dated(meta);
  const side = event.type === 'ObjectionResolutionConfirmed' ? { side: event.data.side } : {};
  const doc: ObjectionRow =
    event.type === 'ObjectionRaised'
      ? { ...before, raised: { ...event.data, ...at } }
      : { ...before, steps: [...before.steps, { ...at, step: event.type, ...side }] };
  const tags = ['objection', ...(isIntegrating(doc) ? ['objection-integrating'] : [])];
  return { doc, tags: doc.raised ? [...tags, `objection-in/${doc.raised.roundId}`] : tags };
}

/** A version claims to integrate it, and it is neither settled since nor abandoned without being contested (part 1, 4.6). */
function isIntegrating({ steps }: ObjectionRow): boolean {
  const times = (name: DomainEvent['type']): number => steps.filter(({ step }) => step === name).length;
  const settled = times('ObjectionResolved') + times('ObjectionWithdrawn') > 0;
  const abandoned = times('ObjectionAbandoned') > times('ObjectionAbandonmentContested');
  return times('ObjectionIntegrated') > 0 && !settled && !abandoned;
}

function decisionRow(
  row: Row<DecisionRow> | undefined,
  event: DomainEvent,
  meta: EventMeta,
  key: string,
): Row<DecisionRow> {
  const before: DecisionRow = row?.doc ?? {
    ...{ sort: 'decision', decisionId: idOf(key) },
    ...{ steps: [], reviewDates: [], reviews: [] },
  };
  return { doc: { ...before, ...decisionFacts(before, event, dated(meta)) }, tags: ['decision'] };
}

const STEPS: Readonly<Record<string, DecisionStep>> = {
  DecisionSuspended: 'suspended',
  DecisionResumed: 'resumed',
  DecisionLapsed: 'lapsed',
  DecisionAnnulled: 'annulled',
  DecisionRevoked: 'revoked',
};

function decisionFacts(before: DecisionRow, event: DomainEvent, at: Dated): Partial<DecisionRow> {
  switch (event.type) {
    case 'DecisionAdopted':
      return { adopted: { ...event.data, ...at } };
    case 'DecisionTookEffect':
      return { tookEffect: at };
    case 'DecisionSuperseded':
      return { superseded: { ...at, byDecisionId: event.data.byDecisionId } };
    case 'ProposalSubmitted':
      return { reviews: [...before.reviews, event.data.proposalId] };
    case 'ReviewRequested':
    case 'DecisionReviewed': {
      const { reviewOn } = event.data;
      return reviewOn === undefined ? {} : { reviewDates: [...before.reviewDates, { ...at, reviewOn }] };
    }
    default: {
      const step = STEPS[event.type];
      return step === undefined ? {} : { steps: [...before.steps, { ...at, step }] };
    }
  }
}

function idOf(key: string): Id {
  return key.slice(key.indexOf('/') + 1) as Id;
}
