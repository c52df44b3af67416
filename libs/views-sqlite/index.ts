export * from './sqlite-view-store.js';
