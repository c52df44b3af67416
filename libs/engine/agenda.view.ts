import { charterView, membersView } from '#alliance';
import type { Member } from '#alliance';
import { id } from '#contracts';
import { attestorTag, contributionFacts, docsOf, factsIn, providerTag, readAt } from '#contribution';
import { carriedTag, deliberationFacts, registered, toAdviseTag, toRatifyTag } from '#deliberation';
import type {
  AdviceRow,
  AmendmentRow,
  DecisionRow,
  DeliberationRow,
  ObjectionRow,
  PositionRow,
  ProposalRow,
  RoundRow,
} from '#deliberation';
import { addDays, addMs, dayOf } from '#kernel';
import type { Day, Id } from '#kernel';
import { defineView } from '#views';
import type { AsOf, Readers, RowReader } from '#views';

/** Rows of one sort that an agenda reads, at most, and days ahead that it looks. */
const MAX_ROWS = 10_000;
const DAYS_AHEAD = 30;

/** Something that waits for a partner. `by` is the last day for it; null when there is none. */
export interface AgendaItem {
  readonly what:
    | 'sign-charter'
    | 'take-position'
    | 'confirm-resolution'
    | 'give-advice'
    | 'answer-advice'
    | 'answer-amendment'
    | 'ratify-position'
    | 'review-decision'
    | 'ratify-commitment'
    | 'ratify-guarantee'
    | 'attest-contribution'
    | 'fulfil-commitment'
    | 'mandate-ends';
  readonly id: Id;
  readonly by: Day | null;
}

/** What waits for one partner: rounds to answer, objections to settle, gifts to attest, promises to keep. */
export const agendaView = defineView({
  name: 'agenda',
  projections: [...membersView.projections, deliberationFacts, contributionFacts],
  params: { partnerId: id() },
  async answer(
    readers,
    { partnerId },
    asOf,
  ): Promise<{ readonly partnerId: Id; readonly items: readonly AgendaItem[] }> {
    const { partners } = await membersView.answer(readers, {}, asOf);
    const member = partners.find((one) => one.partnerId === partnerId);
    const items = [
      ...(member ? await ofMembership(readers, member, asOf) : []),
      ...(member?.status === 'active' ? await ofDeliberation(readers(deliberationFacts), partnerId, asOf) : []),
      ...(await ofContributions(readers, partnerId, asOf)),
    ];
    return { partnerId, items: items.sort((a, b) => compare(a.by ?? '9999', b.by ?? '9999') || compare(a.id, b.id)) };
  },
});

async function ofMembership(readers: Readers, member: Member, asOf: AsOf): Promise<AgendaItem[]> {
  const { partnerId, mandates } = member;
  const soon = addDays(asOf.trueOn, DAYS_AHEAD);
  const signs = member.status === 'admitted' && (await isToSign(readers, member, asOf));
  return [
    ...(signs ? [{ what: 'sign-charter' as const, id: partnerId, by: null }] : []),
    ...mandates.flatMap(({ id: mandateId, inForce, validTo }): AgendaItem[] =>
      inForce && validTo !== null && validTo <= soon ? [{ what: 'mandate-ends', id: mandateId, by: validTo }] : [],
    ),
  ];
}

/** The charter in force, or while forming the newest draft, waits for the signature of an admitted partner. */
async function isToSign(readers: Readers, { partnerId, since }: Member, asOf: AsOf): Promise<boolean> {
  const { inForce, versions } = await charterView.answer(readers, {}, asOf);
  const toSign = inForce ?? versions.at(-1);
  return toSign?.signatures.some((one) => one.partnerId === partnerId && one.day >= since) === false;
}

