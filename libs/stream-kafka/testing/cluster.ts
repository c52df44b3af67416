import { randomBytes } from 'node:crypto';
import type { Admin, KafkaMessage } from 'kafkajs';
import { startKafka } from '../../../deploy/local/servers.mjs';
import type { KafkaOptions, KafkaServer } from '../../../deploy/local/servers.mjs';
import { kafkaOf } from '../client.js';
import type { KafkaSettings } from '../client.js';
import { KafkaDelivery } from '../kafka-delivery.js';
import type { KafkaDeliveryOptions } from '../kafka-delivery.js';
import { TOPICS } from '../topic-names.js';
import type { TopicNames } from '../topic-names.js';
import { topicsApply } from '../topics.js';

export const PUBLIC_URL = 'https://collegium.example';

/** A cluster for tests, with topics and groups that no other test uses. */
export class TestCluster {
  private constructor(
    readonly server: KafkaServer,
    readonly topics: TopicNames,
  ) {}

  /** With another number of partitions the topics are as nobody would want them now. */
  static async start(options: KafkaOptions = {}, partitions?: number): Promise<TestCluster> {
    const word = uniqueWord();
    const cluster = new TestCluster(await startKafka(options), { ledger: `${word}.ledger`, events: `${word}.events` });
    if (partitions === undefined) await topicsApply(cluster.settings());
    else await kafkaAdmin(cluster, (admin) => admin.createTopics({ topics: namesOf(cluster, partitions) }));
    return cluster;
  }

  /** A broker of its own, whose topics have the names that the shipped processes know. */
  static async shipped(): Promise<TestCluster> {
    const cluster = new TestCluster(await startKafka({ own: true }), TOPICS);
    await topicsApply(cluster.settings());
    return cluster;
  }

  settings(more: Partial<KafkaSettings> = {}): KafkaSettings {
    return { brokers: this.server.brokers, clientId: 'test', topics: this.topics, ...more };
  }

  /** The way that leads through the proxy. */
  proxied(more: Partial<KafkaSettings> = {}): KafkaSettings {
    return this.settings({ brokers: this.server.proxiedBrokers ?? [], ...more });
  }

  /** A delivery that is alone in its group; a subscription that ends by itself fails the test. */
  delivery(more: Partial<KafkaDeliveryOptions> = {}): KafkaDelivery {
    return new KafkaDelivery({
      settings: this.settings(),
      group: uniqueWord(),
      publicUrl: PUBLIC_URL,
      gaveUp: (error) => {
        throw error;
      },
      ...more,
    });
  }

  /** Every record of a topic from its beginning to where it ends now, in the order of each partition. */
  async recordsOf(topic: string): Promise<readonly KafkaMessage[]> {
    const kafka = kafkaOf(this.settings());
    const admin = kafka.admin();
    await admin.connect();
    const ends = await admin.fetchTopicOffsets(topic);
    await admin.disconnect();
    const open = new Map(ends.filter(({ low, high }) => low !== high).map((one) => [one.partition, Number(one.high)]));
    const records: KafkaMessage[] = [];
    if (open.size === 0) return records;
    const consumer = kafka.consumer({ groupId: uniqueWord(), maxWaitTimeInMs: 100 });
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      const eachMessage = async ({ partition, message }: { partition: number; message: KafkaMessage }) => {
        records.push(message);
        if (Number(message.offset) + 1 >= (open.get(partition) ?? 0)) open.delete(partition);
        if (open.size === 0) resolve();
      };
      consumer.run({ autoCommit: false, eachMessage }).catch(reject);
    });
    await consumer.disconnect();
    return records;
  }

  async stop(): Promise<void> {
    await this.server.stop();
  }
}

export async function kafkaAdmin<T>(cluster: TestCluster, ask: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafkaOf(cluster.settings()).admin();
  await admin.connect();
  try {
    return await ask(admin);
  } finally {
    await admin.disconnect();
  }
}

function namesOf({ topics }: TestCluster, numPartitions: number) {
  return Object.values(topics).map((topic) => ({ topic: topic as string, numPartitions }));
}

export function uniqueWord(): string {
  return `test-${randomBytes(6).toString('hex')}`;
}
