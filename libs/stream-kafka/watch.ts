import type { Id } from '#kernel';
import type { ParkedCause } from './records.js';

/** A record that was not understood, where it stands, and why. The group has gone on behind it. */
export interface ParkedRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly cause: ParkedCause;
  readonly detail: string;
  /** From the key, when it is an id. That alliance was rung without entries. */
  readonly alliance: Id | undefined;
}

/** What the Kafka delivery tells whoever watches it: to be counted and logged. Must not throw. */
export interface KafkaWatch {
  parked?(record: ParkedRecord): void;
  ringFailed?(alliance: Id, error: unknown): void;
  /** A send was rejected; its batch is repeated by a new producer. */
  producerReplaced?(error: unknown): void;
  /** The client has lost its place in the group or its connection, and starts again by itself. */
  consumerRestarts?(error: Error): void;
}
