export { type KafkaSettings } from './client.js';
export * from './kafka-delivery.js';
export { type ParkedCause } from './records.js';
export * from './topic-names.js';
export * from './topics.js';
export * from './watch.js';
