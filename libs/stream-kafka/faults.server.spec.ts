import type { Id } from '#kernel';
import { MemoryCursorStore, Relay } from '#stream';
import type { Delivery } from '#stream';
import { expectAllInOrder, formAlliances, grow, Received } from '#stream/testing';
import { ManualTimer, ToyLedger } from '#views/testing';
import { setTimeout } from 'node:timers/promises';
import { kafkaOf } from './client.js';
import { MAX_SENDS } from './one-send-producer.js';
import { TestCluster, uniqueWord } from './testing/cluster.js';
import { expectWholeTopics } from './testing/whole-topics.js';

const LOST_ANSWERS = 50;
const KILLS = 8;
/** Entries of an alliance, at most: the toy ledger is an hour apart and slow to grow. */
const MAX_LENGTH = 700;
const GROW_EVERY_MS = 80;
const TWO_RELAYS_MS = 60_000;
/** The client repeats once, as little as it allows: a send whose two answers are lost is rejected. */
const ONCE_MORE = { retries: 1, initialRetryTime: 20 };
const ANSWERS_OF_A_REJECTED_SEND = 2;

jest.setTimeout(300_000);

describe('under faults', () => {
  let cluster: TestCluster;
  let ledger: ToyLedger;
  let cursors: MemoryCursorStore;
  const opened: Delivery[] = [];
  const open = (more: Parameters<TestCluster['delivery']>[0] = {}) => {
    const delivery = cluster.delivery(more);
    opened.push(delivery);
    return delivery;
  };
  beforeEach(() => {
    ledger = new ToyLedger();
    cursors = new MemoryCursorStore();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((delivery) => delivery.close()));
    await cluster.stop();
  });

  const relayOf = (delivery: Delivery) => new Relay({ source: ledger, delivery, cursors, timer: new ManualTimer() });
  const swept = async (relay: Relay) => {
    await relay.sweep();
    await relay.idle();
  };
  const behind = async (alliances: readonly Id[]) => {
    const sent = await cursors.read(alliances);
    return alliances.filter((alliance) => (sent.get(alliance) ?? -1) < ledger.entriesOf(alliance).length - 1);
  };
  const dropAnswers = (count: number) =>
    Promise.all(Array.from({ length: count }, async () => cluster.server.proxy?.dropAnswer('Produce')));
  /** Loses the answers to so many sends, each followed by entries that were not in it. */
  const loseAnswers = async (answersOfEach: number, relay: Relay, alliances: readonly Id[]) => {
    for (let time = 0; time < LOST_ANSWERS; time += 1) {
      const lost = dropAnswers(answersOfEach);
      for (const alliance of alliances) grow(ledger, alliance, 1 + (time % 3));
      await swept(relay);
      await lost;
    }
    while ((await behind(alliances)).length > 0) await swept(relay);
  };

  const growAll = (alliances: readonly Id[]) => {
    for (const alliance of alliances) if (ledger.entriesOf(alliance).length < MAX_LENGTH) grow(ledger, alliance, 1);
  };
  /** Kills the broker in the middle of something and starts it again. */
  const restartSoon = async (kill: number) => {
    await setTimeout(150 + 70 * kill);
    await cluster.server.restart();
  };
  const growWhile = async (busy: Promise<void>, relay: Relay, alliances: readonly Id[]) => {
    const over = busy.then(() => 'over');
    do {
      growAll(alliances);
      void relay.sweep();
    } while ((await Promise.race([over, setTimeout(GROW_EVERY_MS, 'busy')])) === 'busy');
  };

  it('kafkajs alone acknowledges and loses what follows a rejected send', async () => {
    cluster = await TestCluster.start({ proxied: true });
    const producer = kafkaOf(cluster.proxied({ retry: ONCE_MORE })).producer({
      idempotent: true,
      maxInFlightRequests: 1,
    });
    await producer.connect();
    const send = (value: string) =>
      producer.send({ topic: cluster.topics.ledger, acks: -1, messages: [{ key: 'k', value }] });
    await send('a');
    const lost = dropAnswers(ANSWERS_OF_A_REJECTED_SEND);
    await expect(send('b')).rejects.toThrow();
    await lost;
    await send('c');
    await send('d');
    await producer.disconnect();
    const stored = (await cluster.recordsOf(cluster.topics.ledger)).map(({ value }) => value?.toString());
    expect(stored).toEqual(['a', 'b', 'd']);
  });

  it(`loses nothing when the answers to ${LOST_ANSWERS} sends are lost and each is rejected`, async () => {
    cluster = await TestCluster.start({ proxied: true });
    let replaced = 0;
    const watch = { producerReplaced: () => (replaced += 1) };
    const relay = relayOf(open({ settings: cluster.proxied({ retry: ONCE_MORE }), watch }));
    const alliances = formAlliances(ledger, 5, 3);
    await swept(relay);
    await loseAnswers(ANSWERS_OF_A_REJECTED_SEND, relay, alliances);
    expect(replaced).toBeGreaterThanOrEqual(LOST_ANSWERS);
    const doubles = await expectWholeTopics(cluster, ledger, alliances);
    expect(doubles.ledger).toBeGreaterThan(0);
    expect(doubles.most).toBe(2);
  });

  it('loses nothing when a batch was given up although it was stored, and the next one is another', async () => {
    cluster = await TestCluster.start({ proxied: true });
    const relay = relayOf(open({ settings: cluster.proxied({ retry: ONCE_MORE }) }));
    const alliances = formAlliances(ledger, 40, 3);
    const [first, ...others] = alliances as [Id, ...Id[]];
    await swept(relay);
    const lost = dropAnswers(ANSWERS_OF_A_REJECTED_SEND * MAX_SENDS);
    grow(ledger, first, 1);
    await swept(relay);
    await lost;
    expect(await behind(alliances)).toEqual([first]);
    // Some of them share its partition: a producer that was kept would give them its sequence numbers.
    for (const alliance of others) {
      grow(ledger, alliance, 1);
      relay.ring(alliance);
      await relay.idle();
    }
    await swept(relay);
    expect(await behind(alliances)).toEqual([]);
    const doubles = await expectWholeTopics(cluster, ledger, alliances);
    expect(doubles.most).toBeLessThanOrEqual(1 + MAX_SENDS);
  });

  it(`loses and doubles nothing when the client repeats those ${LOST_ANSWERS} sends itself`, async () => {
    cluster = await TestCluster.start({ proxied: true });
    const relay = relayOf(open({ settings: cluster.proxied() }));
    const alliances = formAlliances(ledger, 5, 3);
    await swept(relay);
    await loseAnswers(1, relay, alliances);
    expect(await expectWholeTopics(cluster, ledger, alliances)).toEqual({ ledger: 0, events: 0, most: 1 });
  });

  it.each([
    ['NOT_LEADER_OR_FOLLOWER', 6],
    ['REQUEST_TIMED_OUT', 7],
    ['NOT_ENOUGH_REPLICAS', 19],
    ['NOT_ENOUGH_REPLICAS_AFTER_APPEND', 20],
    ['UNKNOWN_SERVER_ERROR', -1],
  ])('keeps the order and loses nothing when the broker says %s though it stored', async (_name, code) => {
    cluster = await TestCluster.start({ proxied: true });
    const relay = relayOf(open({ settings: cluster.proxied() }));
    const alliances = formAlliances(ledger, 5, 3);
    await swept(relay);
    for (let time = 0; time < 5; time += 1) {
      const told = cluster.server.proxy?.failProduce(code);
      for (const alliance of alliances) grow(ledger, alliance, 1 + (time % 3));
      await swept(relay);
      await told;
    }
    while ((await behind(alliances)).length > 0) await swept(relay);
    expect((await expectWholeTopics(cluster, ledger, alliances)).most).toBeLessThanOrEqual(2);
  });

  it(`gives doubles and never a loss when two relays work for ${TWO_RELAYS_MS / 1_000} s`, async () => {
    cluster = await TestCluster.start();
    const relays = [relayOf(open()), relayOf(open())];
    const alliances = formAlliances(ledger, 20, 3);
    for (const end = Date.now() + TWO_RELAYS_MS; Date.now() < end;) {
      growAll(alliances);
      await Promise.all(relays.map(swept));
      await setTimeout(20);
    }
    expect(await behind(alliances)).toEqual([]);
    const doubles = await expectWholeTopics(cluster, ledger, alliances);
    expect(doubles.most).toBeLessThanOrEqual(2);
  });

  it(`loses nothing when the broker is killed ${KILLS} times under way, and rings on afterwards`, async () => {
    cluster = await TestCluster.start({ own: true });
    const group = uniqueWord();
    const received = new Received();
    // As whoever runs the process does: one that gave up is started again.
    const listen = async (): Promise<void> => {
      const delivery = open({ group, gaveUp: () => void listen() });
      await delivery.subscribe(received.ring).catch(() => setTimeout(500).then(listen));
    };
    await listen();
    const replaced: unknown[] = [];
    const relay = relayOf(open({ watch: { producerReplaced: (error) => replaced.push(error) } }));
    const alliances = formAlliances(ledger, 10, 3);
    for (let kill = 0; kill < KILLS; kill += 1) {
      await growWhile(restartSoon(kill), relay, alliances);
      while ((await behind(alliances)).length > 0) await swept(relay);
    }
    await received.all(ledger, alliances);
    expectAllInOrder(received, ledger, alliances);
    const doubles = await expectWholeTopics(cluster, ledger, alliances);
    // Only a batch that a rejected send left behind may come again.
    if (replaced.length === 0) expect(doubles).toEqual({ ledger: 0, events: 0, most: 1 });
    expect(doubles.most).toBeLessThanOrEqual(1 + replaced.length);
  });
});
