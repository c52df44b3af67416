export { PAGE_BYTES } from './connection.js';
export { FolderInUse, lockFolder } from './folder-lock.js';
export type { FolderLock } from './folder-lock.js';
export { LEDGER_FILE, SqliteLedgerStore } from './sqlite-ledger-store.js';
export type { SqliteOptions } from './sqlite-ledger-store.js';
