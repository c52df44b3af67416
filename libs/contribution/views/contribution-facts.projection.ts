import type { DomainEvent } from '#contracts';
import type { EventMeta, KeyedRow, Projection, Row, RowQuery, RowReader } from '#views';
import { commitmentOf, contributionOf, evolveCommitment, evolveContribution } from '../domain/facts.js';
import type { CommitmentFact, ContributionFact, Facts } from '../domain/facts.js';
import type { Day, Id } from '#kernel';

/** A partner as it stands in the order of admission. */
export interface PartnerFact {
  readonly partnerId: Id;
  readonly seq: number;
  readonly day: Day;
}

export type ContributionDoc =
  | { readonly is: 'commitment'; readonly fact: CommitmentFact }
  | { readonly is: 'contribution'; readonly fact: ContributionFact }
  | { readonly is: 'partner'; readonly fact: PartnerFact };

/**
 * One row per commitment, per contribution and per partner: facts only. What is open, given or in default is computed
 * on reading, so that the live rows and those of any day are read by one code (part 2, 2.1).
 */
export const contributionFacts: Projection<ContributionDoc> = {
  name: 'contribution-facts',
  version: 2,
  touches: keysOf,
  evolve: (row, event, meta, key) => {
    if (key.startsWith('commitment/')) return evolveCommitmentRow(row, event, meta);
    return key.startsWith('contribution/')
      ? evolveContributionRow(row, event, meta)
      : evolvePartnerRow(row, event, meta);
  },
};

function keysOf(event: DomainEvent): readonly string[] {
  if (event.type === 'PartnerAdmitted') return [`partner/${event.data.partnerId}`];
  const commitmentId = commitmentOf(event);
  const contributionId = contributionOf(event);
  return [
    ...(commitmentId === undefined ? [] : [`commitment/${commitmentId}`]),
    ...(contributionId === undefined ? [] : [`contribution/${contributionId}`]),
  ];
}

type Doc = Row<ContributionDoc> | undefined;

function stampOf({ effectiveDay: day, at, seq, index }: EventMeta) {
  return { day, at, seq, index };
}

function evolveCommitmentRow(row: Doc, event: DomainEvent, meta: EventMeta): Doc {
  const before = row?.doc.is === 'commitment' ? row.doc.fact : undefined;
  const fact = evolveCommitment(before, event, stampOf(meta));
  return fact && { doc: { is: 'commitment', fact }, tags: [providerTag(fact.providerId)] };
}

function evolveContributionRow(row: Doc, event: DomainEvent, meta: EventMeta): Doc {
  const before = row?.doc.is === 'contribution' ? row.doc.fact : undefined;
  const fact = evolveContribution(before, event, stampOf(meta));
  if (!fact) return undefined;
  const { providerId, receiverId, attestorId } = fact;
  const tags = [
    attestorTag(attestorId),
    ...(providerId === undefined ? [] : [providerTag(providerId)]),
    ...(receiverId === undefined ? [] : [receiverTag(receiverId)]),
  ];
  return { doc: { is: 'contribution', fact }, tags };
}

/** A partner admitted again keeps its first place. */
function evolvePartnerRow(row: Doc, event: DomainEvent, { seq, effectiveDay: day }: EventMeta): Doc {
  if (event.type !== 'PartnerAdmitted') return row;
  const earlier = row?.doc.is === 'partner' && row.doc.fact.seq <= seq;
  return earlier ? row : { doc: { is: 'partner', fact: { partnerId: event.data.partnerId, seq, day } }, tags: [] };
}

export const providerTag = (partnerId: Id): string => `provider/${partnerId}`;
export const receiverTag = (partnerId: Id): string => `receiver/${partnerId}`;
export const attestorTag = (partnerId: Id): string => `attestor/${partnerId}`;

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
  return {
    commitments: docs.flatMap((doc) => (doc.is === 'commitment' ? doc.fact : [])).sort(inLedgerOrder),
    contributions: docs.flatMap((doc) => (doc.is === 'contribution' ? doc.fact : [])).sort(inLedgerOrder),
  };
}

function inLedgerOrder(a: CommitmentFact | ContributionFact, b: CommitmentFact | ContributionFact): number {
  return a.seq - b.seq || a.index - b.index;
}
