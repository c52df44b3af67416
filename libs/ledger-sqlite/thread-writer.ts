import type { AppendResult, LedgerRow } from '#ledger';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { messageOf, SqliteFailed } from './errors.js';
import type { FailureCode } from './errors.js';
import { packed } from './packed-rows.js';

/** What the writing thread says: that it is ready, what became of a batch, or why nothing is known to be stored. */
export type WriterAnswer =
  | { readonly ready: true }
  | { readonly results: AppendResult[] }
  | { readonly failed: { readonly message: string; readonly code: FailureCode } };

/** A thread holds a batch at a time: fresh objects need little room before they are looked through. */
const THREAD_LIMITS = { maxYoungGenerationSizeMb: 4 };

interface Pending {
  readonly resolve: (results: readonly AppendResult[]) => void;
  readonly reject: (error: Error) => void;
}

/** The writer in a thread of its own, with a second one for checkpoints, so that no flush holds up who asks. */
export class ThreadWriter {
  private pending: Pending | undefined;
  private lost: string | undefined;

  private constructor(
    private readonly writing: Worker,
    private readonly checkpoints: Worker,
  ) {
    writing.on('message', (answer: WriterAnswer) => {
      this.answered(answer);
    });
    for (const thread of [writing, checkpoints]) {
      thread.on('error', (error: unknown) => {
        this.lose(error);
      });
      thread.on('exit', () => {
        this.lose('thread ended');
      });
    }
  }

  /**
   * Resolves once the connection is open and its promises are asserted. `execArgv` tells the threads how to load
   * sources that are not built, in tests.
   */
  static async start(file: string, execArgv?: readonly string[]): Promise<ThreadWriter> {
    const options = { workerData: file, resourceLimits: THREAD_LIMITS, ...(execArgv && { execArgv: [...execArgv] }) };
    const writing = new Worker(new URL('./writer-thread.js', import.meta.url), options);
    try {
      await once(writing, 'message');
    } catch (error) {
      throw new SqliteFailed(`open ${file}: ${messageOf(error)}`);
    }
    return new ThreadWriter(writing, new Worker(new URL('./checkpoint-thread.js', import.meta.url), options));
  }

  async append(rows: readonly LedgerRow[]): Promise<readonly AppendResult[]> {
    if (this.lost) throw new SqliteFailed(`the writer is gone: ${this.lost}`);
    return await new Promise((resolve, reject) => {
      this.pending = { resolve, reject };
      this.writing.postMessage(packed(rows));
    });
  }

  async close(): Promise<void> {
    if (this.lost) return;
    this.lost = 'closed';
    const ended = [this.checkpoints, this.writing].map((thread) => once(thread, 'exit'));
    this.checkpoints.postMessage(undefined);
    this.writing.postMessage(undefined);
    await Promise.all(ended);
  }

  private answered(answer: WriterAnswer): void {
    const pending = this.pending;
    this.pending = undefined;
    if ('results' in answer) pending?.resolve(answer.results);
    else if ('failed' in answer) pending?.reject(new SqliteFailed(answer.failed.message, answer.failed.code));
  }

  /** A thread that ends by itself leaves its batch in doubt, and nothing is written any more. */
  private lose(cause: unknown): void {
    this.lost ??= messageOf(cause);
    this.pending?.reject(new SqliteFailed(`the writer ended: ${this.lost}`, 'OUTCOME_UNKNOWN'));
    this.pending = undefined;
  }
}
