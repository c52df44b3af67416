export { MongoLedgerStore } from './mongo-ledger-store.js';
