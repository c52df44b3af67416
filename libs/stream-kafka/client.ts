import { Kafka, logLevel } from 'kafkajs';
import type { KafkaConfig, RetryOptions } from 'kafkajs';
import { TOPICS } from './topic-names.js';
import type { TopicNames } from './topic-names.js';

/** How to reach a cluster, and which of its topics are ours. */
export interface KafkaSettings extends Pick<KafkaConfig, 'ssl' | 'sasl'> {
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly topics?: TopicNames;
  /** How long an answer is waited for. */
  readonly requestTimeoutMs?: number;
  /** How often the client itself repeats a request, and with which pauses. */
  readonly retry?: RetryOptions;
  /** Warnings and errors of the client, one line each. Must not throw. */
  readonly said?: (line: string) => void;
}

const CONNECTION_TIMEOUT_MS = 3_000;
const REQUEST_TIMEOUT_MS = 5_000;
/** An outage is waited for with short pauses: the client's own would be half a minute long. */
const RETRY: RetryOptions = { initialRetryTime: 100, maxRetryTime: 1_000, retries: 8 };

export function kafkaOf(settings: KafkaSettings): Kafka {
  const { brokers, clientId, requestTimeoutMs = REQUEST_TIMEOUT_MS, retry = RETRY, ssl, sasl, said } = settings;
  return new Kafka({
    brokers: [...brokers],
    clientId,
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout: requestTimeoutMs,
    enforceRequestTimeout: true,
    retry,
    ...(ssl === undefined ? {} : { ssl }),
    ...(sasl === undefined ? {} : { sasl }),
    logLevel: logLevel.WARN,
    logCreator: () => (entry) => said?.(`${entry.namespace}: ${entry.log.message}`),
  });
}

export function topicsOf({ topics = TOPICS }: KafkaSettings): TopicNames {
  return topics;
}
