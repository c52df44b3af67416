import type { Day, Id } from '#kernel';
import type { RowReader } from '#views';
import type { DeliberationRow } from '../deliberation.projection.js';
import type { RoundRow } from './round.row.js';

/** Rounds of one proposal that a view reads, at most. */
const MAX_ROUNDS = 100;

/** The rounds of a proposal that were open by the end of a day, in their order. */
export async function roundsOf(rows: RowReader<DeliberationRow>, proposalId: Id, trueOn: Day): Promise<RoundRow[]> {
  const found = (await rows.list({ tag: `round-of/${proposalId}` }, MAX_ROUNDS)).map(({ doc }) => doc as RoundRow);
  return found
    .filter(({ opened }) => opened !== undefined && opened.day <= trueOn)
    .sort((a, b) => (a.opened?.roundNumber ?? 0) - (b.opened?.roundNumber ?? 0));
}
