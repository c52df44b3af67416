export * from './mongo-cursor-store.js';
