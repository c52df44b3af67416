import { addMs, DAY_MS } from '#kernel';
import type { Id, Instant } from '#kernel';
import type { LedgerStore } from '#ledger';

const MAX_AHEAD_MS = 400 * DAY_MS;
const PAGE = 1_000;

/** The machine's time cannot be right: acting on it would end every mandate, or begin none. */
export class ClockSuspect extends Error {
  readonly code = 'CLOCK_SUSPECT';

  constructor(
    readonly now: Instant,
    readonly newest: Instant,
  ) {
    super(`CLOCK_SUSPECT: it is ${now}, and the newest entry is of ${newest}`);
  }
}

/** Throws ClockSuspect when now is before the newest entry of any ledger, or more than 400 days after it. */
export async function checkClock(store: LedgerStore, now: Instant): Promise<void> {
  const newest = await newestInstant(store);
  if (newest === undefined) return;
  if (now < newest || now > addMs(newest, MAX_AHEAD_MS)) throw new ClockSuspect(now, newest);
}

async function newestInstant(store: LedgerStore): Promise<Instant | undefined> {
  let newest: Instant | undefined;
  let after: Id | undefined;
  for (;;) {
    const heads = await store.alliances(after, PAGE);
    for (const { at } of heads) if (newest === undefined || at > newest) newest = at;
    after = heads.at(-1)?.alliance;
    if (heads.length < PAGE) return newest;
  }
}
