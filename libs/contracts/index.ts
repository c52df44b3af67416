export * from './charter.js';
export * from './command-schema.js';
export * from './commands.js';
export * from './enums.js';
export * from './events.js';
export * from './outcome.js';
export * from './schema.js';
export * from './upcast.js';
