import type { DataOf, DomainEvent } from '#contracts';
import type { Hash } from '#kernel';
import type { EventMeta } from '#views';
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
