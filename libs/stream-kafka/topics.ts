import type { Admin, ITopicMetadata } from 'kafkajs';
import kafkajs from 'kafkajs';
import { setTimeout } from 'node:timers/promises';
import { kafkaOf, topicsOf } from './client.js';
import type { KafkaSettings } from './client.js';
import { PARTITIONS } from './topic-names.js';

/** A topic is not as the program needs it. Nothing was changed: who runs the cluster decides what becomes of it. */
export class TopicsDiffer extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('; '));
  }
}

export interface AppliedTopic {
  readonly topic: string;
  readonly outcome: 'created' | 'present';
}

/** Copies of a record in a cluster that has as many brokers. */
const REPLICAS = 3;
const LEADER_TRIES = 100;
// Node finds only some of the names that this CommonJS package exports.
const { ConfigResourceTypes } = kafkajs;
const LEADER_PAUSE_MS = 100;

/**
 * Makes the topics that are absent and leaves those that are as they must be, so that it may be run at any time and by
 * several at once. Throws TopicsDiffer, before it makes anything, when one that exists has other partitions or forgets
 * records by key. Topics are made here and nowhere else: no client of ours makes one by naming it.
 */
export async function topicsApply(settings: KafkaSettings): Promise<readonly AppliedTopic[]> {
  return withAdmin(settings, async (admin) => {
    const names = Object.values(topicsOf(settings)) as readonly string[];
    const present = await presentOf(admin, names);
    refuse(await faultsOf(admin, present));
    const absent = names.filter((name) => !present.some((topic) => topic.name === name));
    const brokers = (await admin.describeCluster()).brokers.length;
    const made: string[] = [];
    for (const topic of absent) if (await create(admin, topic, brokers)) made.push(topic);
    await untilLed(admin, names);
    refuse(await faultsOf(admin, await presentOf(admin, names)));
    return names.map((topic) => ({ topic, outcome: made.includes(topic) ? 'created' : 'present' }));
  });
}

/** Throws TopicsDiffer unless every topic is there and as it must be. Changes nothing: for readiness. */
export async function topicsVerify(settings: KafkaSettings): Promise<void> {
  await withAdmin(settings, async (admin) => {
    const names = Object.values(topicsOf(settings)) as readonly string[];
    const present = await presentOf(admin, names);
    const absent = names.filter((name) => !present.some((topic) => topic.name === name));
    refuse([...absent.map((name) => `${name} does not exist`), ...(await faultsOf(admin, present))]);
  });
}

async function withAdmin<T>(settings: KafkaSettings, run: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafkaOf(settings).admin();
  await admin.connect();
  try {
    return await run(admin);
  } finally {
    await admin.disconnect();
  }
}

async function presentOf(admin: Admin, names: readonly string[]): Promise<readonly ITopicMetadata[]> {
  // Asked by name, a topic that does not exist is an error.
  const existing = new Set(await admin.listTopics());
  const topics = names.filter((name) => existing.has(name));
  return topics.length === 0 ? [] : (await admin.fetchTopicMetadata({ topics })).topics;
}

async function faultsOf(admin: Admin, topics: readonly ITopicMetadata[]): Promise<readonly string[]> {
  if (topics.length === 0) return [];
  const resources = topics.map(({ name }) => ({
    type: ConfigResourceTypes.TOPIC,
    name,
    configNames: ['cleanup.policy'],
  }));
  const described = await admin.describeConfigs({ resources, includeSynonyms: false });
  return topics.flatMap(({ name, partitions }) => {
    const { configEntries = [] } = described.resources.find(({ resourceName }) => resourceName === name) ?? {};
    const policy = configEntries.find(({ configName }) => configName === 'cleanup.policy')?.configValue;
    return [
      ...(partitions.length === PARTITIONS ? [] : [`${name} has ${partitions.length} partitions, not ${PARTITIONS}`]),
      ...(policy === 'delete' ? [] : [`${name} has cleanup.policy ${String(policy)}, not delete`]),
    ];
  });
}

function refuse(faults: readonly string[]): void {
  if (faults.length > 0) throw new TopicsDiffer(faults);
}

async function create(admin: Admin, topic: string, brokers: number): Promise<boolean> {
  const replicationFactor = Math.min(REPLICAS, brokers);
  const configEntries = [
    { name: 'cleanup.policy', value: 'delete' },
    // With three copies one broker may be away; an acknowledged record is on two.
    { name: 'min.insync.replicas', value: String(Math.max(1, replicationFactor - 1)) },
  ];
  // The client's own waiting for leaders fails at times although the topic is made (infrastructure, B).
  return admin.createTopics({
    waitForLeaders: false,
    topics: [{ topic, numPartitions: PARTITIONS, replicationFactor, configEntries }],
  });
}

/** Waits until every partition of topics that were made has a leader: without one it takes nothing yet. */
export async function untilLed(admin: Admin, names: readonly string[]): Promise<void> {
  for (let tries = 0; tries < LEADER_TRIES; tries += 1) {
    const topics = await presentOf(admin, names).catch(() => []);
    const led = topics.filter(
      ({ partitions }) => partitions.length > 0 && partitions.every(({ leader }) => leader >= 0),
    );
    if (led.length === names.length) return;
    await setTimeout(LEADER_PAUSE_MS);
  }
  throw new Error('the topics were made and their partitions have no leader yet');
}
