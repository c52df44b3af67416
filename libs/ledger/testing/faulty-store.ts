import type { AppendResult, LedgerRow } from '../ledger-store.js';
import { MemoryLedgerStore } from '../memory-ledger-store.js';
import type { Timing } from '../timing.js';

type Append = (rows: readonly LedgerRow[]) => Promise<readonly AppendResult[]>;

/** A memory store whose next appends go another way; each fault is used once, in order. */
export class FaultyLedgerStore extends MemoryLedgerStore {
  /** Rows of every append, in order. */
  readonly batches: (readonly LedgerRow[])[] = [];
  readonly faults: ((rows: readonly LedgerRow[], append: Append) => Promise<readonly AppendResult[]>)[] = [];

  override async append(rows: readonly LedgerRow[]): Promise<readonly AppendResult[]> {
    this.batches.push(rows);
    const append: Append = (given) => super.append(given);
    const fault = this.faults.shift();
    return fault ? await fault(rows, append) : await append(rows);
  }
}

/** Time that stands still until something pauses; pauses take no time and are written down. */
export class TestTiming implements Timing {
  readonly pausesMs: number[] = [];
  private elapsedMs = 0;

  nowMs(): number {
    return this.elapsedMs;
  }

  random(): number {
    return 0.5;
  }

  async pause(ms: number): Promise<void> {
    this.pausesMs.push(ms);
    this.elapsedMs += ms;
  }
}
