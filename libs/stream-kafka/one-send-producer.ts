import { MACHINE_TIMING } from '#ledger';
import type { Timing } from '#ledger';
import { DeliveryClosed } from '#stream';
import { Partitioners } from 'kafkajs';
import type { Kafka, Producer, TopicMessages } from 'kafkajs';
import { setTimeout } from 'node:timers/promises';
import type { OutgoingRecord } from './records.js';

/** Bytes of one send, at most: below what a broker takes as one batch of a partition (1 MiB), wherever the keys fall. */
export const MAX_SEND_BYTES = 800_000;
/** Parcels that wait for the send under way, at most. */
export const MAX_WAITING_PARCELS = 1_000;
/** Sends of one batch, each by a producer of its own, before whoever gave it is told. */
export const MAX_SENDS = 8;
const FIRST_PAUSE_MS = 50;
const MAX_PAUSE_MS = 2_000;
const CLOSE_WITHIN_MS = 2_000;

/** Records that are acknowledged together, in order. */
export interface Parcel {
  readonly records: readonly OutgoingRecord[];
  readonly bytes: number;
}

export interface OneSendOptions {
  /** A send was rejected and its producer left. Must not throw. */
  readonly replaced?: (error: unknown) => void;
  readonly timing?: Pick<Timing, 'pause'>;
}

interface Waiting {
  readonly parcel: Parcel;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Sends in order, with one send in flight; what is given meanwhile goes together in the next. After a send that was
 * rejected its producer is never used again: kafkajs has then lost count of what the broker stored, and the broker
 * acknowledges the next batch without storing it. A new producer repeats the batch, so records may come twice.
 */
export class OneSendProducer {
  private waiting: Waiting[] = [];
  private current: Promise<Producer> | undefined;
  private running: Promise<void> | undefined;
  private readonly closing = Promise.withResolvers<never>();
  private isClosed = false;

  constructor(
    private readonly kafka: Pick<Kafka, 'producer'>,
    private readonly options: OneSendOptions = {},
  ) {
    this.closing.promise.catch(() => undefined);
  }

  /** Resolves when every in-sync copy has the records. */
  send(parcel: Parcel): Promise<void> {
    if (this.isClosed) return Promise.reject(new DeliveryClosed());
    if (this.waiting.length >= MAX_WAITING_PARCELS) return Promise.reject(new Error('too many parcels wait'));
    return new Promise((resolve, reject) => {
      this.waiting.push({ parcel, resolve, reject });
      this.running ??= this.run();
    });
  }

  /** Rejects what is not acknowledged; lets go of the connection, also when the cluster does not answer. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.closing.reject(new DeliveryClosed());
    await this.running;
    await this.leave();
  }

  private async run(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.take();
      try {
        await this.deliver(topicMessages(batch.flatMap(({ parcel }) => parcel.records)));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.running = undefined;
  }

  private take(): Waiting[] {
    let bytes = 0;
    const end = this.waiting.findIndex(({ parcel }, place) => (bytes += parcel.bytes) > MAX_SEND_BYTES && place > 0);
    return this.waiting.splice(0, end < 0 ? this.waiting.length : end);
  }

  private async deliver(batch: TopicMessages[]): Promise<void> {
    for (let sends = 1; ; sends += 1) {
      if (this.hasClosed()) throw new DeliveryClosed();
      try {
        await Promise.race([this.sendOnce(batch), this.closing.promise]);
        return;
      } catch (error) {
        if (this.hasClosed()) throw error;
        this.replace(error);
        if (sends >= MAX_SENDS) throw error;
        const { pause } = this.options.timing ?? MACHINE_TIMING;
        await Promise.race([pause(pauseMs(sends)), this.closing.promise]);
      }
    }
  }

  private hasClosed(): boolean {
    return this.isClosed;
  }

  private async sendOnce(batch: TopicMessages[]): Promise<void> {
    this.current ??= this.connect();
    const producer = await this.current;
    await producer.sendBatch({ acks: -1, topicMessages: batch });
  }

  private async connect(): Promise<Producer> {
    const producer = this.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    return producer;
  }

  private replace(error: unknown): void {
    void this.leave();
    this.options.replaced?.(error);
  }

  private async leave(): Promise<void> {
    const left = this.current;
    this.current = undefined;
    const disconnected = left?.then((producer) => producer.disconnect()).catch(() => undefined);
    await Promise.race([disconnected, setTimeout(CLOSE_WITHIN_MS, undefined, { ref: false })]);
  }
}

function pauseMs(sends: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** (sends - 1), MAX_PAUSE_MS);
}

/** By topic, in the order given: the client keeps it within each partition. */
function topicMessages(records: readonly OutgoingRecord[]): TopicMessages[] {
  const byTopic = Map.groupBy(records, ({ topic }) => topic);
  return [...byTopic].map(([topic, of]) => ({
    topic,
    messages: of.map(({ key, value, headers }) => ({ key, value, headers })),
  }));
}