async function ofDeliberation(rows: RowReader<DeliberationRow>, partnerId: Id, asOf: AsOf): Promise<AgendaItem[]> {
  const items: AgendaItem[] = [];
  for (const { doc } of await rows.list({ tag: 'round-open' }, MAX_ROWS))
    items.push(...(await toAnswer(rows, doc as RoundRow, partnerId, asOf)));
  for (const { doc } of await rows.list({ tag: 'objection-integrating' }, MAX_ROWS)) {
    const objection = doc as ObjectionRow;
    if (await isToConfirm(rows, objection, partnerId))
      items.push({ what: 'confirm-resolution', id: objection.objectionId, by: null });
  }
  items.push(...(await ofCounsel(rows, partnerId, asOf)));
  for (const { doc } of await rows.list({ tag: toRatifyTag(partnerId) }, MAX_ROWS))
    items.push(...toRatify(doc as PositionRow, asOf));
  for (const { doc } of await rows.list({ tag: carriedTag(partnerId) }, MAX_ROWS))
    items.push(...(await toReview(rows, doc as DecisionRow, asOf)));
  return items;
}

/** Advice that the partner was asked for, to the end of its window; advice and amendments that wait for it as sponsor. */
async function ofCounsel(rows: RowReader<DeliberationRow>, partnerId: Id, asOf: AsOf): Promise<AgendaItem[]> {
  const items: AgendaItem[] = [];
  for (const { doc } of await rows.list({ tag: toAdviseTag(partnerId) }, MAX_ROWS)) {
    const { adviceId, requested } = doc as AdviceRow;
    const by = requested ? dayOf(requested.windowEnds, asOf.timeZone) : null;
    if (by === null || asOf.trueOn <= by) items.push({ what: 'give-advice', id: adviceId, by });
  }
  for (const { doc } of await rows.list({ tag: 'advice-to-answer' }, MAX_ROWS)) {
    const { adviceId, requested } = doc as AdviceRow;
    if (await isSponsorOf(rows, requested?.proposalId, partnerId))
      items.push({ what: 'answer-advice', id: adviceId, by: null });
  }
  for (const { doc } of await rows.list({ tag: 'amendment-open' }, MAX_ROWS)) {
    const { amendmentId, submitted } = doc as AmendmentRow;
    if (await isSponsorOf(rows, submitted?.proposalId, partnerId))
      items.push({ what: 'answer-amendment', id: amendmentId, by: null });
  }
  return items;
}

/** The partner carries the proposal, which goes on. */
async function isSponsorOf(
  rows: RowReader<DeliberationRow>,
  proposalId: Id | undefined,
  partnerId: Id,
): Promise<boolean> {
  const proposal = (await rows.get(`proposal/${proposalId ?? ''}`))?.doc as ProposalRow | undefined;
  return proposal?.sponsors.at(-1)?.partnerId === partnerId && (await goesOn(rows, proposal));
}

/**
 * A round whose electorate has the partner, without a position of it that stands, and whose last day is not over. A
 * partner that recused itself answers no more; one that contested what was told on its behalf is asked again.
 */
async function toAnswer(
  rows: RowReader<DeliberationRow>,
  { roundId, opened, deadlines, positions, recused }: RoundRow,
  partnerId: Id,
  { trueOn, timeZone }: AsOf,
): Promise<AgendaItem[]> {
  const isOf = (one: { readonly partnerId: Id }): boolean => one.partnerId === partnerId;
  if (!opened?.electorate.some(isOf) || recused.some(isOf)) return [];
  for (const { positionId, channel } of positions.filter(isOf)) {
    const told = channel === 'on-behalf' ? ((await rows.get(`position/${positionId}`))?.doc as PositionRow) : undefined;
    if (!told?.contested) return [];
  }
  // A round that closes at 00:00 has the day before as its last.
  const by = dayOf(addMs(deadlines.at(-1)?.closesAt ?? opened.closesAt, -1), timeZone);
  return trueOn <= by ? [{ what: 'take-position', id: roundId, by }] : [];
}

/** A favourable position that the partner's own body has not confirmed; over with its last day (part 1, 4.8). */
function toRatify({ positionId, taken }: PositionRow, { trueOn }: AsOf): AgendaItem[] {
  const by = taken?.ratifyBy ?? null;
  return by === null || trueOn <= by ? [{ what: 'ratify-position', id: positionId, by }] : [];
}

