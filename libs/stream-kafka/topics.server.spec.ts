import type { Admin } from 'kafkajs';
import { kafkaOf } from './client.js';
import type { KafkaSettings } from './client.js';
import type { KafkaDelivery } from './kafka-delivery.js';
import { TestCluster, uniqueWord } from './testing/cluster.js';
import { ToyLedger } from '#views/testing';
import { topicsApply, TopicsDiffer, topicsVerify, untilLed } from './topics.js';

describe('the topics', () => {
  let cluster: TestCluster;
  let admin: Admin;
  let settings: KafkaSettings;
  beforeAll(async () => {
    // A broker that makes any topic somebody names: ours must not come about that way.
    cluster = await TestCluster.start({ properties: { 'auto.create.topics.enable': 'true' } });
    admin = kafkaOf(cluster.settings()).admin();
    await admin.connect();
  });
  afterAll(async () => {
    await admin.disconnect();
    await cluster.stop();
  });
  const opened: KafkaDelivery[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((one) => one.close()));
  });
  beforeEach(() => {
    const word = uniqueWord();
    settings = cluster.settings({ topics: { ledger: `${word}.ledger`, events: `${word}.events` } });
  });

  const names = () => Object.values(settings.topics ?? {}) as string[];
  const existing = async () => (await admin.listTopics()).filter((name) => names().includes(name)).sort();
  const outcomes = async () => (await topicsApply(settings)).map(({ outcome }) => outcome);
  const createLedger = async (numPartitions: number, cleanup = 'delete') => {
    const topic = names()[0] ?? '';
    const configEntries = [{ name: 'cleanup.policy', value: cleanup }];
    await admin.createTopics({ waitForLeaders: false, topics: [{ topic, numPartitions, configEntries }] });
    await untilLed(admin, [topic]);
  };

  it('are made with twelve partitions each, and nothing beside them', async () => {
    const before = await admin.listTopics();
    expect(await outcomes()).toEqual(['created', 'created']);
    expect((await admin.listTopics()).filter((name) => !before.includes(name)).sort()).toEqual(names().sort());
    const { topics } = await admin.fetchTopicMetadata({ topics: names() });
    expect(topics.map(({ partitions }) => partitions.length)).toEqual([12, 12]);
    await expect(topicsVerify(settings)).resolves.toBeUndefined();
  });

  it('stay as they are when they are made again, also by several at once', async () => {
    const all = await Promise.all([outcomes(), outcomes(), outcomes()]);
    expect(all.flat().filter((outcome) => outcome === 'created')).toHaveLength(2);
    expect(await outcomes()).toEqual(['present', 'present']);
  });

  it('are completed when one of them is there', async () => {
    await createLedger(12);
    expect(await outcomes()).toEqual(['present', 'created']);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['has 6 partitions, not 12', () => createLedger(6)],
    ['has cleanup.policy compact, not delete', () => createLedger(12, 'compact')],
  ])('are refused when one of them %s, and none is made', async (fault, prepare) => {
    await prepare();
    await expect(topicsApply(settings)).rejects.toThrow(new TopicsDiffer([`${names()[0] ?? ''} ${fault}`]));
    expect(await existing()).toEqual([names()[0]]);
    await expect(topicsVerify(settings)).rejects.toThrow(fault);
  });

  it('are missed by name when they are absent', async () => {
    await expect(topicsVerify(settings)).rejects.toThrow(
      names()
        .map((name) => `${name} does not exist`)
        .join('; '),
    );
  });

  it('do not come about because somebody publishes or subscribes', async () => {
    const delivery = cluster.delivery({ settings });
    await expect(delivery.subscribe(async () => undefined)).rejects.toThrow(TopicsDiffer);
    const ledger = new ToyLedger();
    const replaced = new Promise<void>((resolve) => {
      const watch = {
        producerReplaced: () => {
          resolve();
        },
      };
      const publisher = cluster.delivery({ settings, watch });
      publisher.publish(ledger.entriesOf(ledger.form(1))).catch(() => undefined);
      opened.push(publisher, delivery);
    });
    await replaced;
    expect(await existing()).toEqual([]);
  });
});
