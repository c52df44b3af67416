import fc from 'fast-check';
import type { Snapshot } from './form.js';
import { METHODS } from './form.js';
import { snapshots } from './snapshots.js';

type Json = Record<string, unknown>;

/** Every object of a snapshot, in the order of the form. */
function objectsIn(json: unknown): Json[] {
  if (Array.isArray(json)) return json.flatMap(objectsIn);
  if (typeof json !== 'object' || json === null) return [];
  return [json as Json, ...Object.values(json).flatMap(objectsIn)];
}

const OTHERS: readonly unknown[] = [
  ...[null, true, false, 0, 1, -1, 1.5, 2, 11, '1', '', 'x', 'p1', 'A', 'é', 'a'.repeat(65), [], {}, ['A', 'A'], [{}]],
  ...['agree', 'abstain', 'stand-aside', 'against', 'object', 'block', 'ballot', 'direct', 'on-behalf', 'titular'],
  ...['2026-03-16', '2026-02-29T10:00:00Z', '2026-03-16T25:00:00Z', '2026-03-16T10:00:00', '2026-03-16T10:00:00+01:00'],
  ...['2026-03-16T10:00:00.1234567Z', '2026-13-16T10:00:00Z', 'exceeds-our-limits', 'company', 'recused', 'deadline'],
  ...METHODS,
];

const drawn = fc.record({ what: fc.nat(5), where: fc.nat(9_999), member: fc.nat(999), other: fc.nat(999) });

function pick<T>(list: readonly T[], place: number): T {
  return list[place % list.length] as T;
}

/** One change to one object of a snapshot: a member taken out, another put in, or another value. */
function broken(snapshot: Snapshot, { what, where, member, other }: { [name: string]: number }): unknown {
  const copy = structuredClone(snapshot) as unknown as Json;
  const target = pick(objectsIn(copy), where ?? 0);
  const name = pick(Object.keys(target), member ?? 0);
  if (what === 0 && (other ?? 0) % 2 === 0) target['surplus'] = 1;
  else if (what === 1) Reflect.deleteProperty(target, name);
  else target[name] = pick(OTHERS, other ?? 0);
  return copy;
}

/** Snapshots changed in one place: some still fit the form, most do not. */
export const changedSnapshots: fc.Arbitrary<unknown> = fc
  .tuple(snapshots, drawn)
  .map(([snapshot, place]) => broken(snapshot, place));
