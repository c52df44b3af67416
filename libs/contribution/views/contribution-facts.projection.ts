import type { DomainEvent, EventOf, PartnerKind } from '#contracts';
import type { Day, Id } from '#kernel';
import type { EventMeta, KeyedRow, Projection, Row, RowQuery, RowReader } from '#views';
import { comparePlaces } from '../domain/facts.js';
import type { Facts, Place, Stamp } from '../domain/facts.js';
import { factsOfEvent, FOLDS } from '../domain/fold-facts.js';
import type { FactKind } from '../domain/fold-facts.js';

/** A partner: where it stands in the order of admission, once it is admitted, and the kind that it has now. */
export interface PartnerFact {
  readonly partnerId: Id;
  readonly admitted?: Pick<Stamp, 'seq' | 'day'>;
  /** With its place, so that the last statement holds in whatever order they are folded. */
  readonly kind?: Pick<Place, 'seq' | 'index'> & { readonly is: PartnerKind };
}

type FactOf<K extends FactKind> = NonNullable<ReturnType<(typeof FOLDS)[K]>>;
export type ContributionDoc =
  | { readonly [K in FactKind]: { readonly is: K; readonly fact: FactOf<K> } }[FactKind]
  | { readonly is: 'partner'; readonly fact: PartnerFact };

/**
 * One row per request, pledge, commitment, contribution, guarantee, version of the scale and partner: facts only. What
 * is open, given or in default is computed on reading, so that the live rows and those of any day are read by one code
 * (part 2, 2.1).
 */
export const contributionFacts: Projection<ContributionDoc> = {
  name: 'contribution-facts',
  version: 4,
  touches: (event) =>
    isOfPartner(event) ? [`partner/${event.data.partnerId}`] : factsOfEvent(event).map(([kind, id]) => `${kind}/${id}`),
  evolve: (row, event, meta, key) => {
    const kind = key.slice(0, key.indexOf('/')) as FactKind | 'partner';
    return kind === 'partner' ? evolvePartnerRow(row, event, meta) : evolveFactRow(row, event, meta, kind);
  },
};

type Doc = Row<ContributionDoc> | undefined;

function evolveFactRow(row: Doc, event: DomainEvent, meta: EventMeta, kind: FactKind): Doc {
  const { effectiveDay: day, at, seq, index, actor } = meta;
  const by = actor.kind === 'representative' ? actor.partner : undefined;
  const fold = FOLDS[kind] as (fact: unknown, event: DomainEvent, stamp: Stamp, by?: Id) => unknown;
  const fact = fold(row?.doc.fact, event, { day, at, seq, index }, by);
  if (fact === undefined) return undefined;
  const doc = { is: kind, fact } as Exclude<ContributionDoc, { is: 'partner' }>;
  return { doc, tags: tagsOf(doc) };
}

function tagsOf(doc: Exclude<ContributionDoc, { is: 'partner' }>): readonly string[] {
  switch (doc.is) {
    case 'pledge':
    case 'commitment':
      return [providerTag(doc.fact.providerId)];
    case 'guarantee':
      // Who calls it: the creditor, or the debtor when the creditor is outside (part 2, 1.4).
      return [providerTag(doc.fact.obligorId), callerTag(doc.fact.creditorId ?? doc.fact.debtorId)];
    case 'contribution': {
      const { providerId, receiverId, attestorId } = doc.fact;
      return [
        attestorTag(attestorId),
        ...(providerId === undefined ? [] : [providerTag(providerId)]),
        ...(receiverId === undefined ? [] : [receiverTag(receiverId)]),
      ];
    }
    case 'request': {
      const { partnerIds, closed } = doc.fact;
      return closed ? [] : partnerIds.length === 0 ? [ASKED_OF_ALL] : partnerIds.map(askedTag);
    }
    case 'scale':
      return [SCALE_TAG];
  }
}

