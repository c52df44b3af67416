import type { Id } from '#kernel';

/** Partners in admission order; who acted without being among them (before its admission) behind, by id. */
export function inOrder(partners: readonly Id[], acting: Iterable<Id | undefined>): readonly Id[] {
  const known = new Set(partners);
  const others = [...new Set(acting)].filter((id) => id !== undefined && !known.has(id)) as Id[];
  return [...partners, ...others.sort()];
}
