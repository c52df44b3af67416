import type { DataOf, DomainEvent } from '#contracts';
import type { Day, Id, Instant } from '#kernel';
import type { EventMeta } from '#views';
import { dated, textAt, withOne } from './dated.js';
import type { Dated } from './dated.js';

export interface ObjectionRow {
  readonly sort: 'objection';
  readonly objectionId: Id;
  /** With the places of its sealed texts. */
  readonly raised?: Dated & DataOf<'ObjectionRaised'> & { readonly reason: string; readonly suggestedChange: string };
  /** What became of it, step by step. */
  readonly steps: readonly ObjectionStep[];
}

export type ObjectionStep = Dated & {
  readonly step: string;
  readonly side?: string;
  readonly partnerId?: Id;
  readonly says?: string;
  readonly form?: string;
  readonly byObjectionId?: Id;
  readonly version?: number;
  readonly adoptBy?: Instant;
  readonly invitedOn?: Day;
};

export function objectionRow(
  before: ObjectionRow | undefined,
  event: DomainEvent,
  meta: EventMeta,
  id: Id,
): ObjectionRow {
  const row: ObjectionRow = before ?? { sort: 'objection', objectionId: id, steps: [] };
  if (event.type === 'ObjectionRaised') {
    const texts = { reason: textAt(meta, 'reason'), suggestedChange: textAt(meta, 'suggestedChange') };
    return { ...row, raised: { ...event.data, ...dated(meta), ...texts } };
  }
  const { objectionId: _, ...data } = event.data as { readonly objectionId: Id };
  return { ...row, steps: withOne(row.steps, { ...data, ...dated(meta), step: event.type }) };
}

/** A version claims to integrate it, and it is neither settled since nor abandoned without being contested (part 1, 4.6). */
export function isIntegrating({ steps }: ObjectionRow): boolean {
  const times = (name: DomainEvent['type']): number => steps.filter(({ step }) => step === name).length;
  const settled = times('ObjectionResolved') + times('ObjectionWithdrawn') > 0;
  const abandoned = times('ObjectionAbandoned') > times('ObjectionAbandonmentContested');
  return times('ObjectionIntegrated') > 0 && !settled && !abandoned;
}
