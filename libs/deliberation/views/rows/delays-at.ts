import type { RowReader } from '#views';
import type { DeliberationRow } from '../deliberation.projection.js';
import { CHARTER_TAG } from './charter.row.js';
import type { CharterDelaysRow, Delays } from './charter.row.js';

/** Charters and drafts, at most. */
const MAX_CHARTERS = 1_000;

/** The delays of the charter in force when an entry was recorded. */
export async function delaysAt(rows: RowReader<DeliberationRow>, seq: number): Promise<Delays | undefined> {
  const charters = (await rows.list({ tag: CHARTER_TAG }, MAX_CHARTERS)).map(({ doc }) => doc as CharterDelaysRow);
  const adopted = charters.flatMap(({ delays, adopted: times }) => times.map((time) => ({ delays, seq: time.seq })));
  return adopted
    .filter((one) => one.seq <= seq)
    .sort((a, b) => a.seq - b.seq)
    .at(-1)?.delays;
}
