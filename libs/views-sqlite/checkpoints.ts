import type { DatabaseSync } from 'node:sqlite';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Pages of the write-ahead log above which a commit works it off itself: beside the thread, or without one. */
const PAGES_BESIDE_THREAD = 16_384;
const PAGES_ALONE = 1_000;
const THREAD_LIMITS = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 };

/** A thread that works off the write-ahead log of a file. When it is lost, commits do it themselves again. */
export class CheckpointThread {
  private constructor(private readonly thread: Worker) {}

  static beside(database: DatabaseSync, file: string): CheckpointThread {
    const url = new URL('./checkpoint-thread.js', import.meta.url);
    const thread = new Worker(url, { workerData: file, resourceLimits: THREAD_LIMITS });
    database.exec(`PRAGMA wal_autocheckpoint = ${String(PAGES_BESIDE_THREAD)}`);
    thread.on('error', () => {
      if (database.isOpen) database.exec(`PRAGMA wal_autocheckpoint = ${String(PAGES_ALONE)}`);
    });
    return new CheckpointThread(thread);
  }

  async close(): Promise<void> {
    if (this.thread.threadId < 0) return;
    const ended = once(this.thread, 'exit');
    this.thread.postMessage(undefined);
    await ended;
  }
}
