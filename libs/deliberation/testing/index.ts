export * from '../domain/evaluate/testing/results.js';
