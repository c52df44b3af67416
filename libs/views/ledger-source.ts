import { dayOf } from '#kernel';
import type { Id } from '#kernel';
import { readEntry } from '#ledger';
import type { Entry, Head, LedgerStore } from '#ledger';

/** Where a ledger ends. */
export type SourceHead = Pick<Head, 'seq' | 'hash' | 'at'>;

/** What the views read of the ledger. Only flushed entries are seen, in order of seq, without gap. */
export interface LedgerSource {
  /** Entries from `fromSeq` on, at most `limit`. Throws UnknownEvent when one of them is from a newer program. */
  read(alliance: Id, fromSeq: number, limit: number): Promise<readonly Entry[]>;
  /** Nothing for an alliance without entries. Never behind what `read` or a doorbell gave before. */
  head(alliance: Id): Promise<SourceHead | undefined>;
  /** Heads by ascending id, those behind `after`. */
  alliances(after: Id | undefined, limit: number): Promise<readonly (SourceHead & { readonly alliance: Id })[]>;
}

/** The ledger store as the views read it. */
export function sourceOf(store: Pick<LedgerStore, 'bodies' | 'head' | 'alliances'>): LedgerSource {
  return {
    read: async (alliance, fromSeq, limit) => (await store.bodies(alliance, fromSeq, limit)).map(readEntry),
    head: (alliance) => store.head(alliance),
    alliances: (after, limit) => store.alliances(after, limit),
  };
}

export const MAX_CACHED_ZONES = 10_000;

/** The zone in which the days of an alliance are counted: said once, by its first event. */
export function timeZoneIn(first: Entry | undefined): string {
  const event = first?.events[0];
  if (event?.type !== 'AllianceFormed') return 'UTC';
  const { timeZone } = event.data;
  // A zone that this program's database lacks must not stop every view of the alliance at its first entry.
  return knows(timeZone) ? timeZone : 'UTC';
}

function knows(zone: string): boolean {
  try {
    return dayOf('2000-01-01T00:00:00.000Z', zone) !== '';
  } catch {
    return false;
  }
}

/** Time zones of alliances, each read once. */
export class TimeZones {
  private readonly known = new Map<Id, string>();

  constructor(private readonly source: LedgerSource) {}

  async of(alliance: Id): Promise<string> {
    const known = this.known.get(alliance);
    if (known !== undefined) return known;
    const [first] = await this.source.read(alliance, 0, 1);
    if (!first) return 'UTC';
    if (this.known.size >= MAX_CACHED_ZONES) this.known.clear();
    const zone = timeZoneIn(first);
    this.known.set(alliance, zone);
    return zone;
  }
}
