import { ledgerStoreContract } from '#ledger/testing';
import { rmSync } from 'node:fs';
import { lockFolder, SqliteLedgerStore } from './index.js';
import type { SqliteOptions } from './index.js';
import { FROM_SOURCES, temporaryFolder } from './testing/index.js';

describe.each<[string, SqliteOptions]>([
  ['writing in its thread', { threadArguments: FROM_SOURCES }],
  ['writing in the calling thread', { inThread: true }],
])('%s', (_, options) => {
  ledgerStoreContract('SqliteLedgerStore', async () => {
    const folder = temporaryFolder();
    const lock = lockFolder(folder);
    let store = await SqliteLedgerStore.open(lock, options);
    return {
      store,
      reopen: async () => {
        await store.close();
        store = await SqliteLedgerStore.open(lock, options);
        return store;
      },
      close: async () => {
        await store.close();
        lock.release();
        rmSync(folder, { recursive: true });
      },
    };
  });
});
