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

/** The writer in a thread of its own, which works the write-ahead log off too: the event loop waits for neither. */
export class ThreadWriter {
  private readonly thread: Worker;
  private readonly pending: Pending[] = [];
  private lost: string | undefined;

  /** `execArgv` tells the thread how to load sources that are not built, in tests. */
  constructor(file: string, execArgv: readonly string[] | undefined) {
    const options = { workerData: file, resourceLimits: THREAD_LIMITS, ...(execArgv && { execArgv: [...execArgv] }) };
    this.thread = new Worker(new URL('./writer-thread.js', import.meta.url), options);
    this.thread.on('message', (reply: WriterReply) => {
      this.pending.shift()?.resolve(reply);
    });
    this.thread.on('error', (error: unknown) => {
      this.lose(messageOf(error));
    });
    this.thread.on('exit', () => {
      this.lose('thread ended');
    });
  }

  write(changes: readonly StoredChange[]): Promise<WriterReply> {
    return this.order({ changes });
  }

  async mark(mark: Mark): Promise<void> {
    const [written] = await this.order(mark);
    if (written !== true) throw new Error(String(written));
  }

  async close(): Promise<void> {
    if (this.lost !== undefined) return;
    const ended = once(this.thread, 'exit');
    this.thread.postMessage(undefined);
    await ended;
  }

  private order(order: WriterOrder): Promise<WriterReply> {
    return new Promise((resolve, reject) => {
      if (this.lost !== undefined) {
        reject(new Error(`the writer of the views is gone: ${this.lost}`));
        return;
      }
      this.pending.push({ resolve, reject });
      this.thread.postMessage(order);
    });
  }

  /** What was under way is in doubt: the checkpoints tell, and the projector looks at them again. */
  private lose(cause: string): void {
    this.lost ??= cause;
    for (const { reject } of this.pending.splice(0)) reject(new Error(`the writer of the views ended: ${cause}`));
  }
}
