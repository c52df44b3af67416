import { HELD_TAG, registered } from '#deliberation';
import type { DecisionRow, ProposalRow, RegisteredDecision } from '#deliberation';
import type { Id } from '#kernel';
import { dated, isNear, MAX_ROWS, timed } from './agenda-item.js';
import type { AgendaItem, Asking } from './agenda-item.js';
import { proposalIn, sponsoringOf } from './sponsoring.js';
import type { Sponsoring } from './sponsoring.js';

/** Conditions, reviews, repairs and ends of decisions, for those who carry them (part 1, 4.8 and 4.9). */
export async function ofDecisions(asking: Asking): Promise<readonly AgendaItem[]> {
  const items: AgendaItem[] = [];
  for (const { doc } of await asking.rows.list({ tag: HELD_TAG }, MAX_ROWS)) {
    const row = doc as DecisionRow;
    const proposal = await proposalOf(asking, row);
    if (hasSomethingNear(asking, row, proposal)) items.push(...(await ofDecision(asking, row, proposal)));
  }
  return items;
}

/** Only a delegation has dates of its own in what was submitted. */
async function proposalOf(asking: Asking, { adopted }: DecisionRow): Promise<ProposalRow | undefined> {
  return adopted?.decisionType === 'delegation' ? await proposalIn(asking, adopted.proposalId) : undefined;
}

/** By its own row, before anything else is read of it. */
function hasSomethingNear({ asOf }: Asking, row: DecisionRow, proposal: ProposalRow | undefined): boolean {
  const { adopted, steps, reviewDates, tookEffect } = row;
  const isSuspended = steps.at(-1)?.step === 'suspended';
  const waits = tookEffect === undefined && (adopted?.conditions.length ?? 0) > 0;
  const days = [
    reviewDates.at(-1)?.reviewOn ?? adopted?.reviewOn,
    adopted?.expiresOn,
    proposal?.submitted?.delegation?.validUntil,
  ];
  return isSuspended || waits || days.some((day) => isNear(day, asOf));
}

async function ofDecision(
  asking: Asking,
  row: DecisionRow,
  delegating: ProposalRow | undefined,
): Promise<readonly AgendaItem[]> {
  const decision = await registered(asking.rows, row, asking.asOf.trueOn);
  if (!decision) return [];
  const proposal = delegating ?? (await proposalIn(asking, decision.proposalId));
  const sponsoring = proposal && (await sponsoringOf(asking, proposal));
  const own = isKeeper(asking, decision, sponsoring) ? ofKeeper(asking, row, decision) : [];
  return [...own, ...toRepair(asking, decision, sponsoring), ...delegationOf(asking, decision, proposal)];
}

/** Those responsible and the sponsor keep a decision; when none of them is there any more, everybody does. */
function isKeeper({ partnerId, isActive }: Asking, { responsible }: RegisteredDecision, sponsoring?: Sponsoring) {
  const keepers = [...responsible, sponsoring?.sponsorId].filter((one) => isActive(one));
  return keepers.length === 0 || keepers.includes(partnerId);
}

function ofKeeper({ asOf }: Asking, { adopted }: DecisionRow, decision: RegisteredDecision): readonly AgendaItem[] {
  const { decisionId, status, reviewOn, expiresOn } = decision;
  const last = [...new Set((adopted?.conditions ?? []).map(({ by }) => by))].filter((by) => asOf.trueOn <= by);
  const isInForce = status === 'in-force' || status === 'under-review';
  return [
    ...(status === 'pending' ? last.map((by) => dated('meet-condition', decisionId, by)) : []),
    ...(status === 'in-force' && isNear(reviewOn, asOf) ? [dated('review-decision', decisionId, reviewOn)] : []),
    ...(isInForce && isNear(expiresOn, asOf) ? [dated('decision-expires', decisionId, expiresOn)] : []),
  ];
}

/** The sponsor has the same version asked again, or a new one; without sponsor, whoever takes its place (part 1, 4.8). */
function toRepair(
  { partnerId, asOf }: Asking,
  { decisionId, repairUntil }: RegisteredDecision,
  sponsoring?: Sponsoring,
): readonly AgendaItem[] {
  if (repairUntil === null || sponsoring?.stood.open) return [];
  const isOwn = sponsoring?.sponsorId === undefined || sponsoring.sponsorId === partnerId;
  return isOwn ? timed('repair-decision', decisionId, repairUntil, asOf) : [];
}

/** Delegates decide to the last day of the delegation (part 1, 4.5, M11). */
function delegationOf(
  { partnerId, asOf }: Asking,
  { decisionId, status }: RegisteredDecision,
  proposal: ProposalRow | undefined,
): readonly AgendaItem[] {
  const { delegates = [], validUntil }: { delegates?: readonly Id[]; validUntil?: string } =
    proposal?.submitted?.delegation ?? {};
  const isInForce = status === 'in-force' || status === 'under-review';
  if (!isInForce || !delegates.includes(partnerId) || !isNear(validUntil, asOf) || validUntil < asOf.trueOn) return [];
  return [dated('delegation-ends', decisionId, validUntil)];
}
