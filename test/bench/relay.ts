import { event } from '#contracts';
import { base32, hashedId } from '#kernel';
import type { Id } from '#kernel';
import { EMPTY_HEAD, headOf, makeEntry } from '#ledger';
import type { Entropy, Entry } from '#ledger';
import { cloudEventsOf, MemoryCursorStore, Relay } from '#stream';
import { KafkaDelivery, topicsApply } from '#stream-kafka';
import type { KafkaSettings } from '#stream-kafka';
import type { LedgerSource } from '#views';
import kafkajs from 'kafkajs';
import { randomBytes } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { median, share, whole } from './figures.js';
import type { Bench } from './figures.js';

// What the relay sends against the same bytes sent by the client alone: architecture 5. Needs the servers of deploy/local.

const ALLIANCES = 50;
const LENGTH = 200;
const ROUNDS = 3;
const LEAST_OF_BARE = 0.5;
/** Bytes of one send of the bare loop: those that the relay's producer takes. */
const SEND_BYTES = 800_000;
const PUBLIC_URL = 'https://bench.example';
const FILLING = Array.from({ length: 18 }, (_, n) => hashedId('fill', n));

interface Servers {
  startKafka(options: { readonly own: true }): Promise<{ readonly brokers: string[]; stop(): Promise<void> }>;
}

const entropy: Entropy = {
  id: () => base32(randomBytes(16)) as Id,
  key: () => randomBytes(32).toString('base64'),
};

/** Ledgers in memory: what a store would take to read is not part of this figure. */
class Histories implements LedgerSource {
  private readonly ledgers = new Map<Id, Entry[]>();

  constructor() {
    for (let n = 0; n < ALLIANCES; n += 1) {
      const entries: Entry[] = [];
      for (let seq = 0; seq < LENGTH; seq += 1) entries.push(entryBehind(entries.at(-1)));
      this.ledgers.set((entries[0] as Entry).alliance, entries);
    }
  }

  get all(): readonly Entry[] {
    return [...this.ledgers.values()].flat();
  }

  async read(alliance: Id, fromSeq: number, limit: number): Promise<readonly Entry[]> {
    return this.ledgers.get(alliance)?.slice(fromSeq, fromSeq + limit) ?? [];
  }

  async head(alliance: Id) {
    const last = this.ledgers.get(alliance)?.at(-1);
    return last && headOf(last);
  }

  async alliances(after: Id | undefined, limit: number): ReturnType<LedgerSource['alliances']> {
    const heads = [...this.ledgers.values()].map((entries) => entries.at(-1) as Entry);
    const page = heads.filter(({ alliance }) => after === undefined || alliance > after);
    return page.sort((a, b) => (a.alliance < b.alliance ? -1 : 1)).slice(0, limit);
  }
}

function entryBehind(last: Entry | undefined): Entry {
  const formed = { timeZone: 'Europe/Paris', locale: 'fr', nonce: entropy.key() } as const;
  const made = last
    ? event('PartnerBecameUnrepresented', { partnerId: entropy.id(), openRounds: FILLING })
    : event('AllianceFormed', formed);
  const command = { id: entropy.id(), name: 'Fill' };
  const draft = { at: '2026-01-01T00:00:00.000Z', actor: { kind: 'system' }, command, events: [made] } as const;
  return makeEntry(last ? headOf(last) : EMPTY_HEAD, draft, entropy);
}

interface Round {
  readonly ours: number;
  readonly bare: number;
}

async function relayed(settings: KafkaSettings, source: Histories): Promise<number> {
  const gaveUp = (error: Error): void => {
    throw error;
  };
  const delivery = new KafkaDelivery({ settings, group: 'bench', publicUrl: PUBLIC_URL, gaveUp });
  const relay = new Relay({ source, delivery, cursors: new MemoryCursorStore() });
  const start = performance.now();
  await relay.sweep();
  await relay.idle();
  const ms = performance.now() - start;
  await delivery.close();
  return (source.all.length * 1_000) / ms;
}

async function bareProduce(settings: KafkaSettings, entries: readonly Entry[]): Promise<number> {
  const kafka = new kafkajs.Kafka({ brokers: [...settings.brokers], logLevel: kafkajs.logLevel.NOTHING });
  const createPartitioner = kafkajs.Partitioners.DefaultPartitioner;
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, createPartitioner });
  await producer.connect();
  const batches = batchesOf(entries, settings);
  const start = performance.now();
  for (const topicMessages of batches) await producer.sendBatch({ acks: -1, topicMessages });
  const ms = performance.now() - start;
  await producer.disconnect();
  return (entries.length * 1_000) / ms;
}

/** The records that the relay makes of these entries, made before the clock runs. */
function batchesOf(entries: readonly Entry[], { topics }: KafkaSettings): kafkajs.TopicMessages[][] {
  const batches: kafkajs.TopicMessages[][] = [];
  let [ledger, events, bytes]: [kafkajs.Message[], kafkajs.Message[], number] = [[], [], 0];
  for (const entry of entries) {
    ledger.push({ key: entry.alliance, value: entry.body });
    for (const { attributes, data } of cloudEventsOf(entry, PUBLIC_URL)) {
      const named = Object.entries(attributes).map(([name, value]) => [`ce_${name}`, value]);
      events.push({ key: entry.alliance, value: data, headers: Object.fromEntries(named) as Record<string, string> });
      bytes += data.length + JSON.stringify(named).length;
    }
    bytes += entry.body.length;
    if (bytes < SEND_BYTES) continue;
    batches.push(messagesOf(topics, ledger, events));
    [ledger, events, bytes] = [[], [], 0];
  }
  return ledger.length > 0 ? [...batches, messagesOf(topics, ledger, events)] : batches;
}

function messagesOf(
  topics: KafkaSettings['topics'],
  ledger: readonly kafkajs.Message[],
  events: readonly kafkajs.Message[],
): kafkajs.TopicMessages[] {
  if (!topics) throw new Error('no topics');
  return [
    { topic: topics.ledger, messages: [...ledger] },
    { topic: topics.events, messages: [...events] },
  ];
}

export const relay: Bench = {
  name: 'relay',
  async run(print) {
    const servers = (await import(pathToFileURL('deploy/local/servers.mjs').href)) as Servers;
    const kafka = await servers.startKafka({ own: true });
    const rounds: Round[] = [];
    try {
      for (let round = 0; round <= ROUNDS; round += 1) {
        const topics = { ledger: `bench${String(round)}.ledger`, events: `bench${String(round)}.events` };
        const settings: KafkaSettings = { brokers: kafka.brokers, clientId: 'bench', topics };
        await topicsApply(settings);
        const source = new Histories();
        const ours = await relayed(settings, source);
        const bare = await bareProduce(settings, source.all);
        // The first round warms both sides.
        if (round > 0) rounds.push({ ours, bare });
      }
    } finally {
      await kafka.stop();
    }
    const of = (pick: (round: Round) => number) => median(rounds.map(pick));
    print(`relay: ${whole(of((r) => r.ours))} entries/s, bare produce ${whole(of((r) => r.bare))} entries/s`);
    const what = `relay, ${String(ALLIANCES)} alliances, both topics, of bare kafkajs produce of the same bytes`;
    return [
      share(
        what,
        of((r) => r.ours / r.bare),
        LEAST_OF_BARE,
      ),
    ];
  },
};
