import { DAY_MS, toMs } from '#kernel';
import { needed } from './method.js';
import type { Elector, Snapshot } from './snapshot.js';

/**
 * How many silent partners are deemed to consent (part 1, 4.4 "Silence"), in a round where silence can count: those
 * notified `noticeDays` before closing, represented, and none of whose positions was contested or struck.
 */
export function countDeemed(
  snapshot: Snapshot,
  electors: readonly Elector[],
  byPartner: ReadonlyMap<string, unknown>,
): number {
  if (byPartner.size === electors.length) return 0;
  const latestNotice = toMs(snapshot.closesAt) - needed(snapshot.policy, 'noticeDays') * DAY_MS;
  const disputed = new Set<string>();
  for (const { partnerId, contested, struck } of snapshot.positions) if (contested || struck) disputed.add(partnerId);
  let deemed = 0;
  for (const { partnerId, deliveredAt, unrepresented } of electors) {
    if (byPartner.has(partnerId) || unrepresented || disputed.has(partnerId)) continue;
    if (deliveredAt !== undefined && toMs(deliveredAt) <= latestNotice) deemed += 1;
  }
  return deemed;
}
