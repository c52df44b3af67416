export * from './connection.js';
export * from './conditions.js';
export * from './errors.js';
export * from './indexes.js';
export * from './schema-options.js';
