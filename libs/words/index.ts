export * from './label.js';
export * from './result-sentence.js';
