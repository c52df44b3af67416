export * from './progress.contract.js';
export * from './projector.contract.js';
export * from './toy-bench.js';
export * from './toy-ledger.js';
export * from './toy-view.js';
export * from './view-store.contract.js';
