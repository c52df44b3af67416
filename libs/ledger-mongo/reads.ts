import type { Hash, Id } from '#kernel';
import { pageLimit } from '#ledger';
import type { StoredCommand, StoredEntry, StoredHead, StoredOpening } from '#ledger';
import { among, eq, MAX_READ_MS, within } from '#mongo';
import { storedEntry } from './documents.js';
import type { Collections, EntryDocument, SealedDocument } from './documents.js';

type Place = Pick<EntryDocument, '_id' | 'alliance' | 'seq' | 'at'>;

/** Alliances whose last known seq is kept, at most; only a place to start looking from. */
const MAX_KNOWN = 20_000;
/** Heads looked for at the same time. */
const HEADS_AT_ONCE = 16;
/** Distances at which a ledger is felt for behind a known place. */
const STEPS = Array.from({ length: 31 }, (_, power) => 2 ** power);
const BOUNDED = { maxTimeMS: MAX_READ_MS };

/** What is asked of the ledgers. Every filter names its alliance; every page is bounded by its range, never by a count alone. */
export class LedgerReads {
  private readonly known = new Map<Id, number>();

  constructor(private readonly collections: Collections) {}

  /**
   * The newest entry, felt for in doubling steps behind the last one known: a sort with a limit reads the whole alliance
   * on some servers. The known place is looked at too; when it is gone, the ledger was replaced, and all is felt anew.
   */
  async head(alliance: Id): Promise<StoredHead | undefined> {
    for (let seq = this.known.get(alliance) ?? -1; ;) {
      const last = await this.farthest(alliance, seq);
      if (last && last.seq === seq) return this.remember(last);
      if (!last && seq < 0) return undefined;
      seq = last?.seq ?? -1;
    }
  }

  async read(alliance: Id, fromSeq: number, limit: number): Promise<StoredEntry[]> {
    const seq = within({ $gte: fromSeq, $lt: fromSeq + pageLimit(limit) });
    const found = this.collections.entries.find({ alliance: eq(alliance), seq }, BOUNDED).sort({ seq: 1 });
    return (await found.toArray()).map(storedEntry);
  }

  async findCommand(alliance: Id, commandId: Id): Promise<StoredCommand | undefined> {
    const filter = { alliance: eq(alliance), commandId: eq(commandId) };
    const entry = await this.collections.entries.findOne(filter, BOUNDED);
    if (!entry) return undefined;
    const [sealed] = await this.sealedOf(alliance, [entry._id]);
    return { body: entry.body, fingerprint: sealed?.fingerprint };
  }

  /** Entries first: what is kept beside an entry was there before it. */
  async openings(alliance: Id, fromSeq: number, toSeq: number): Promise<StoredOpening[]> {
    const filter = { alliance: eq(alliance), seq: within({ $gte: fromSeq, $lte: toSeq }) };
    const entries = this.collections.entries.find(filter, { ...BOUNDED, projection: { _id: 1 } });
    const hashes = (await entries.toArray()).map(({ _id }) => _id);
    const sealed = await this.sealedOf(alliance, hashes);
    return sealed.flatMap(({ seq, openings }) => openings.map((opening) => ({ seq, ...opening }))).sort(byPlace);
  }

  async alliances(after: Id | undefined, limit: number): Promise<StoredHead[]> {
    if (pageLimit(limit) === 0) return [];
    const filter = { seq: eq(0), ...(after !== undefined && { alliance: within({ $gt: after }) }) };
    const firsts = this.collections.entries.find(filter, { ...BOUNDED, projection: { alliance: 1 } });
    const page = await firsts.sort({ alliance: 1 }).limit(pageLimit(limit)).toArray();
    const heads: StoredHead[] = [];
    for (let done = 0; done < page.length; done += HEADS_AT_ONCE) {
      const some = page.slice(done, done + HEADS_AT_ONCE).map(({ alliance }) => this.head(alliance));
      heads.push(...(await Promise.all(some)).filter((head) => head !== undefined));
    }
    return heads;
  }

  /** Of the place `seq` and those in doubling steps behind it, the last that holds an entry. */
  private async farthest(alliance: Id, seq: number): Promise<Place | undefined> {
    const places = [...(seq >= 0 ? [seq] : []), ...STEPS.map((step) => seq + step)];
    const filter = { alliance: eq(alliance), seq: among(places) };
    const found = await this.collections.entries.find(filter, { ...BOUNDED, projection: { body: 0 } }).toArray();
    return found.sort((a, b) => b.seq - a.seq)[0];
  }

  private remember({ _id: hash, alliance, seq, at }: Place): StoredHead {
    const [oldest] = this.known.size >= MAX_KNOWN ? this.known.keys() : [];
    if (oldest !== undefined) this.known.delete(oldest);
    this.known.delete(alliance);
    this.known.set(alliance, seq);
    return { alliance, seq, hash, at };
  }

  private async sealedOf(alliance: Id, hashes: readonly Hash[]): Promise<SealedDocument[]> {
    if (hashes.length === 0) return [];
    const filter = { _id: among(hashes), alliance: eq(alliance) };
    return await this.collections.openings.find(filter, BOUNDED).toArray();
  }
}

function byPlace(a: StoredOpening, b: StoredOpening): number {
  return a.seq - b.seq || a.event - b.event || (a.name < b.name ? -1 : 1);
}
