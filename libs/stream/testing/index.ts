export * from './alliances.js';
export * from './cursor-store.contract.js';
export * from './delivery.contract.js';
export * from './received.js';
export * from './relay.contract.js';
