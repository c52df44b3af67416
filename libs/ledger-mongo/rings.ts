import { isId } from '#kernel';
import type { Id } from '#kernel';
import type { mongo } from 'mongoose';
import { setTimeout } from 'node:timers/promises';
import type { EntryDocument } from './documents.js';

/** How long a server that gives no stream is left alone. Sweeps over heads see to what is not rung. */
const REOPEN_AFTER_MS = 2_000;

type Change = { readonly alliance?: unknown };

/**
 * Rings for alliances whose entries were inserted, by whatever process, for as long as the server gives a change stream.
 * Only a doorbell: what comes while it is closed is not rung, and a server without change streams never rings.
 */
export class InsertRings {
  private stream: mongo.ChangeStream<EntryDocument> | undefined;
  private isClosed = false;
  private readonly ended: Promise<void>;

  constructor(
    private readonly entries: mongo.Collection<EntryDocument>,
    private readonly ring: (alliance: Id) => void,
    private readonly lost: (error: unknown) => void,
  ) {
    this.ended = this.listen();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.stream?.close().catch(() => undefined);
    await this.ended;
  }

  private async listen(): Promise<void> {
    while (!this.isOver()) {
      try {
        await this.hear();
      } catch (error) {
        if (this.isOver()) return;
        this.lost(error);
      }
      if (!this.isOver()) await setTimeout(REOPEN_AFTER_MS, undefined, { ref: false });
    }
  }

  /** Ends with the stream. */
  private async hear(): Promise<void> {
    const pipeline = [
      { $match: { operationType: 'insert' } },
      { $project: { operationType: 1, alliance: '$fullDocument.alliance' } },
    ];
    this.stream = this.entries.watch<EntryDocument>(pipeline, { maxAwaitTimeMS: 500 });
    try {
      for await (const change of this.stream) {
        const { alliance } = change as unknown as Change;
        if (isId(alliance)) this.ring(alliance);
      }
    } finally {
      await this.stream.close().catch(() => undefined);
    }
  }

  private isOver(): boolean {
    return this.isClosed;
  }
}
