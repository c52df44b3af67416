export * from './api-token.js';
export * from './identity-store.js';
export * from './pending-acts.js';
export { SqliteIdentityStore } from './sqlite-identity-store.js';
export { TokenCache } from './token-cache.js';
export type { Soon } from './soon.js';
export * from './token-strategy.js';
export { Turns } from './turns.js';
