import type { DomainEvent } from '#contracts';
import type { Day, Instant } from '#kernel';
import { textPlace } from '#views';
import type { EventMeta } from '#views';

/** Something that happened on a day; `seq` and its place in the entry order the things of one day. */
export interface Dated {
  readonly day: Day;
  readonly seq: number;
  readonly place: number;
}

export function dated({ effectiveDay, seq, index }: EventMeta): Dated {
  return { day: effectiveDay, seq, place: index };
}

/** Where a sealed text of the event stands; nothing when it was never written. */
export function textAt({ sealed }: DomainEvent, meta: EventMeta, name: string): string | undefined {
  const written: Readonly<Record<string, unknown>> | undefined = sealed;
  return written?.[name] === undefined ? undefined : textPlace(meta, name);
}

/** The instant from which an event counts: of a due event when it fell due, however late the clock told it. */
export function instantOf({ dueAt }: DomainEvent, { at }: EventMeta): Instant {
  return dueAt ?? at;
}

/** A list with one thing more, in order of days, and once however often it is told. */
export function withOne<T extends Dated>(things: readonly T[], thing: T): readonly T[] {
  const others = things.filter(({ seq, place }) => seq !== thing.seq || place !== thing.place);
  return [...others, thing].sort(inOrder);
}

function inOrder(a: Dated, b: Dated): number {
  return a.day === b.day ? a.seq - b.seq || a.place - b.place : a.day < b.day ? -1 : 1;
}

/** Those that happened by the end of a day. */
export function by<T extends Dated>(things: readonly T[], trueOn: Day): readonly T[] {
  return things.filter(({ day }) => day <= trueOn);
}

/** The last that happened by the end of a day. */
export function lastBy<T extends Dated>(things: readonly T[], trueOn: Day): T | undefined {
  return by(things, trueOn).at(-1);
}
