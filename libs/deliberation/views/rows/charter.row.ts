import type { DataOf, DomainEvent } from '#contracts';
import type { Hash } from '#kernel';
import type { EventMeta, RowReader } from '#views';
import type { DeliberationRow } from '../deliberation.projection.js';
import { dated, withOne } from './dated.js';
import type { Dated } from './dated.js';

/** The delays of a charter that views of this context count with, and when it was adopted. */
export interface CharterDelaysRow {
  readonly sort: 'charter';
  readonly charterHash: Hash;
  readonly delays?: Delays;
  readonly adopted: readonly Dated[];
}
export type Delays = Pick<DataOf<'CharterDrafted'>['charter'], 'repairDays' | 'integrationDays'>;

export const CHARTER_TAG = 'charter';
/** Charters and drafts, at most. */
const MAX_CHARTERS = 1_000;

export function charterRow(
  before: CharterDelaysRow | undefined,
  event: DomainEvent,
  meta: EventMeta,
  charterHash: Hash,
): CharterDelaysRow {
  const row: CharterDelaysRow = before ?? { sort: 'charter', charterHash, adopted: [] };
  if (event.type === 'CharterAdopted') return { ...row, adopted: withOne(row.adopted, dated(meta)) };
  if (event.type !== 'CharterDrafted') return row;
  const { repairDays, integrationDays } = event.data.charter;
  return { ...row, delays: { repairDays, integrationDays } };
}

/** The delays of the charter in force when an entry was recorded. */
export async function delaysAt(rows: RowReader<DeliberationRow>, seq: number): Promise<Delays | undefined> {
  const charters = (await rows.list({ tag: CHARTER_TAG }, MAX_CHARTERS)).map(({ doc }) => doc as CharterDelaysRow);
  const adopted = charters.flatMap(({ delays, adopted: times }) => times.map((time) => ({ delays, seq: time.seq })));
  return adopted
    .filter((one) => one.seq <= seq)
    .sort((a, b) => a.seq - b.seq)
    .at(-1)?.delays;
}