const OF_A_PARTNER = ['PartnerInvited', 'PartnerAdmitted', 'PartnerDetailsCorrected'] as const;
type PartnerEvent = EventOf<(typeof OF_A_PARTNER)[number]>;

function isOfPartner(event: DomainEvent): event is PartnerEvent {
  return OF_A_PARTNER.some((type) => type === event.type);
}

/** A partner admitted again keeps its first place; its kind is the one stated last. */
function evolvePartnerRow(row: Doc, event: DomainEvent, { seq, index, effectiveDay: day }: EventMeta): Doc {
  if (!isOfPartner(event)) return row;
  const before: PartnerFact = row?.doc.is === 'partner' ? row.doc.fact : { partnerId: event.data.partnerId };
  return { doc: { is: 'partner', fact: { ...before, ...statedOf(before, event, { seq, index, day }) } }, tags: [] };
}

function statedOf(
  { admitted, kind }: PartnerFact,
  event: PartnerEvent,
  { seq, index, day }: Omit<Stamp, 'at'>,
): Omit<PartnerFact, 'partnerId'> {
  if (event.type === 'PartnerAdmitted') return admitted && admitted.seq <= seq ? {} : { admitted: { seq, day } };
  return kind && comparePlaces(kind, { seq, index }) > 0 ? {} : { kind: { seq, index, is: event.data.kind } };
}

export const providerTag = (partnerId: Id): string => `provider/${partnerId}`;
export const receiverTag = (partnerId: Id): string => `receiver/${partnerId}`;
export const attestorTag = (partnerId: Id): string => `attestor/${partnerId}`;
export const callerTag = (partnerId: Id): string => `caller/${partnerId}`;
/** Requests that are open, by whom they name; those that name nobody ask all. */
export const askedTag = (partnerId: Id): string => `asked/${partnerId}`;
export const ASKED_OF_ALL = 'asked-of-all';
export const SCALE_TAG = 'scale';

const PAGE_ROWS = 500;
/** Rows that one answer reads, at most. */
const MAX_PAGES = 400;

/** Every document that a query finds, page by page. */
export async function docsOf(
  reader: RowReader<ContributionDoc>,
  query: RowQuery,
): Promise<readonly KeyedRow<ContributionDoc>[]> {
  const rows: KeyedRow<ContributionDoc>[] = [];
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const page = await reader.list(query, PAGE_ROWS, rows.at(-1)?.key);
    rows.push(...page);
    if (page.length < PAGE_ROWS) return rows;
  }
  throw new Error('more contribution rows than an answer may read');
}

/** The facts in some rows, each once, in the order of the ledger. */
export function factsIn(rows: readonly KeyedRow<ContributionDoc>[]): Facts {
  const docs = [...new Map(rows.map((row) => [row.key, row.doc])).values()];
  const all = <K extends FactKind>(kind: K): readonly FactOf<K>[] =>
    docs.flatMap((doc) => (doc.is === kind ? (doc.fact as FactOf<K>) : [])).sort(comparePlaces);
  return {
    requests: all('request'),
    pledges: all('pledge'),
    commitments: all('commitment'),
    contributions: all('contribution'),
    guarantees: all('guarantee'),
    scales: all('scale'),
  };
}

export interface Admitted {
  readonly partnerId: Id;
  readonly kind: PartnerKind | undefined;
}

/** Partners admitted by a day, in the order of admission. */
export function partnersIn(rows: readonly KeyedRow<ContributionDoc>[], trueOn: Day): readonly Admitted[] {
  return rows
    .flatMap(({ doc }) =>
      doc.is === 'partner' && doc.fact.admitted && doc.fact.admitted.day <= trueOn
        ? { ...doc.fact, seq: doc.fact.admitted.seq }
        : [],
    )
    .sort((a, b) => a.seq - b.seq)
    .map(({ partnerId, kind }) => ({ partnerId, kind: kind?.is }));
}
