export * from './commit.js';
export * from './context.js';
export * from './perform.js';
export * from './state.js';
export * from './prepare.js';
export * from './recall.js';
export * from './views.js';
