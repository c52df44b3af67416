import type { Id } from '#kernel';
import type { Entry } from '#ledger';
import { Delivery, DeliveryClosed } from '#stream';
import type { Ring } from '#stream';

export interface InProcessWatch {
  /** A ring was lost: whoever should have heard it failed. Must not throw. */
  ringFailed?(alliance: Id, error: unknown): void;
}

/**
 * The doorbell of a single process: whoever publishes rings everybody, at once and with the entries as they are. It
 * remembers nothing; what is lost in a crash, the subscribers' own sweeps find in the ledger.
 */
export class InProcessDelivery extends Delivery {
  private readonly rings: Ring[] = [];
  private isClosed = false;

  constructor(private readonly watch: InProcessWatch = {}) {
    super();
  }

  override async publish(entries: readonly Entry[]): Promise<void> {
    if (this.isClosed) throw new DeliveryClosed();
    const [first] = entries;
    if (!first) return;
    await Promise.all(this.rings.map((ring) => this.call(ring, first.alliance, entries)));
  }

  override async subscribe(ring: Ring): Promise<void> {
    if (this.isClosed) throw new DeliveryClosed();
    this.rings.push(ring);
  }

  override async close(): Promise<void> {
    this.isClosed = true;
    this.rings.length = 0;
  }

  private async call(ring: Ring, alliance: Id, entries: readonly Entry[]): Promise<void> {
    try {
      await ring(alliance, entries);
    } catch (error) {
      this.watch.ringFailed?.(alliance, error);
    }
  }
}
