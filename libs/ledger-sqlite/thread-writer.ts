import type { Id } from '#kernel';
import type { AppendResult, LedgerRow, StoredOpening } from '#ledger';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { messageOf, SqliteFailed } from './errors.js';
import type { FailureCode } from './errors.js';
import { packed } from './packed-rows.js';
import type { PackedRows } from './packed-rows.js';

/** Texts for entries that are there without them. */
export interface OpeningsToAdd {
  readonly alliance: Id;
  readonly openings: readonly StoredOpening[];
}

/** What the writing thread says: that it is ready, what became of a batch, or why nothing is known to be stored. */
export type WriterAnswer =
  { readonly ready: true } | Done | { readonly failed: { readonly message: string; readonly code: FailureCode } };

type Done = { readonly results: readonly AppendResult[] } | { readonly added: number };

/** A thread holds a batch at a time: fresh objects need little room before they are looked through. */
const THREAD_LIMITS = { maxYoungGenerationSizeMb: 4 };

interface Pending {
  readonly resolve: (done: Done) => void;
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
    const done = await this.ask(packed(rows));
    return 'results' in done ? done.results : [];
  }

  async addOpenings(alliance: Id, openings: readonly StoredOpening[]): Promise<number> {
    const done = await this.ask({ alliance, openings });
    return 'added' in done ? done.added : 0;
  }

  private async ask(message: PackedRows | OpeningsToAdd): Promise<Done> {
    if (this.lost) throw new SqliteFailed(`the writer is gone: ${this.lost}`);
    return await new Promise((resolve, reject) => {
      this.pending = { resolve, reject };
      this.writing.postMessage(message);
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
    if ('failed' in answer) pending?.reject(new SqliteFailed(answer.failed.message, answer.failed.code));
    else if (!('ready' in answer)) pending?.resolve(answer);
  }

  /** A thread that ends by itself leaves its batch in doubt, and nothing is written any more. */
  private lose(cause: unknown): void {
    this.lost ??= messageOf(cause);
    this.pending?.reject(new SqliteFailed(`the writer ended: ${this.lost}`, 'OUTCOME_UNKNOWN'));
    this.pending = undefined;
  }
}
