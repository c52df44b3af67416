import { membersView } from '#alliance';
import { id } from '#contracts';
import { contributionFacts, readAt } from '#contribution';
import { deliberationFacts } from '#deliberation';
import type { DeliberationRow, ObjectionRow, RoundRow } from '#deliberation';
import { addDays } from '#kernel';
import type { Day, Id } from '#kernel';
import { defineView } from '#views';
import type { AsOf, Readers, RowReader } from '#views';

/** Rows of one sort that an agenda reads, at most, and days ahead that it looks. */
const MAX_ROWS = 10_000;
const DAYS_AHEAD = 30;

/** Something that waits for a partner. `by` is the day by which; null when there is none. */
export interface AgendaItem {
  readonly what:
    | 'sign-charter'
    | 'take-position'
    | 'confirm-resolution'
    | 'integrate-objection'
    | 'attest-contribution'
    | 'fulfil-commitment'
    | 'mandate-ends';
  readonly id: Id | string;
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
    const items = [
      ...(await ofMembership(readers, partnerId, asOf)),
      ...(await ofRounds(readers(deliberationFacts), partnerId, asOf)),
      ...(await ofContributions(readers, partnerId, asOf)),
    ];
    return { partnerId, items: items.sort((a, b) => compare(a.by ?? '9999', b.by ?? '9999') || compare(a.id, b.id)) };
  },
});

async function ofMembership(readers: Readers, partnerId: Id, asOf: AsOf): Promise<AgendaItem[]> {
  const { partners } = await membersView.answer(readers, {}, asOf);
  const member = partners.find((one) => one.partnerId === partnerId);
  if (!member) return [];
  const soon = addDays(asOf.trueOn, DAYS_AHEAD);
  const ending = member.mandates.filter(({ inForce, validTo }) => inForce && validTo !== null && validTo <= soon);
  return [
    ...(member.status === 'admitted' ? [{ what: 'sign-charter' as const, id: partnerId, by: null }] : []),
    ...ending.map(({ id: mandateId, validTo }) => ({ what: 'mandate-ends' as const, id: mandateId, by: validTo })),
  ];
}

async function ofRounds(rows: RowReader<DeliberationRow>, partnerId: Id, { trueOn }: AsOf): Promise<AgendaItem[]> {
  const open = (await rows.list({ tag: 'round-open' }, MAX_ROWS)).map(({ doc }) => doc as RoundRow);
  const waiting = open.flatMap(({ roundId, opened, deadlines, positions }): AgendaItem[] => {
    const asked = opened?.electorate.some((one) => one.partnerId === partnerId) ?? false;
    if (!opened || !asked || positions.some((one) => one.partnerId === partnerId)) return [];
    const closesAt = deadlines.at(-1)?.closesAt ?? opened.closesAt;
    return opened.day <= trueOn ? [{ what: 'take-position', id: roundId, by: closesAt.slice(0, 10) }] : [];
  });
  const objections = (await rows.list({ tag: 'objection' }, MAX_ROWS)).map(({ doc }) => doc as ObjectionRow);
  return [...waiting, ...objections.flatMap((objection) => toConfirm(objection, partnerId))];
}

const ENDED = new Set([
  'ObjectionResolved',
  'ObjectionWithdrawn',
  'ObjectionAbandoned',
  'ObjectionLapsed',
  'ObjectionReclassified',
]);

/** An integrated objection that its objector has not confirmed. */
function toConfirm({ objectionId, raised, steps }: ObjectionRow, partnerId: Id): AgendaItem[] {
  if (raised?.partnerId !== partnerId || steps.some(({ step }) => ENDED.has(step))) return [];
  const integrated = steps.some(({ step }) => step === 'ObjectionIntegrated');
  const confirmed = steps.some(({ step, side }) => step === 'ObjectionResolutionConfirmed' && side === 'objector');
  return integrated && !confirmed ? [{ what: 'confirm-resolution', id: objectionId, by: null }] : [];
}

async function ofContributions(readers: Readers, partnerId: Id, { trueOn }: AsOf): Promise<AgendaItem[]> {
  const rows = await readers(contributionFacts).list({ prefix: '' }, MAX_ROWS);
  const contributions = rows.flatMap(({ doc }) => (doc.is === 'contribution' ? [doc.fact] : []));
  const commitments = rows.flatMap(({ doc }) => (doc.is === 'commitment' ? [doc.fact] : []));
  const { given, obligations } = readAt({ contributions, commitments }, trueOn);
  const soon = addDays(trueOn, DAYS_AHEAD);
  const toAttest = given.filter(({ fact, buckets }) => fact.attestorId === partnerId && buckets.awaiting > 0n);
  const owed = obligations.filter(
    ({ fact, open, dueOn }) => fact.providerId === partnerId && open > 0n && dueOn <= soon,
  );
  return [
    ...toAttest.map(({ fact }) => ({ what: 'attest-contribution' as const, id: fact.contributionId, by: null })),
    ...owed.map(({ fact, dueOn }) => ({ what: 'fulfil-commitment' as const, id: fact.commitmentId, by: dueOn })),
  ];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
