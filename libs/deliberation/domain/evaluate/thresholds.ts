import { ceilDiv, floorDiv } from '#kernel';
import { needed } from './method.js';
import type { Count } from './method.js';

/** Quorum required over e: `max(1, strict ? floor(num·e/den) + 1 : ceil(num·e/den))` (part 1, 4.4). */
export function quorumRequired({ snapshot, eligible }: Pick<Count, 'snapshot' | 'eligible'>): number {
  const { num, den, strict } = needed(snapshot.policy, 'quorum');
  return Math.max(1, strict ? floorDiv(num * eligible, den) + 1 : ceilDiv(num * eligible, den));
}

/** Explicit agreements required over e: `max(least, ceil(num·e/den))` (part 1, 4.4). */
export function minFavourRequired({ snapshot, eligible }: Pick<Count, 'snapshot' | 'eligible'>): number {
  const { least, num, den } = needed(snapshot.policy, 'minFavour');
  return Math.max(least, ceilDiv(num * eligible, den));
}
