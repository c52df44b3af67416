export * from './close-all.js';
export * from './compose-server.js';
export * from './heap.js';
export * from './watch.js';
