import type { LedgerStore } from '../ledger-store.js';

/** A store with nothing in it. `reopen` gives the same ledgers after a restart. */
export interface StoreUnderTest {
  readonly store: LedgerStore;
  reopen(): Promise<LedgerStore>;
  close(): Promise<void>;
}
