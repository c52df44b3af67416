export * from './cursor-store.js';
export * from './delivery.js';
export * from './relay.js';
