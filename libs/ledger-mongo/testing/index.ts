export * from './database-under-test.js';
