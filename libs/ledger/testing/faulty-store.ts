import type { Id } from '#kernel';
import { AllianceLedger } from '../alliance-ledger.js';
import type { AppendResult, LedgerRow, LedgerStore } from '../ledger-store.js';
import { MemoryLedgerStore } from '../memory-ledger-store.js';
import type { Timing } from '../timing.js';
import { formed } from './append-loop.contract.js';
import { seededEntropy, tally } from './tally.js';
import type { Tally } from './tally.js';

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

/** A ledger on a store, as another process would have it. */
export function newLedger(store: LedgerStore, timing: Timing, maxStates?: number): AllianceLedger<Tally> {
  const options = { entropy: seededEntropy('salts'), timing, ...(maxStates !== undefined && { maxStates }) };
  return new AllianceLedger(store, tally, options);
}

interface UnderFaults {
  readonly store: FaultyLedgerStore;
  readonly timing: TestTiming;
  readonly ledger: AllianceLedger<Tally>;
  readonly alliance: Id;
}

/** A ledger with one alliance just formed, on a store that can be made to fail. */
export async function ledgerUnderFaults(): Promise<UnderFaults> {
  const store = new FaultyLedgerStore();
  const timing = new TestTiming();
  const ledger = newLedger(store, timing);
  const alliance = await formed(ledger);
  store.batches.length = 0;
  return { store, timing, ledger, alliance };
}
