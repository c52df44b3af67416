import type { Delivery, Ring } from '#stream';
import { setTimeout } from 'node:timers/promises';

/** How long a Kafka that takes no subscriber is left alone. */
const TRY_AGAIN_AFTER_MS = 2_000;

export interface SubscriptionOptions {
  readonly open: () => Pick<Delivery, 'subscribe' | 'close'>;
  readonly ring: Ring;
  readonly failed: (fault: unknown) => void;
}

/** Subscribes as soon as the delivery can be had: a process that starts while Kafka is away works without it. */
export class Subscription {
  private delivery: Pick<Delivery, 'subscribe' | 'close'> | undefined;
  private readonly stopped = new AbortController();
  private readonly trying: Promise<void>;

  constructor(private readonly options: SubscriptionOptions) {
    this.trying = this.tryUntilThere();
  }

  async close(): Promise<void> {
    this.stopped.abort();
    await this.delivery?.close();
    await this.trying;
  }

  private async tryUntilThere(): Promise<void> {
    const { open, ring, failed } = this.options;
    while (!this.isStopped()) {
      this.delivery = open();
      try {
        await this.delivery.subscribe(ring);
        return;
      } catch (fault) {
        if (this.isStopped()) return;
        failed(fault);
        await this.delivery.close();
      }
      await setTimeout(TRY_AGAIN_AFTER_MS, undefined, { signal: this.stopped.signal }).catch(() => undefined);
    }
  }

  private isStopped(): boolean {
    return this.stopped.signal.aborted;
  }
}
