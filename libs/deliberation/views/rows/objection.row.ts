import type { DataOf, DomainEvent } from '#contracts';
import type { Day, Id, Instant } from '#kernel';
import type { EventMeta } from '#views';
import { dated, instantOf, textAt, withOne } from './dated.js';
import type { Dated } from './dated.js';

export interface ObjectionRow {
  readonly sort: 'objection';
  readonly objectionId: Id;
  /** With the places of its sealed texts. */
  readonly raised?: Dated &
    DataOf<'ObjectionRaised'> & { readonly reason: string | undefined; readonly suggestedChange: string | undefined };
  /** What became of it, step by step. */
  readonly steps: readonly ObjectionStep[];
}

export type ObjectionStep = Dated & {
  readonly step: string;
  readonly at: Instant;
  /** Place of the sealed reason or note of this step, when there is one. */
  readonly text: string | undefined;
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
    const texts = { reason: textAt(event, meta, 'reason'), suggestedChange: textAt(event, meta, 'suggestedChange') };
    return { ...row, raised: { ...event.data, ...dated(meta), ...texts } };
  }
  const { objectionId: _, ...data } = event.data as { readonly objectionId: Id };
  const text = textAt(event, meta, 'reason') ?? textAt(event, meta, 'note');
  const step = { ...data, ...dated(meta), step: event.type, at: instantOf(event, meta), text };
  return { ...row, steps: withOne(row.steps, step) };
}

/** A version claims to integrate it, and it is neither settled since nor abandoned without being contested (part 1, 4.6). */
export function isIntegrating({ steps }: ObjectionRow): boolean {
  const times = (name: DomainEvent['type']): number => steps.filter(({ step }) => step === name).length;
  const settled = times('ObjectionResolved') + times('ObjectionWithdrawn') > 0;
  const abandoned = times('ObjectionAbandoned') > times('ObjectionAbandonmentContested');
  return times('ObjectionIntegrated') > 0 && !settled && !abandoned;
}

/** The objector left the electorate, and nobody made the objection its own so far (part 1, 4.7). */
export function orphanedUntil({ steps }: ObjectionRow): Instant | undefined {
  const last = steps.findLast(({ step }) => MOVED.has(step));
  return last?.step === 'ObjectionOrphaned' ? last.adoptBy : undefined;
}
const MOVED: ReadonlySet<string> = new Set([
  'ObjectionOrphaned',
  'ObjectionAdopted',
  'ObjectionLapsed',
  'ObjectionWithdrawn',
]);

/** When it was abandoned, as long as that was not contested (part 1, 4.6). */
export function abandonedAt({ steps }: ObjectionRow): Instant | undefined {
  const last = steps.findLast(({ step }) => step.startsWith('ObjectionAbandon'));
  return last?.step === 'ObjectionAbandoned' ? last.at : undefined;
}

export function abandonedTag(partnerId: Id): string {
  return `abandoned-of/${partnerId}`;
}
