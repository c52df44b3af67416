import type { Id } from '#kernel';
import type { AllianceLedger } from './alliance-ledger.js';
import { MAX_RETRIES } from './lane.js';
import { OutcomeUnknown, StoreFailed } from './ledger-store.js';
import type { LedgerRow } from './ledger-store.js';
import { closing, formed, idOf, ledgerUnderFaults, newLedger, seqOf, seqsOf } from './testing/index.js';
import type { FaultyLedgerStore, Tally, TestTiming } from './testing/index.js';

let store: FaultyLedgerStore;
let timing: TestTiming;
let ledger: AllianceLedger<Tally>;
let alliance: Id;
beforeEach(async () => {
  ({ store, timing, ledger, alliance } = await ledgerUnderFaults());
});

const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);
const command = (n: number) => closing(idOf('command', n), [idOf('partner', n)]);
const executeAll = (count: number) => Promise.all(numbers(count).map((n) => ledger.execute(alliance, command(n))));
const ledgerBeside = (maxStates?: number) => newLedger(store, timing, maxStates);

/** An append that another process is ahead of: the place is taken by an entry of its own. */
function beaten(by: AllianceLedger<Tally>, n: number): void {
  store.faults.push(async (rows, append) => {
    await by.execute(alliance, closing(idOf('winner', n), [idOf('won', n)]));
    return await append(rows);
  });
}
describe('a lost race', () => {
  it('is decided again on what the other process recorded, with all that stood behind it', async () => {
    beaten(ledgerBeside(), 0);
    expect((await executeAll(3)).map(seqOf)).toEqual([2, 3, 4]);
    expect(await seqsOf(store, alliance)).toEqual([0, 1, 2, 3, 4]);
    expect(timing.pausesMs).toHaveLength(1);
  });

  it('is refused when the other process was first with the same', async () => {
    const other = ledgerBeside();
    store.faults.push(async (rows, append) => {
      await other.execute(alliance, closing(idOf('winner'), [idOf('partner', 0)]));
      return await append(rows);
    });
    expect(await ledger.execute(alliance, command(0))).toMatchObject({ kind: 'refused', seq: 1 });
  });

  it('gives up as LOST_RACE after ten retries, and records nothing', async () => {
    store.faults.push(
      ...numbers(MAX_RETRIES + 1).map(() => async (rows: readonly LedgerRow[]) => rows.map(() => 'conflict' as const)),
    );
    await expect(ledger.execute(alliance, command(0))).rejects.toMatchObject({ code: 'LOST_RACE' });
    expect(store.batches).toHaveLength(MAX_RETRIES + 1);
    expect(Math.max(...timing.pausesMs)).toBeLessThanOrEqual(100);
    expect(seqOf(await ledger.execute(alliance, command(1)))).toBe(1);
  });

  it('that is won at the tenth retry is recorded', async () => {
    store.faults.push(
      ...numbers(MAX_RETRIES).map(() => async (rows: readonly LedgerRow[]) => rows.map(() => 'conflict' as const)),
    );
    expect(seqOf(await ledger.execute(alliance, command(0)))).toBe(1);
  });

  it('of twins in two processes gives both the one entry', async () => {
    const other = ledgerBeside();
    store.faults.push(async (rows, append) => {
      await other.execute(alliance, command(0));
      return await append(rows);
    });
    expect(await ledger.execute(alliance, command(0))).toMatchObject({ repeated: true, entry: { seq: 1 } });
    expect(await seqsOf(store, alliance)).toEqual([0, 1]);
  });
});

describe('a ledger that was replaced', () => {
  const broken = { reason: 'chain-broken', seq: 1 };

  it('is told from a lost race by the entry that the state stands on, and takes no command any more', async () => {
    await ledger.execute(alliance, command(0));
    const [first, second] = await store.read(alliance, 0, 2);
    jest.spyOn(store, 'read').mockImplementation(async (_alliance, fromSeq) => {
      const stored = [first, { ...second, hash: first?.hash }].slice(fromSeq);
      return stored as Awaited<ReturnType<typeof store.read>>;
    });
    store.faults.push(async (rows) => rows.map(() => 'conflict' as const));
    await expect(ledger.execute(alliance, command(1))).rejects.toMatchObject(broken);
    jest.restoreAllMocks();
    await expect(ledger.execute(alliance, command(2))).rejects.toMatchObject(broken);
    await expect(ledger.state(alliance)).rejects.toMatchObject(broken);
  });

  it('takes no command as soon as somebody has said so, and other alliances go on', async () => {
    const other = await formed(ledger, 'two');
    await ledger.execute(alliance, command(0));
    ledger.stop(alliance, 1);
    await expect(ledger.execute(alliance, command(1))).rejects.toMatchObject(broken);
    await expect(ledger.tick(alliance, (state) => ({ entries: [], state }))).rejects.toMatchObject(broken);
    expect(seqOf(await ledger.execute(other, command(1)))).toBe(1);
  });
});

