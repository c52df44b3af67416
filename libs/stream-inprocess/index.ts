export * from './in-process-delivery.js';
