import { RowChanges, touchedBy } from './fold.js';
import type { PlacedEntry } from './fold.js';
import type { Place } from './place.js';
import { ViewStoreFailed } from './view-store.js';

/** Tries of one entry before its alliance is parked in that projection. */
export const MAX_TRIES = 3;

/** The cause of a parking that stops an alliance: the ledger was replaced under the views. */
export const FORK = 'FORK';

/** The entry does not stand on the one applied last. */
export class Fork extends Error {
  constructor(readonly seq: number) {
    super(FORK);
  }
}

/** Somebody else moved the checkpoint; what is known of it must be read again. */
export class PlaceLost extends Error {}

/**
 * Applies consecutive entries to one projection, as many as possible in one commit; those at or below the checkpoint
 * are doubles and fall away. An entry that fails three times parks the place; a store that fails is no fault of an entry.
 * Throws Fork, PlaceLost and ViewStoreFailed, and what `park` throws, with the checkpoint where the last commit left it.
 */
export async function applyEntries(place: Place, entries: readonly PlacedEntry[]): Promise<void> {
  let rest = entries.filter(({ entry }) => entry.seq > place.seq);
  let size = rest.length;
  let tries = 0;
  while (rest.length > 0) {
    const { applied, fault } = await attempt(place, rest.slice(0, size));
    rest = rest.slice(applied);
    if (applied > 0) tries = 0;
    if (fault === undefined) continue;
    // From the first fault on one entry is one commit, so that the cause is named exactly.
    size = 1;
    tries += 1;
    if (tries === MAX_TRIES) return place.park({ seq: place.seq + 1, cause: causeOf(fault) });
  }
}

async function attempt(place: Place, entries: readonly PlacedEntry[]): Promise<{ applied: number; fault?: unknown }> {
  const changes = new RowChanges((key) => place.read(key));
  let [seq, hash, applied] = [place.seq, place.hash, 0];
  let fault: unknown;
  for (const placed of entries) {
    const { entry } = placed;
    if (entry.seq !== seq + 1) throw new RangeError(`entry ${entry.seq} behind ${seq}`);
    if (entry.prev !== hash) {
      fault = new Fork(entry.seq);
      break;
    }
    try {
      const touched = touchedBy(placed, place.projection);
      // Most entries concern few projections: those that do not are not waited for.
      if (touched.length > 0) await changes.apply(place.projection, touched);
    } catch (thrown) {
      if (thrown instanceof ViewStoreFailed) throw thrown;
      fault = thrown ?? 'nothing was said';
      break;
    }
    ({ seq, hash } = entry);
    applied += 1;
  }
  if (applied === 0) return stopAtFork(0, fault);
  try {
    if (!(await place.move({ nextSeq: seq, nextHash: hash, ...changes.changed() }))) throw new PlaceLost();
  } catch (thrown) {
    if (thrown instanceof PlaceLost || thrown instanceof ViewStoreFailed) throw thrown;
    return { applied: 0, fault: thrown ?? 'nothing was said' };
  }
  return stopAtFork(applied, fault);
}

function stopAtFork(applied: number, fault: unknown): { applied: number; fault?: unknown } {
  if (fault instanceof Fork) throw fault;
  return { applied, fault };
}

const MAX_CAUSE = 500;

export function causeOf(fault: unknown): string {
  // Errors of the database driver are not always instances of this realm's Error.
  const message =
    typeof fault === 'object' && fault !== null && 'message' in fault ? String(fault.message) : String(fault);
  return message.slice(0, MAX_CAUSE);
}
