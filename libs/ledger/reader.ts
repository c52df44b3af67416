import type { Id } from '#kernel';
import { setImmediate } from 'node:timers/promises';
import { EMPTY_HEAD, headOf, readEntry } from './entry.js';
import type { Entry, Head } from './entry.js';
import type { LedgerStore } from './ledger-store.js';

/** Entries held at once while reading a ledger. */
const READ_PAGE = 500;

/** A ledger that is not the one chain it must be, named by the first entry that cannot follow (architecture 7). */
export class LedgerBroken extends Error {
  constructor(
    readonly alliance: Id,
    readonly seq: number,
    readonly reason: 'wrong-log' | 'gap' | 'chain-broken',
  ) {
    super(`ledger ${alliance} is broken at ${seq}: ${reason}`);
  }
}

/**
 * The entries behind `after` in order, each checked to stand on the one before. Holds one page at a time, and lets
 * other work of the process in between pages. Throws LedgerBroken, UnknownEvent, and what the store throws.
 */
export async function* readLedger(store: LedgerStore, alliance: Id, after: Head = EMPTY_HEAD): AsyncGenerator<Entry> {
  let head = after;
  for (let page = await store.bodies(alliance, head.seq + 1, READ_PAGE); ;) {
    for (const body of page) {
      const entry = readEntry(body);
      assertFollows(alliance, head, entry);
      head = headOf(entry);
      yield entry;
    }
    if (page.length < READ_PAGE) return;
    await setImmediate();
    page = await store.bodies(alliance, head.seq + 1, READ_PAGE);
  }
}

function assertFollows(alliance: Id, head: Head, entry: Entry): void {
  if (entry.alliance !== alliance) throw new LedgerBroken(alliance, head.seq + 1, 'wrong-log');
  if (entry.seq !== head.seq + 1) throw new LedgerBroken(alliance, head.seq + 1, 'gap');
  if (entry.prev !== head.hash) throw new LedgerBroken(alliance, entry.seq, 'chain-broken');
}
