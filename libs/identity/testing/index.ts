export * from './identity-store.contract.js';
