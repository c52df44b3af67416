export * from './append-loop.contract.js';
export * from './ledger-store.contract.js';
export * from './tally.js';
export * from './faulty-store.js';
