import { among, eq, MAX_READ_MS, within } from '#mongo';
import type { Collections, SealedDocument } from './documents.js';

/** Documents that one turn looks at, at most. */
export const MAX_SWEPT_OPENINGS = 500;
const BOUNDED = { maxTimeMS: MAX_READ_MS };

type Place = Pick<SealedDocument, '_id' | 'alliance' | 'seq'>;

/**
 * Takes away what a writer has left that died between the openings and their entry: documents whose entry is not there
 * while another one stands in its place, so that it can never come. Where the place is free it may still come, and they
 * stay, unseen, until somebody takes it.
 */
export class LostOpenings {
  private after = '';

  constructor(private readonly collections: Collections) {}

  /** Looks at the next documents, in a round over all of them; gives how many were taken away. */
  async sweep(): Promise<number> {
    const { openings, entries } = this.collections;
    const filter = { _id: within({ $gt: this.after }) };
    const places = openings.find(filter, { ...BOUNDED, projection: { alliance: 1, seq: 1 } });
    const page: readonly Place[] = await places.sort({ _id: 1 }).limit(MAX_SWEPT_OPENINGS).toArray();
    this.after = page.length < MAX_SWEPT_OPENINGS ? '' : (page.at(-1)?._id ?? '');
    if (page.length === 0) return 0;
    const wanted = { _id: among(page.map(({ _id }) => _id)) };
    const found = await entries.find(wanted, { ...BOUNDED, projection: { _id: 1 } }).toArray();
    const there = new Set(found.map(({ _id }) => _id));
    const lost: Place[] = [];
    for (const place of page) if (!there.has(place._id) && (await this.isTaken(place))) lost.push(place);
    if (lost.length > 0) await openings.deleteMany({ _id: among(lost.map(({ _id }) => _id)) });
    return lost.length;
  }

  private async isTaken({ _id, alliance, seq }: Place): Promise<boolean> {
    const filter = { alliance: eq(alliance), seq: eq(seq) };
    const entry = await this.collections.entries.findOne(filter, { ...BOUNDED, projection: { _id: 1 } });
    return entry !== null && entry._id !== _id;
  }
}
