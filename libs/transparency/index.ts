export { chainFault } from './chain.js';
export * from './copy.js';
export { formFault } from './form.js';
export * from './ledger-file.js';
export * from './openings.js';
export * from './replay.js';
export * from './verdict.js';
export * from './verify.js';
