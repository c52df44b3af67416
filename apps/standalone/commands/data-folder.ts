import type { Texts } from '#words';
import { SqliteIdentityStore } from '#identity';
import type { Id } from '#kernel';
import type { LedgerStore } from '#ledger';
import { FolderInUse, LEDGER_FILE, lockFolder, SqliteLedgerStore } from '#ledger-sqlite';
import { configurationOfProcess, makeFolder } from '#platform';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cannotRead, GivenUp } from '../subcommand.js';

export const IDENTITY_FILE = 'identity.sqlite';

/** The option of every subcommand that works on a data folder. */
export const DATA_OPTION = { data: { type: 'string' } } as const;

/** The folder that was named, else the one that the server would use. */
export function folderOf({ data }: { readonly data?: string | undefined }): string {
  return data ?? configurationOfProcess().dataFolder;
}

/** Works on the ledgers of a folder to read only; also while a server writes them. */
export async function withStore<T>(folder: string, work: (store: SqliteLedgerStore) => Promise<T>): Promise<T> {
  if (!existsSync(join(folder, LEDGER_FILE))) {
    throw cannotRead(folder, { fr: 'pas un dossier de données', en: 'not a data folder' });
  }
  const store = SqliteLedgerStore.openReadOnly(folder);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Works on the ledgers of a folder under its lock: refused while a server runs on it. */
export async function withLockedStore<T>(folder: string, work: (store: LedgerStore) => Promise<T>): Promise<T> {
  const lock = lockOf(folder);
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

function lockOf(folder: string) {
  try {
    return lockFolder(folder);
  } catch (fault) {
    throw fault instanceof FolderInUse ? new GivenUp(inUse(folder), 1) : fault;
  }
}

/** What to say of a folder that another process works on. */
export function inUse(folder: string): Texts {
  return {
    fr: `un autre processus utilise déjà ${folder} ; arrêtez-le d’abord, ou choisissez --data`,
    en: `another process already uses ${folder}; stop it first, or choose --data`,
  };
}

/** The one alliance of a folder, for who did not name one; nothing when there are none or several. */
export async function onlyAlliance(store: LedgerStore): Promise<Id | undefined> {
  const [first, second] = await store.alliances(undefined, 2);
  return second ? undefined : first?.alliance;
}

/** Works on the identity store, which is outside the ledger's lock: also while a server runs. */
export async function withIdentity<T>(
  folder: string,
  work: (identity: SqliteIdentityStore) => T | Promise<T>,
): Promise<T> {
  makeFolder(folder);
  const identity = new SqliteIdentityStore(join(folder, IDENTITY_FILE));
  try {
    return await work(identity);
  } finally {
    identity.close();
  }
}
