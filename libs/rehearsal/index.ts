export * from './rehearse.js';
export * from './script-line.js';
export * from './seeded-entropy.js';
