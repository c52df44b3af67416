import type { Id } from '#kernel';
import { cloudEventsOf } from '#stream';
import type { ToyLedger } from '#views/testing';
import type { KafkaMessage } from 'kafkajs';
import { PUBLIC_URL } from './cluster.js';
import type { TestCluster } from './cluster.js';

/** How often records came more than once, by topic. */
export interface Doubles {
  readonly ledger: number;
  readonly events: number;
  /** The most often that one record came. */
  readonly most: number;
}

/** Both topics have every entry and every event of these alliances, each for the first time in its order. */
export async function expectWholeTopics(
  cluster: TestCluster,
  ledger: ToyLedger,
  alliances: readonly Id[],
): Promise<Doubles> {
  const bodies = await textsOf(cluster, cluster.topics.ledger, ({ value }) => value?.toString());
  const ids = await textsOf(cluster, cluster.topics.events, ({ headers }) => headers?.['ce_id']?.toString());
  for (const alliance of alliances) {
    const entries = ledger.entriesOf(alliance);
    expect([...new Set(bodies.get(alliance))]).toEqual(entries.map(({ body }) => body));
    const events = entries.flatMap((entry) => cloudEventsOf(entry, PUBLIC_URL));
    expect([...new Set(ids.get(alliance))]).toEqual(events.map(({ attributes }) => attributes.id));
  }
  const all = [bodies, ids].map((topic) => [...topic.values()].flat());
  const [inLedger = 0, inEvents = 0] = all.map((texts) => texts.length - new Set(texts).size);
  const most = Math.max(
    0,
    ...all.flatMap((texts) => [...Map.groupBy(texts, (text) => text).values()].map((of) => of.length)),
  );
  return { ledger: inLedger, events: inEvents, most };
}

async function textsOf(
  cluster: TestCluster,
  topic: string,
  textOf: (record: KafkaMessage) => string | undefined,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const byKey = Map.groupBy(await cluster.recordsOf(topic), ({ key }) => key?.toString() ?? '');
  return new Map([...byKey].map(([key, records]) => [key, records.map((record) => textOf(record) ?? '')]));
}
