import type { IdentityStore } from '#identity';
import { configurationOfProcess } from '#platform';
import { folderOf, withIdentity } from './data-folder.js';

/** The option of what also works on the identities of the distributed mode, in the MongoDB of the configuration. */
export const MONGO_OPTION = { mongo: { type: 'boolean', default: false } } as const;

/** Works on the identities of a data folder, or of the distributed mode; also while servers run. */
export async function withIdentityOf<T>(
  { mongo, data }: { readonly mongo?: boolean; readonly data?: string | undefined },
  work: (identity: IdentityStore) => Promise<T>,
): Promise<T> {
  if (!mongo) return await withIdentity(folderOf({ data }), work);
  const { MongoIdentityStore } = await import('#identity-mongo');
  const { mongoUri: uri, mongoDatabase: database } = configurationOfProcess();
  const identity = await MongoIdentityStore.open({ uri, database });
  try {
    return await work(identity);
  } finally {
    await identity.close();
  }
}
