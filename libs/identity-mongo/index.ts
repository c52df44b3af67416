export * from './mongo-identity-store.js';
