import type { Entry } from '#ledger';
import { Delivery, DeliveryClosed } from '#stream';
import type { Ring } from '#stream';
import type { Kafka } from 'kafkajs';
import { kafkaOf, topicsOf } from './client.js';
import type { KafkaSettings } from './client.js';
import { LedgerConsumer } from './ledger-consumer.js';
import { MAX_SEND_BYTES, OneSendProducer } from './one-send-producer.js';
import type { Parcel } from './one-send-producer.js';
import { eventRecords, ledgerRecord, weightOf } from './records.js';
import type { OutgoingRecord } from './records.js';
import type { TopicNames } from './topic-names.js';
import { topicsVerify } from './topics.js';
import type { KafkaWatch } from './watch.js';

export interface KafkaDeliveryOptions {
  readonly settings: KafkaSettings;
  /** Subscribers of one group share the alliances among them. */
  readonly group: string;
  /** Where others read the schemas of the events: PUBLIC_URL. */
  readonly publicUrl: string;
  /** A subscription has ended for good: end the process with a code that is not 0, so that it is started again. */
  readonly gaveUp: (error: Error) => void;
  readonly watch?: KafkaWatch;
}

/**
 * The doorbell between processes. Each entry becomes one record of the ledger topic and one of the events topic for
 * each of its events, all under the key of the alliance; subscribers are rung from the ledger topic. Connects when it
 * is first used. The topics must be there (`topicsApply`).
 */
export class KafkaDelivery extends Delivery {
  private readonly kafka: Kafka;
  private readonly topics: TopicNames;
  private readonly producer: OneSendProducer;
  private readonly consumers: LedgerConsumer[] = [];
  private isClosed = false;

  constructor(private readonly options: KafkaDeliveryOptions) {
    super();
    const { settings, watch } = options;
    this.kafka = kafkaOf(settings);
    this.topics = topicsOf(settings);
    this.producer = new OneSendProducer(this.kafka, { replaced: (error) => watch?.producerReplaced?.(error) });
  }

  override async publish(entries: readonly Entry[]): Promise<void> {
    if (this.isClosed) throw new DeliveryClosed();
    // One behind the other: were the first rejected and the second not, the order would be lost.
    for (const parcel of this.parcelsOf(entries)) await this.producer.send(parcel);
  }

  override async subscribe(ring: Ring): Promise<void> {
    if (this.isClosed) throw new DeliveryClosed();
    // kafkajs would wait for an absent topic for minutes and not say so.
    await topicsVerify(this.options.settings);
    const { group, gaveUp, watch = {} } = this.options;
    const consumer = new LedgerConsumer({ kafka: this.kafka, topic: this.topics.ledger, group, watch, gaveUp }, ring);
    this.consumers.push(consumer);
    await consumer.start();
  }

  override async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all([this.producer.close(), ...this.consumers.map((consumer) => consumer.stop())]);
  }

  /** As many entries together as one send takes, one always. */
  private *parcelsOf(entries: readonly Entry[]): Generator<Parcel> {
    let [records, bytes]: [OutgoingRecord[], number] = [[], 0];
    for (const entry of entries) {
      const next = [ledgerRecord(entry, this.topics), ...eventRecords(entry, this.topics, this.options.publicUrl)];
      const weight = next.reduce((sum, record) => sum + weightOf(record), 0);
      if (bytes > 0 && bytes + weight > MAX_SEND_BYTES) {
        yield { records, bytes };
        [records, bytes] = [[], 0];
      }
      records.push(...next);
      bytes += weight;
    }
    if (bytes > 0) yield { records, bytes };
  }
}
