import { delaysAt, objectionsOf, sponsoredTag } from '#deliberation';
import type { ProposalRow, RoundRow } from '#deliberation';
import { addMs, DAY_MS } from '#kernel';
import type { Id } from '#kernel';
import { dated, MAX_ROWS, timed } from './agenda-item.js';
import type { AgendaItem, Asking } from './agenda-item.js';
import { proposalIn, sponsoringOf } from './sponsoring.js';
import type { Sponsoring } from './sponsoring.js';

/** Proposals that nobody carries, and objections that wait in those that the partner carries (part 1, 4.2, 4.6, 4.7). */
export async function ofProposals(asking: Asking): Promise<readonly AgendaItem[]> {
  const items: AgendaItem[] = [];
  for (const row of await withoutSponsor(asking))
    items.push(...toSponsor(asking, row, await sponsoringOf(asking, row)));
  for (const { doc } of await asking.rows.list({ tag: sponsoredTag(asking.partnerId) }, MAX_ROWS))
    items.push(...(await toIntegrate(asking, await sponsoringOf(asking, doc as ProposalRow))));
  return [...items, ...(await ofTurnedRounds(asking))];
}

/** Those that may have none: never had one, or had one that left the alliance or the electorate of a round. */
async function withoutSponsor(asking: Asking): Promise<readonly ProposalRow[]> {
  const { rows, leavers } = asking;
  const found = new Map<Id, ProposalRow>();
  for (const gone of [undefined, ...leavers.map(({ partnerId }) => partnerId)]) {
    for (const { doc } of await rows.list({ tag: sponsoredTag(gone) }, MAX_ROWS))
      found.set((doc as ProposalRow).proposalId, doc as ProposalRow);
  }
  for (const { doc } of await rows.list({ tag: 'round-open' }, MAX_ROWS)) {
    const { recused, opened } = doc as RoundRow;
    const row = recused.length > 0 ? await proposalIn(asking, opened?.proposalId) : undefined;
    if (row) found.set(row.proposalId, row);
  }
  return [...found.values()];
}

function toSponsor({ partnerId, asOf }: Asking, { proposalId }: ProposalRow, sponsoring: Sponsoring) {
  const { goesOn, sponsorId, until, recusedId } = sponsoring;
  if (!goesOn || sponsorId !== undefined || recusedId === partnerId) return [];
  if (until === undefined) return [dated('sponsor-proposal', proposalId, null)];
  return timed('sponsor-proposal', proposalId, until, asOf);
}

/** Each objection that qualified in a consent round that came back, until `integrationDays` are over (part 1, 4.6). */
async function toIntegrate({ rows, partnerId, asOf }: Asking, sponsoring: Sponsoring): Promise<readonly AgendaItem[]> {
  const { goesOn, sponsorId, stood } = sponsoring;
  const round = stood.rounds.at(-1);
  if (!goesOn || sponsorId !== partnerId || stood.open || !round?.closed) return [];
  const { outcome, closedAt } = round.closed;
  if (outcome.result !== 'returned-for-integration' || round.opened?.policy.method !== 'consent') return [];
  const delays = await delaysAt(rows, asOf.knownAt);
  const until = addMs(closedAt, (delays?.integrationDays ?? 0) * DAY_MS);
  const objections = await objectionsOf(rows, round.roundId, asOf.trueOn);
  return objections
    .filter(({ status }) => status === 'qualified')
    .flatMap(({ objectionId }) => timed('integrate-objection', objectionId, until, asOf));
}

/** A result that would be adopted now makes no decision: its sponsor may ask the same version again (part 1, 4.8). */
async function ofTurnedRounds(asking: Asking): Promise<readonly AgendaItem[]> {
  const { rows, partnerId, asOf } = asking;
  const items: AgendaItem[] = [];
  for (const { doc } of await rows.list({ tag: 'round-again' }, MAX_ROWS)) {
    const round = doc as RoundRow;
    const turn = lastTurn(round);
    const row = turn?.outcome.result === 'adopted' ? await proposalIn(asking, round.opened?.proposalId) : undefined;
    if (!turn || !row || row.decisions.length > 0) continue;
    const { goesOn, sponsorId, stood } = await sponsoringOf(asking, row);
    if (!goesOn || sponsorId !== partnerId || stood.rounds.at(-1)?.roundId !== round.roundId) continue;
    const delays = await delaysAt(rows, turn.seq);
    items.push(...timed('ask-again', row.proposalId, addMs(turn.at, (delays?.repairDays ?? 0) * DAY_MS), asOf));
  }
  return items;
}

/** The last re-evaluation that made a round adopted, or no longer adopted. */
function lastTurn({ closed, reevaluated }: RoundRow): RoundRow['reevaluated'][number] | undefined {
  let was = closed?.outcome.result === 'adopted';
  let last: RoundRow['reevaluated'][number] | undefined;
  for (const one of reevaluated) {
    const is = one.outcome.result === 'adopted';
    if (is !== was) [last, was] = [one, is];
  }
  return last;
}
