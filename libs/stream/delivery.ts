import type { Id } from '#kernel';
import type { Entry } from '#ledger';

/**
 * Something happened in an alliance; `entries`, when given, are consecutive entries of it in order. It may come twice,
 * late, for nothing, or not at all: whoever is rung looks at the ledger.
 */
export type Ring = (alliance: Id, entries?: readonly Entry[]) => Promise<void>;

/** The delivery was closed; what was not acknowledged is sent again from the ledger by the next process. */
export class DeliveryClosed extends Error {
  constructor() {
    super('the delivery is closed');
  }
}

/**
 * Port: how entries that are in the ledger become known elsewhere. Only a doorbell: it may forget and repeat, never
 * invent, and within an alliance no entry comes for the first time before the one published ahead of it.
 */
export abstract class Delivery {
  /**
   * Makes consecutive entries of one alliance known, in order. Resolved, they are acknowledged: as durable as the
   * adapter is. Rejected, any of them may be known or may become known, and the caller publishes them again. The caller
   * waits for one answer before it publishes more of the same alliance; different alliances may go at once.
   */
  abstract publish(entries: readonly Entry[]): Promise<void>;

  /**
   * Calls `ring` for what is published from now on, one call after the other within an alliance. Resolved, it listens. A
   * ring that rejects is reported and counts as lost: it neither stops nor repeats the delivery. Subscribers that share
   * the work of one group (processes of one projector) get each alliance at one of them at a time.
   */
  abstract subscribe(ring: Ring): Promise<void>;

  /** Rings nobody any more and rejects what is not acknowledged, within seconds also when the other side is gone. */
  abstract close(): Promise<void>;
}
