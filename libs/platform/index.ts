export * from './admin-listener.js';
export * from './configuration.js';
export * from './folder.js';
export * from './log.js';
export * from './metrics.js';
export * from './process.js';
export * from './rounds.js';
