export * from './api-token.js';
export * from './identity-database.js';
export * from './identity-store.js';
export * from './pending-acts.js';
export * from './token-strategy.js';
