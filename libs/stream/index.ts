export * from './cloud-events.js';
export * from './cursor-store.js';
export * from './delivery.js';
export * from './relay.js';
