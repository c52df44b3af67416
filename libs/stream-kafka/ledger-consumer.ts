import type { Entry } from '#ledger';
import type { Id } from '#kernel';
import type { Ring } from '#stream';
import type { Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import { setTimeout } from 'node:timers/promises';
import { allianceOfKey, readRecord } from './records.js';
import type { KafkaWatch, ParkedRecord } from './watch.js';

const SESSION_TIMEOUT_MS = 6_000;
const HEARTBEAT_EVERY_MS = 1_000;
const REBALANCE_WITHIN_MS = 10_000;
/** How long the broker holds back an empty answer; also how late a stop may be. */
const MAX_WAIT_MS = 100;
const RETRY = { initialRetryTime: 100, maxRetryTime: 2_000, retries: 30 };
const CLOSE_WITHIN_MS = 3_000;

export interface LedgerConsumerOptions {
  readonly kafka: Pick<Kafka, 'consumer'>;
  readonly topic: string;
  /** Consumers of one group share the partitions. */
  readonly group: string;
  readonly watch: KafkaWatch;
  /** The client has stopped for good. Whoever runs the process ends it with a code that is not 0. */
  readonly gaveUp: (error: Error) => void;
}

/**
 * Rings for the entries of the ledger topic. Nothing in a record can stop it: what is no entry is parked with its cause,
 * a ring that fails is reported, and the offset moves on. Offsets are committed behind the rings, so a consumer that
 * dies rings again and never skips.
 */
export class LedgerConsumer {
  private readonly consumer: Consumer;
  private readonly ended = Promise.withResolvers<never>();

  constructor(
    private readonly options: LedgerConsumerOptions,
    private readonly ring: Ring,
  ) {
    this.ended.promise.catch(() => undefined);
    this.consumer = options.kafka.consumer({
      groupId: options.group,
      sessionTimeout: SESSION_TIMEOUT_MS,
      heartbeatInterval: HEARTBEAT_EVERY_MS,
      rebalanceTimeout: REBALANCE_WITHIN_MS,
      maxWaitTimeInMs: MAX_WAIT_MS,
      allowAutoTopicCreation: false,
      retry: RETRY,
    });
  }

  /** Resolves when the group has given it a place. */
  async start(): Promise<void> {
    const { topic } = this.options;
    const joined = new Promise<void>((resolve) => {
      this.consumer.on(this.consumer.events.GROUP_JOIN, () => {
        resolve();
      });
    });
    this.consumer.on(this.consumer.events.CRASH, ({ payload }) => {
      this.crashed(payload.error, payload.restart);
    });
    await this.consumer.connect();
    // A group without offsets, new or too long away, begins with the oldest record: a double is dropped, a gap is not.
    await this.consumer.subscribe({ topics: [topic], fromBeginning: true });
    await this.consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      eachBatch: (payload) => this.take(payload),
    });
    await Promise.race([joined, this.ended.promise]);
  }

  /** Rings no more and leaves the group, also when the cluster does not answer. */
  async stop(): Promise<void> {
    const left = this.consumer.disconnect().catch(() => undefined);
    await Promise.race([left, setTimeout(CLOSE_WITHIN_MS, undefined, { ref: false })]);
  }

  private crashed(error: Error, restarts: boolean): void {
    if (restarts) {
      this.options.watch.consumerRestarts?.(error);
      return;
    }
    this.ended.reject(error);
    this.options.gaveUp(error);
  }

  private async take(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    for (const [alliance, runs] of this.readAll(payload)) {
      for (const entries of runs) {
        if (!payload.isRunning() || payload.isStale()) return;
        await this.call(alliance, entries);
      }
      await payload.heartbeat();
    }
    payload.resolveOffset(batch.lastOffset());
    const offset = String(BigInt(batch.lastOffset()) + 1n);
    // Rejoins after the group has let this consumer go; `consumer.commitOffsets` would stop it for good.
    await payload.commitOffsetsIfNecessary({
      topics: [{ topic: batch.topic, partitions: [{ partition: batch.partition, offset }] }],
    });
  }

  /** The entries of a batch by alliance, in runs without gap and repetition; an empty run rings for a parked record. */
  private readAll({ batch }: EachBatchPayload): ReadonlyMap<Id, readonly (readonly Entry[])[]> {
    const runs = new Map<Id, Entry[][]>();
    const runsOf = (alliance: Id): Entry[][] => {
      const known = runs.get(alliance) ?? [];
      runs.set(alliance, known);
      return known;
    };
    for (const message of batch.messages) {
      const read = readRecord(message.key?.toString(), message.value);
      if ('cause' in read) {
        const alliance = this.park({ ...read, ...placeOf(batch, message) });
        if (alliance !== undefined) runsOf(alliance).push([]);
        continue;
      }
      const known = runsOf(read.alliance);
      const run = known.at(-1);
      if (run?.at(-1)?.hash === read.prev && read.prev !== undefined) run?.push(read);
      else known.push([read]);
    }
    return runs;
  }

  private park(record: ParkedRecord): Id | undefined {
    this.options.watch.parked?.(record);
    return record.alliance;
  }

  private async call(alliance: Id, entries: readonly Entry[]): Promise<void> {
    try {
      await (entries.length > 0 ? this.ring(alliance, entries) : this.ring(alliance));
    } catch (error) {
      this.options.watch.ringFailed?.(alliance, error);
    }
  }
}

function placeOf({ topic, partition }: { readonly topic: string; readonly partition: number }, message: KafkaMessage) {
  return { topic, partition, offset: message.offset, alliance: allianceOfKey(message.key) };
}
