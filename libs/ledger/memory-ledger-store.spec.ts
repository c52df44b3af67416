import { MemoryLedgerStore } from './memory-ledger-store.js';
import { ledgerStoreContract } from './testing/index.js';

ledgerStoreContract('MemoryLedgerStore', async () => {
  const store = new MemoryLedgerStore();
  return { store, reopen: async () => store, close: () => store.close() };
});
