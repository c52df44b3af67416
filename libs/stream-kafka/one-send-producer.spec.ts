import type { Producer, ProducerConfig, ProducerBatch } from 'kafkajs';
import { MAX_SEND_BYTES, MAX_SENDS, MAX_WAITING_PARCELS, OneSendProducer } from './one-send-producer.js';
import type { Parcel } from './one-send-producer.js';

/** Producers that note what they are given; each send is answered by the test. */
class Cluster {
  readonly producers: { readonly config: ProducerConfig | undefined; sent: ProducerBatch[]; left: boolean }[] = [];
  answer: (producer: number) => Promise<void> = () => Promise.resolve();

  producer(config?: ProducerConfig): Producer {
    const one = { config, sent: [] as ProducerBatch[], left: false };
    const number = this.producers.push(one) - 1;
    const methods = {
      connect: () => Promise.resolve(),
      disconnect: async () => void (one.left = true),
      sendBatch: async (batch: ProducerBatch) => {
        one.sent.push(batch);
        await this.answer(number);
      },
    };
    return methods as unknown as Producer;
  }

  valuesOf(number: number): unknown[] {
    return (this.producers[number]?.sent ?? []).map(({ topicMessages = [] }) =>
      topicMessages.flatMap(({ messages }) => messages.map(({ value }) => value)),
    );
  }
}

const parcel = (...values: string[]): Parcel => ({
  records: values.map((value) => ({ topic: 't', key: 'k', value, headers: {} })),
  bytes: values.join('').length,
});

describe('the producer', () => {
  let cluster: Cluster;
  let replaced: unknown[];
  let paused: number[];
  let producer: OneSendProducer;
  beforeEach(() => {
    cluster = new Cluster();
    replaced = [];
    paused = [];
    const pause = async (ms: number) => void paused.push(ms);
    producer = new OneSendProducer(cluster, { replaced: (error) => replaced.push(error), timing: { pause } });
  });
  afterEach(async () => {
    await producer.close();
  });

  it('is idempotent, waits for every copy, and makes no topic by naming it', async () => {
    await producer.send(parcel('a'));
    const [{ config, sent } = { config: undefined, sent: [] }] = cluster.producers;
    expect(config).toMatchObject({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false });
    expect(sent.map(({ acks }) => acks)).toEqual([-1]);
  });

  it('has one send in flight, and sends together what came meanwhile', async () => {
    let underWay = 0;
    cluster.answer = async () => {
      expect((underWay += 1)).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
    };
    await Promise.all(['a', 'b', 'c'].map((value) => producer.send(parcel(value))));
    expect(cluster.valuesOf(0)).toEqual([['a'], ['b', 'c']]);
  });

  it('puts no more into one send than a broker takes', async () => {
    const half = 'x'.repeat(MAX_SEND_BYTES / 2);
    await Promise.all(['a', half, half, half].map((value) => producer.send(parcel(value))));
    expect(cluster.valuesOf(0)).toEqual([['a'], [half, half], [half]]);
  });

  it('never uses a producer again after a rejected send, and repeats the batch by a new one', async () => {
    cluster.answer = (number) => (number < 2 ? Promise.reject(new Error('lost')) : Promise.resolve());
    await Promise.all([producer.send(parcel('a')), producer.send(parcel('b'))]);
    expect([0, 1, 2].map((number) => cluster.valuesOf(number))).toEqual([[['a']], [['a']], [['a'], ['b']]]);
    expect(cluster.producers.map(({ left }) => left)).toEqual([true, true, false]);
    expect(replaced).toHaveLength(2);
  });

  it('gives up a batch after so many producers and goes on with a new one', async () => {
    cluster.answer = (number) => (number < MAX_SENDS ? Promise.reject(new Error('gone')) : Promise.resolve());
    const [first, second] = [producer.send(parcel('a')), producer.send(parcel('b'))];
    const refused = expect(first).rejects.toThrow('gone');
    await refused;
    await second;
    expect(paused).toEqual([50, 100, 200, 400, 800, 1600, 2000]);
    expect(cluster.valuesOf(MAX_SENDS)).toEqual([['b']]);
  });

  it('rejects what is not acknowledged when it is closed, although nobody answers', async () => {
    cluster.answer = () => new Promise(() => undefined);
    const sends = [producer.send(parcel('a')), producer.send(parcel('b'))];
    const refused = sends.map((send) => expect(send).rejects.toThrow('closed'));
    await producer.close();
    await Promise.all(refused);
    await expect(producer.send(parcel('c'))).rejects.toThrow('closed');
    expect(cluster.valuesOf(0)).toEqual([['a']]);
  });

  it('lets only so many parcels wait', async () => {
    cluster.answer = () => new Promise(() => undefined);
    const refused: string[] = [];
    for (let number = 0; number <= MAX_WAITING_PARCELS + 1; number += 1) {
      producer.send(parcel('a')).catch((error: unknown) => refused.push(String(error)));
    }
    await new Promise((resolve) => setImmediate(resolve));
    expect(refused).toEqual(['Error: too many parcels wait']);
  });
});
