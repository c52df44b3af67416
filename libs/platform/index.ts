export * from './configuration.js';
export * from './folder.js';
export * from './log.js';
