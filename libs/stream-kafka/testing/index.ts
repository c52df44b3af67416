export * from './cluster.js';
export * from './whole-topics.js';
