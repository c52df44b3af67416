import { sha256 } from '#kernel';
import type { Entry } from '#ledger';
import { formAlliances, grow } from '#stream/testing';
import { ToyLedger } from '#views/testing';
import type { Consumer, ConsumerConfig, ConsumerRunConfig, EachBatchPayload } from 'kafkajs';
import { LedgerConsumer } from './ledger-consumer.js';
import { TOPICS } from './topic-names.js';

type Listener = (event: { readonly payload: { readonly error: Error; readonly restart: boolean } }) => void;

/** A group of one that joins as soon as it runs. The test gives it batches and crashes. */
class Group {
  config: ConsumerConfig | undefined;
  ran: ConsumerRunConfig = {};
  joins = true;
  left = 0;
  private readonly listeners = new Map<string, Listener>();

  consumer(config?: ConsumerConfig): Consumer {
    this.config = config;
    const methods = {
      events: { GROUP_JOIN: 'join', CRASH: 'crash' },
      on: (name: string, listener: Listener) => this.listeners.set(name, listener),
      connect: () => Promise.resolve(),
      subscribe: () => Promise.resolve(),
      run: async (ran: ConsumerRunConfig) => {
        this.ran = ran;
        if (this.joins) this.emit('join');
      },
      disconnect: async () => void (this.left += 1),
    };
    return methods as unknown as Consumer;
  }

  emit(name: string, restart = false, error = new Error(name)): void {
    this.listeners.get(name)?.({ payload: { error, restart } });
  }
}

describe('the consumer of the ledger topic', () => {
  let group: Group;
  let rung: (readonly [string, readonly number[] | undefined])[];
  let told: string[];
  let done: string[];
  beforeEach(() => {
    group = new Group();
    rung = [];
    told = [];
    done = [];
  });

  const ledger = new ToyLedger();
  const [a = ledger.form(1), b = ledger.form(2)] = formAlliances(ledger, 2, 6);
  const entriesOf = (of: typeof a, ...seqs: number[]) =>
    seqs.flatMap((seq) => ledger.entriesOf(of).slice(seq, seq + 1)).map(messageOf);
  const messageOf = ({ alliance, body }: Pick<Entry, 'alliance' | 'body'>) => ({
    key: Buffer.from(alliance),
    value: Buffer.from(body),
  });
  const started = async (ring?: (of: string) => Promise<void>) => {
    const consumer = new LedgerConsumer(
      {
        kafka: group,
        topic: TOPICS.ledger,
        group: 'views',
        watch: {
          parked: ({ cause, offset }) => told.push(`${cause} at ${offset}`),
          ringFailed: (of, error) => told.push(`${of}: ${String(error)}`),
          consumerRestarts: (error) => told.push(`restarts: ${error.message}`),
        },
        gaveUp: (error) => told.push(`gave up: ${error.message}`),
      },
      async (of, entries) => {
        await ring?.(of);
        rung.push([of, entries?.map(({ seq }) => seq)]);
      },
    );
    await consumer.start();
    return consumer;
  };
  const take = async (messages: readonly object[], stale = () => false) => {
    const first = 100;
    const batch = {
      topic: TOPICS.ledger,
      partition: 3,
      messages: messages.map((message, place) => ({ ...message, offset: String(first + place) })),
      lastOffset: () => String(first + messages.length - 1),
    };
    const payload = {
      batch,
      isRunning: () => true,
      isStale: stale,
      heartbeat: async () => void done.push('beat'),
      resolveOffset: (offset: string) => done.push(`resolved ${offset}`),
      commitOffsetsIfNecessary: async (offsets: object) => void done.push(`committed ${JSON.stringify(offsets)}`),
    };
    await group.ran.eachBatch?.(payload as unknown as EachBatchPayload);
  };
  const committed = (offset: number) =>
    `committed {"topics":[{"topic":"collegium.ledger","partitions":[{"partition":3,"offset":"${offset}"}]}]}`;

  it('joins its group, and does not leave it to the client what is done', async () => {
    await started();
    expect(group.config).toMatchObject({
      groupId: 'views',
      sessionTimeout: 6_000,
      maxWaitTimeInMs: 100,
      allowAutoTopicCreation: false,
    });
    expect(group.ran).toMatchObject({ autoCommit: false, eachBatchAutoResolve: false });
  });

  it('rings once for the consecutive entries of an alliance, in order, and commits behind all of them', async () => {
    await started();
    const [a0, a1, a2] = entriesOf(a, 0, 1, 2) as [object, object, object];
    const [b4, b5] = entriesOf(b, 4, 5) as [object, object];
    await take([a0, b4, a1, b5, a2]);
    expect(rung).toEqual([
      [a, [0, 1, 2]],
      [b, [4, 5]],
    ]);
    expect(done).toEqual(['beat', 'beat', 'resolved 104', committed(105)]);
  });

  it('rings anew where entries come again or are missing', async () => {
    await started();
    await take([...entriesOf(a, 1, 2, 1, 2, 3), ...entriesOf(a, 5)]);
    expect(rung).toEqual([
      [a, [1, 2]],
      [a, [1, 2, 3]],
      [a, [5]],
    ]);
  });

  it('does not put an entry behind one that it does not stand on', async () => {
    await started();
    const other = new ToyLedger();
    const forked = ledger.entriesOf(a)[3]?.body.replace(/"prev":"[^"]+"/, `"prev":"${sha256('other')}"`) ?? '';
    grow(other, a, 1);
    await take([...entriesOf(a, 2), messageOf({ alliance: a, body: forked })]);
    expect(rung).toEqual([
      [a, [2]],
      [a, [3]],
    ]);
  });

  it('parks what is no entry, rings its alliance without it, and goes on', async () => {
    await started();
    await take([...entriesOf(a, 0), { key: Buffer.from(a), value: Buffer.from('{') }, { key: null, value: null }]);
    expect(told).toEqual(['NOT_JSON at 101', 'NO_VALUE at 102']);
    expect(rung).toEqual([
      [a, [0]],
      [a, undefined],
    ]);
    expect(done).toContain(committed(103));
  });

  it('tells of a ring that failed and goes on behind it', async () => {
    await started((of) => (of === a ? Promise.reject(new Error('deaf')) : Promise.resolve()));
    await take([...entriesOf(a, 0), ...entriesOf(b, 0)]);
    expect(told).toEqual([`${a}: Error: deaf`]);
    expect(rung).toEqual([[b, [0]]]);
    expect(done).toContain(committed(102));
  });

  it('commits nothing of a batch that is no longer its own', async () => {
    await started();
    await take(entriesOf(a, 0), () => true);
    expect([rung, done]).toEqual([[], []]);
  });

  it('tells that the client starts again by itself', async () => {
    await started();
    group.emit('crash', true, new Error('session'));
    expect(told).toEqual(['restarts: session']);
  });

  it('gives up when the client will not start again, also before it had a place', async () => {
    await started();
    group.emit('crash', false, new Error('refused'));
    expect(told).toEqual(['gave up: refused']);
    group = new Group();
    group.joins = false;
    const starting = started();
    await new Promise((resolve) => setImmediate(resolve));
    group.emit('crash', false, new Error('no such group'));
    await expect(starting).rejects.toThrow('no such group');
  });
});
