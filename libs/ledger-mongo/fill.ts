import type { Hash, Id } from '#kernel';
import type { Opening, StoredOpening } from '#ledger';
import { among, codeOf, DUPLICATE_KEY, eq, isRefusal, MAX_READ_MS } from '#mongo';
import type { Collections } from './documents.js';
import { outcomeUnknown, storeFailed } from './errors.js';

const BOUNDED = { maxTimeMS: MAX_READ_MS };

/**
 * Adds texts to entries that are there without them. An opening is pushed only while its place is free, which the server
 * decides, so that a repetition and two at once are harmless. Gives how many were added.
 */
export async function fillOpenings(
  collections: Collections,
  alliance: Id,
  openings: readonly StoredOpening[],
): Promise<number> {
  try {
    const hashes = await hashesOf(collections, alliance, [...new Set(openings.map(({ seq }) => seq))]);
    let added = 0;
    for (const { seq, ...opening } of openings) {
      const hash = hashes.get(seq);
      if (hash !== undefined && (await push(collections, { _id: hash, alliance, seq }, opening))) added += 1;
    }
    return added;
  } catch (error) {
    throw isRefusal(error) ? storeFailed('add openings', error) : outcomeUnknown(error);
  }
}

async function hashesOf(
  { entries }: Collections,
  alliance: Id,
  seqs: readonly number[],
): Promise<ReadonlyMap<number, Hash>> {
  if (seqs.length === 0) return new Map();
  const filter = { alliance: eq(alliance), seq: among(seqs) };
  const found = await entries.find(filter, { ...BOUNDED, projection: { seq: 1 } }).toArray();
  return new Map(found.map(({ _id, seq }) => [seq, _id]));
}

interface Place {
  readonly _id: Hash;
  readonly alliance: Id;
  readonly seq: number;
}

/** False when the place is taken. The document beside the entry is made when there was nothing to keep in it. */
async function push({ openings }: Collections, place: Place, opening: Opening): Promise<boolean> {
  const { _id, alliance, seq } = place;
  const own = { _id: eq(_id), alliance: eq(alliance) };
  await openings.updateOne(own, { $setOnInsert: { _id, alliance, seq, openings: [] } }, { upsert: true }).catch(taken);
  const { event, name } = opening;
  const isFree = { openings: { $not: { $elemMatch: { event: eq(event), name: eq(name) } } } };
  const { modifiedCount } = await openings.updateOne({ ...own, ...isFree }, { $push: { openings: opening } });
  return modifiedCount === 1;
}

/** Somebody else made the document at the same time: it is there. */
function taken(error: unknown): void {
  if (codeOf(error) !== DUPLICATE_KEY) throw error;
}
