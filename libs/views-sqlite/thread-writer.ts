import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { messageOf } from './view-writer.js';
import type { Mark, StoredChange, Written } from './view-writer.js';

/** What the writing thread is told, and what it replies, in the same order. */
export type WriterOrder = { readonly changes: readonly StoredChange[] } | Mark;
export type WriterReply = readonly Written[];

/** A thread holds little at a time: fresh objects need little room before they are looked through. */
const THREAD_LIMITS = { maxYoungGenerationSizeMb: 2 };

interface Pending {
  readonly resolve: (reply: WriterReply) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The writer in a thread of its own, which works the write-ahead log off too: the event loop waits for neither. A
 * thread that is lost is followed by another at the next order.
 */
export class ThreadWriter {
  private thread: Worker | undefined;
  private pending: Pending[] = [];
  private isClosed = false;

  /** `execArgv` tells the thread how to load sources that are not built, in tests. */
  constructor(
    private readonly file: string,
    private readonly execArgv: readonly string[] | undefined,
  ) {
    this.thread = this.start();
  }

  write(changes: readonly StoredChange[]): Promise<WriterReply> {
    return this.order({ changes });
  }

  async mark(mark: Mark): Promise<void> {
    const [written] = await this.order(mark);
    if (written !== true) throw new Error(String(written));
  }

  async close(): Promise<void> {
    this.isClosed = true;
    if (!this.thread) return;
    const ended = once(this.thread, 'exit');
    this.thread.postMessage(undefined);
    await ended;
  }

  private order(order: WriterOrder): Promise<WriterReply> {
    return new Promise((resolve, reject) => {
      if (this.isClosed) {
        reject(new Error('the views are closed'));
        return;
      }
      this.thread ??= this.start();
      this.pending.push({ resolve, reject });
      this.thread.postMessage(order);
    });
  }

  private start(): Worker {
    const { file: workerData, execArgv } = this;
    const options = { workerData, resourceLimits: THREAD_LIMITS, ...(execArgv && { execArgv: [...execArgv] }) };
    const thread = new Worker(new URL('./writer-thread.js', import.meta.url), options);
    thread.on('message', (reply: WriterReply) => {
      this.pending.shift()?.resolve(reply);
    });
    thread.on('error', (error: unknown) => {
      this.lose(thread, messageOf(error));
    });
    thread.on('exit', () => {
      this.lose(thread, 'thread ended');
    });
    return thread;
  }

  /** What was under way is in doubt: the checkpoints tell, and the projector looks at them again. */
  private lose(thread: Worker, cause: string): void {
    if (this.thread !== thread) return;
    this.thread = undefined;
    const lost = this.pending;
    this.pending = [];
    for (const { reject } of lost) reject(new Error(`the writer of the views ended: ${cause}`));
  }
}