describe('a failed flush', () => {
  it('is decided again, and leaves no hole', async () => {
    store.faults.push(() => Promise.reject(new StoreFailed('no room', 'STORAGE_FULL')));
    expect((await executeAll(3)).map(seqOf)).toEqual([1, 2, 3]);
  });

  it('that keeps failing is reported with its cause, and the next command takes the next place', async () => {
    const full = () => Promise.reject(new StoreFailed('no room', 'STORAGE_FULL'));
    store.faults.push(...numbers(MAX_RETRIES + 1).map(() => full));
    await expect(ledger.execute(alliance, command(0))).rejects.toMatchObject({ code: 'STORAGE_FULL' });
    expect(seqOf(await ledger.execute(alliance, command(1)))).toBe(1);
  });

  it('withdraws what was decided on it before that is written', async () => {
    const flushed = Promise.withResolvers<undefined>();
    store.faults.push(async () => {
      await flushed.promise;
      throw new StoreFailed('once');
    });
    const first = ledger.execute(alliance, command(0));
    for (const _ of numbers(10)) await new Promise(setImmediate);
    const behind = ledger.execute(alliance, command(1));
    for (const _ of numbers(10)) await new Promise(setImmediate);
    flushed.resolve(undefined);
    expect((await Promise.all([first, behind])).map(seqOf)).toEqual([1, 2]);
    expect(store.batches.map((rows) => rows.map(({ seq }) => seq))).toEqual([[1], [1, 2]]);
  });

  it('of a decision that throws reaches its caller alone', async () => {
    const broken = {
      commandId: idOf('broken'),
      decide: () => {
        throw new RangeError('a fault');
      },
    };
    const answers = [
      ledger.execute(alliance, command(0)),
      ledger.execute(alliance, broken),
      ledger.execute(alliance, command(1)),
    ];
    const [before, fault, after] = await Promise.allSettled(answers);
    expect(fault).toMatchObject({ status: 'rejected', reason: new RangeError('a fault') });
    expect([before, after]).toMatchObject([{ value: { entry: { seq: 1 } } }, { value: { entry: { seq: 2 } } }]);
  });
});

describe('an unknown outcome', () => {
  const lost = () => Promise.reject(new OutcomeUnknown('connection lost'));

  it('that was written is answered as recorded', async () => {
    store.faults.push(async (rows, append) => {
      await append(rows);
      return await lost();
    });
    expect((await executeAll(2)).map(seqOf)).toEqual([1, 2]);
    expect(await seqsOf(store, alliance)).toEqual([0, 1, 2]);
  });

  it('that lands late is found before the deadline', async () => {
    let late: readonly LedgerRow[] = [];
    const pause = timing.pause.bind(timing);
    timing.pause = async (ms) => {
      if (timing.pausesMs.length === 3) await store.append(late);
      await pause(ms);
    };
    store.faults.push((rows) => {
      late = rows;
      return lost();
    });
    expect(seqOf(await ledger.execute(alliance, command(0)))).toBe(1);
  });

  it('that stays unknown is OUTCOME_UNKNOWN; a repeat settles it', async () => {
    store.faults.push(lost);
    await expect(ledger.execute(alliance, command(0))).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    expect(timing.nowMs()).toBeGreaterThanOrEqual(5_000);
    expect(await ledger.execute(alliance, command(0))).toMatchObject({ repeated: false, entry: { seq: 1 } });
  });

  it('whose place another entry took is decided again', async () => {
    const other = ledgerBeside();
    store.faults.push(async () => {
      await other.execute(alliance, command(7));
      return await lost();
    });
    expect((await executeAll(2)).map(seqOf)).toEqual([2, 3]);
    expect(timing.nowMs()).toBeLessThan(500);
  });

  it('that lands after the deadline is found by the repeat, once', async () => {
    let late: readonly LedgerRow[] = [];
    store.faults.push((rows) => {
      late = rows;
      return lost();
    });
    await expect(ledger.execute(alliance, command(0))).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    await store.append(late);
    expect(await ledger.execute(alliance, command(0))).toMatchObject({ repeated: true, entry: { seq: 1 } });
    expect(await seqsOf(store, alliance)).toEqual([0, 1]);
  });
});
