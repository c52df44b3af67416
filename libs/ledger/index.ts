export * from './alliance-ledger.js';
export * from './entry.js';
export * from './ledger-store.js';
export * from './memory-ledger-store.js';
export * from './reader.js';
export * from './request.js';
export * from './sealing.js';
export * from './timing.js';