/** A decision that the partner carries out, whose review comes within 30 days or is overdue (part 1, 4.9). */
async function toReview(rows: RowReader<DeliberationRow>, row: DecisionRow, { trueOn }: AsOf): Promise<AgendaItem[]> {
  const decision = await registered(rows, row, trueOn);
  const by = decision?.reviewOn ?? null;
  if (decision?.status !== 'in-force' || by === null || by > addDays(trueOn, DAYS_AHEAD)) return [];
  return [{ what: 'review-decision', id: row.decisionId, by }];
}

/** Objector and sponsor each confirm an integration, as long as the proposal goes on (part 1, 4.6). */
async function isToConfirm(
  rows: RowReader<DeliberationRow>,
  { raised, steps }: ObjectionRow,
  partnerId: Id,
): Promise<boolean> {
  const proposal = await proposalIn(rows, raised?.roundId);
  const integratedAt = steps.findLastIndex(({ step }) => step === 'ObjectionIntegrated');
  const confirmed = steps.slice(integratedAt).map(({ side }) => side);
  const sides = { objector: raised?.partnerId, sponsor: proposal?.sponsors.at(-1)?.partnerId };
  const awaited = Object.entries(sides).some(([side, who]) => who === partnerId && !confirmed.includes(side));
  return awaited && proposal !== undefined && goesOn(rows, proposal);
}

async function proposalIn(rows: RowReader<DeliberationRow>, roundId: Id | undefined): Promise<ProposalRow | undefined> {
  const round = (await rows.get(`round/${roundId ?? ''}`))?.doc as RoundRow | undefined;
  return (await rows.get(`proposal/${round?.opened?.proposalId ?? ''}`))?.doc as ProposalRow | undefined;
}

async function goesOn(rows: RowReader<DeliberationRow>, { proposalId, withdrawn }: ProposalRow): Promise<boolean> {
  if (withdrawn) return false;
  const rounds = await rows.list({ tag: `round-of/${proposalId}` }, MAX_ROWS);
  return !rounds.some(({ doc }) => isFinal(doc as RoundRow));
}

/** `adopted`, and `not-adopted` where no fallback follows, end a proposal (part 1, 4.2). */
function isFinal({ opened, closed }: RoundRow): boolean {
  const fallbackDue = opened?.policy.method === 'consent' && opened.policy.fallback !== undefined;
  const result = closed?.outcome.result;
  return result === 'adopted' || (result === 'not-adopted' && !fallbackDue);
}

/** Contributions that the partner attests, and its own obligations, which its own contributions fulfil. */
async function ofContributions(readers: Readers, partnerId: Id, { trueOn }: AsOf): Promise<AgendaItem[]> {
  const rows = readers(contributionFacts);
  const attested = await docsOf(rows, { tag: attestorTag(partnerId) });
  const provided = await docsOf(rows, { tag: providerTag(partnerId) });
  const { given, obligations, notInForce, guarantees } = readAt(factsIn([...attested, ...provided]), trueOn);
  const soon = addDays(trueOn, DAYS_AHEAD);
  const toAttest = given.filter(({ fact, buckets }) => fact.attestorId === partnerId && buckets.awaiting > 0n);
  const owed = obligations.filter(({ open, dueOn }) => open > 0n && dueOn <= soon);
  const pending = notInForce.filter(({ fact, standing }) => fact.providerId === partnerId && standing === 'pending');
  const offered = guarantees.filter(({ fact, status }) => fact.adReferendum && status === 'offered');
  return [
    ...offered.map(({ fact }) => ({
      ...{ what: 'ratify-guarantee' as const, id: fact.guaranteeId },
      by: fact.ratifyBy ?? null,
    })),
    ...pending.map(({ fact }) => ({
      ...{ what: 'ratify-commitment' as const, id: fact.commitmentId },
      by: fact.ratifyBy ?? null,
    })),
    ...toAttest.map(({ fact }) => ({ what: 'attest-contribution' as const, id: fact.contributionId, by: null })),
    ...owed.map(({ fact, dueOn }) => ({ what: 'fulfil-commitment' as const, id: fact.obligationId, by: dueOn })),
  ];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
