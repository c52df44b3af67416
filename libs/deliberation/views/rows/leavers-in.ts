import type { RowReader } from '#views';
import type { DeliberationRow } from '../deliberation.projection.js';
import { LEAVER_TAG } from './leaver.row.js';
import type { LeaverRow } from './leaver.row.js';

/** Partners that left, at most. */
const MAX_LEAVERS = 1_000;

/** The partners that left the alliance, each with its times. */
export async function leaversIn(rows: RowReader<DeliberationRow>): Promise<readonly LeaverRow[]> {
  return (await rows.list({ tag: LEAVER_TAG }, MAX_LEAVERS)).map(({ doc }) => doc as LeaverRow);
}
