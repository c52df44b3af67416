import { SqliteIdentityStore } from '#identity';
import type { IdentityEntropy } from '#identity';
import { MachineClock, MachineRandomness } from '#http';
import type { Clock, Randomness } from '#http';
import type { LedgerStore } from '#ledger';
import { lockFolder, SqliteLedgerStore } from '#ledger-sqlite';
import type { SqliteOptions } from '#ledger-sqlite';
import type { ViewStore } from '#views';
import { SqliteViewStore } from '#views-sqlite';
import { join } from 'node:path';
import { IDENTITY_FILE } from './commands/data-folder.js';

const VIEWS_FILE = 'views.sqlite';

/** Every piece of technology that the embedded server rests on. */
export interface Adapters {
  readonly ledgerStore: LedgerStore;
  readonly viewStore: ViewStore;
  readonly identity: SqliteIdentityStore;
  readonly clock: Clock;
  readonly randomness: Randomness;
  close(): Promise<void>;
}

export interface FolderOptions {
  readonly clock?: Clock;
  readonly randomness?: Randomness;
  readonly sqlite?: SqliteOptions;
  readonly identityEntropy?: IdentityEntropy;
}

/** Locks a data folder and opens what is in it. Throws FolderInUse when another process has it. */
export async function openFolder(
  folder: string,
  {
    clock = new MachineClock(),
    randomness = new MachineRandomness(),
    sqlite = {},
    identityEntropy,
  }: FolderOptions = {},
): Promise<Adapters> {
  const lock = lockFolder(folder);
  try {
    const ledgerStore = await SqliteLedgerStore.open(lock, sqlite);
    const writingThread = !sqlite.inThread && !sqlite.threadArguments;
    const viewStore = new SqliteViewStore(join(folder, VIEWS_FILE), { writingThread });
    const identity = new SqliteIdentityStore(
      join(folder, IDENTITY_FILE),
      identityEntropy ? { entropy: identityEntropy } : {},
    );
    const close = async (): Promise<void> => {
      await viewStore.close();
      await ledgerStore.close();
      identity.close();
      lock.release();
    };
    return { ledgerStore, viewStore, identity, clock, randomness, close };
  } catch (fault) {
    lock.release();
    throw fault;
  }
}
