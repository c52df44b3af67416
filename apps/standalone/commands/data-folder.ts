import { IdentityStore } from '#identity';
import { lockFolder, SqliteLedgerStore } from '#ledger-sqlite';
import type { LedgerStore } from '#ledger';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where a server keeps its data unless told otherwise. */
export const DATA_FOLDER = './data';
export const IDENTITY_FILE = 'identity.sqlite';

/** Works on the ledgers of a folder to read only; also while a server writes them. */
export async function withStore<T>(folder: string, work: (store: LedgerStore) => Promise<T>): Promise<T> {
  const store = SqliteLedgerStore.openReadOnly(folder);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Works on the ledgers of a folder under its lock: refused while a server runs on it. */
export async function withLockedStore<T>(folder: string, work: (store: LedgerStore) => Promise<T>): Promise<T> {
  const lock = lockFolder(folder);
  try {
    const store = await SqliteLedgerStore.open(lock, { inThread: true });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  } finally {
    lock.release();
  }
}

/** Works on the identity store, which is outside the ledger's lock: also while a server runs. */
export async function withIdentity<T>(folder: string, work: (identity: IdentityStore) => T | Promise<T>): Promise<T> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const identity = new IdentityStore(join(folder, IDENTITY_FILE));
  try {
    return await work(identity);
  } finally {
    identity.close();
  }
}
