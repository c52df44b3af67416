export * from './entry.js';
export * from './sealing.js';
