import type { Entry } from '#ledger';
import { RowChanges, touchedBy } from './fold.js';
import type { PlacedEntry, Touched } from './fold.js';
import type { Place } from './place.js';
import { ViewStoreFailed } from './view-store.js';
import type { Projection } from './view.js';

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
    if (fault instanceof Fork) throw fault;
    // From the first fault on one entry is one commit, so that the cause is named exactly.
    size = 1;
    tries += 1;
    if (tries === MAX_TRIES) return place.park({ seq: place.seq + 1, cause: causeOf(fault) });
  }
}

interface Attempt {
  readonly applied: number;
  readonly fault?: unknown;
}

/** All rows are read before the first is changed: then nothing has to be waited for in between. */
async function attempt(place: Place, entries: readonly PlacedEntry[]): Promise<Attempt> {
  const { steps, fault: notFollowed } = stepsOf(place, entries);
  try {
    const changes = new RowChanges(await place.read(keysOf(steps)));
    const { applied, fault = notFollowed } = fold(changes, place.projection, steps);
    const last = steps[applied - 1]?.entry;
    if (!last) return { applied, fault };
    const step = { nextSeq: last.seq, nextHash: last.hash, ...changes.changed() };
    if (!(await place.move(step))) throw new PlaceLost();
    return { applied, fault };
  } catch (thrown) {
    if (thrown instanceof PlaceLost || thrown instanceof ViewStoreFailed) throw thrown;
    return { applied: 0, fault: causedBy(thrown) };
  }
}

/** An entry and the rows that it changes. */
interface Step {
  readonly entry: Entry;
  readonly touched: readonly Touched[];
}

/** The steps up to the first entry that does not follow, or of which the projection cannot tell what it changes. */
function stepsOf(place: Place, entries: readonly PlacedEntry[]): { steps: readonly Step[]; fault?: unknown } {
  const steps: Step[] = [];
  let { seq, hash } = place;
  for (const placed of entries) {
    const { entry } = placed;
    if (entry.seq !== seq + 1) throw new RangeError(`entry ${entry.seq} behind ${seq}`);
    if (entry.prev !== hash) return { steps, fault: new Fork(entry.seq) };
    try {
      steps.push({ entry, touched: touchedBy(placed, place.projection) });
    } catch (thrown) {
      return { steps, fault: causedBy(thrown) };
    }
    ({ seq, hash } = entry);
  }
  return { steps };
}

function keysOf(steps: readonly Step[]): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { touched } of steps) for (const { key } of touched) keys.add(key);
  return keys;
}

function fold(changes: RowChanges, projection: Projection, steps: readonly Step[]): Attempt {
  let applied = 0;
  try {
    for (const { touched } of steps) {
      if (touched.length > 0) changes.apply(projection, touched);
      applied += 1;
    }
    return { applied };
  } catch (thrown) {
    return { applied, fault: causedBy(thrown) };
  }
}

function causedBy(thrown: unknown): unknown {
  return thrown ?? 'nothing was said';
}

const MAX_CAUSE = 500;

export function causeOf(fault: unknown): string {
  // Errors of the database driver are not always instances of this realm's Error.
  const message =
    typeof fault === 'object' && fault !== null && 'message' in fault ? String(fault.message) : String(fault);
  return message.slice(0, MAX_CAUSE);
}
