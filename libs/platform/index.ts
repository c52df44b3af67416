export * from './configuration.js';
export * from './log.js';
