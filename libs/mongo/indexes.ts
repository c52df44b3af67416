import type { mongo } from 'mongoose';
import { isDeepStrictEqual } from 'node:util';
import { codeOf, INDEX_KEY_CONFLICT, INDEX_OPTIONS_CONFLICT, NAMESPACE_NOT_FOUND, UNAUTHORIZED } from './errors.js';

type Keys = Readonly<Record<string, 1 | -1>>;

export interface IndexWanted {
  readonly name: string;
  readonly keys: Keys;
  readonly unique: boolean;
  /** Only documents with these values are in the index. */
  readonly only?: Readonly<Record<string, string | number | boolean>>;
}

/** An index on which the order or the oneness of what is stored rests is not there or not what it must be. */
export class IndexFault extends Error {
  readonly code = 'INDEX_FAULT';
}

/**
 * Makes the indexes of a collection that holds nothing yet, and then looks whether they are what they must be. Beside
 * documents a missing index is a fault and not made up for: what was written without it may be doubled.
 */
export async function prepareIndexes<T extends mongo.Document>(
  collection: mongo.Collection<T>,
  wanted: readonly IndexWanted[],
): Promise<void> {
  if ((await collection.findOne({}, { projection: { _id: 1 } })) === null) {
    for (const index of wanted) await makeIndex(collection, index);
  }
  await assertIndexes(collection, wanted);
}

/** Throws IndexFault for the first index that is missing, not unique or over other fields. */
export async function assertIndexes<T extends mongo.Document>(
  collection: mongo.Collection<T>,
  wanted: readonly IndexWanted[],
): Promise<void> {
  const found = await indexesOf(collection);
  for (const index of wanted) {
    const fault = faultOf(
      index,
      found.find(({ name }) => name === index.name),
    );
    if (fault !== undefined) throw new IndexFault(`${collection.collectionName}.${index.name} ${fault}`);
  }
}

/** Leaves it to the check that follows to name an index of another form, or one that this user may not make. */
async function makeIndex<T extends mongo.Document>(collection: mongo.Collection<T>, index: IndexWanted): Promise<void> {
  const { name, keys, unique, only } = index;
  try {
    const options = { name, unique, ...(only && { partialFilterExpression: { ...only } }) };
    await collection.createIndex({ ...keys }, options, undefined);
  } catch (error) {
    const code = codeOf(error);
    if (code !== INDEX_OPTIONS_CONFLICT && code !== INDEX_KEY_CONFLICT && code !== UNAUTHORIZED) throw error;
  }
}

async function indexesOf<T extends mongo.Document>(
  collection: mongo.Collection<T>,
): Promise<readonly mongo.IndexDescriptionInfo[]> {
  try {
    return (await collection.listIndexes().toArray()) as mongo.IndexDescriptionInfo[];
  } catch (error) {
    if (codeOf(error) === NAMESPACE_NOT_FOUND) return [];
    throw error;
  }
}

function faultOf(wanted: IndexWanted, found: mongo.IndexDescriptionInfo | undefined): string | undefined {
  if (!found) return 'is missing';
  if (!isDeepStrictEqual(Object.entries(found.key), Object.entries(wanted.keys))) return 'is over other fields';
  if (wanted.unique && found.unique !== true) return 'is not unique';
  const isWhole = found.sparse !== true && isDeepStrictEqual({ ...found.partialFilterExpression }, { ...wanted.only });
  return isWhole ? undefined : 'covers other documents';
}
