import type { Id } from '#kernel';
import { AllianceLedger } from './alliance-ledger.js';
import type { Entry } from './entry.js';
import { MAX_BATCH_ROWS } from './group-commit.js';
import { MAX_RETRIES } from './lane.js';
import { OutcomeUnknown, StoreFailed } from './ledger-store.js';
import type { LedgerRow } from './ledger-store.js';
import {
  closing,
  dueClosing,
  FaultyLedgerStore,
  formed,
  forming,
  idOf,
  seededEntropy,
  seqOf,
} from './testing/index.js';
import { seqsOf, tally, TestTiming } from './testing/index.js';
import type { Tally } from './testing/index.js';

let store: FaultyLedgerStore;
let timing: TestTiming;
let ledger: AllianceLedger<Tally>;
let alliance: Id;

function ledgerBeside(maxStates?: number): AllianceLedger<Tally> {
  const options = { entropy: seededEntropy('salts'), timing, ...(maxStates !== undefined && { maxStates }) };
  return new AllianceLedger(store, tally, options);
}

beforeEach(async () => {
  store = new FaultyLedgerStore();
  timing = new TestTiming();
  ledger = ledgerBeside();
  alliance = await formed(ledger);
  store.batches.length = 0;
});

const command = (n: number) => closing(idOf('command', n), [idOf('partner', n)]);
const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);
const executeAll = (count: number) => Promise.all(numbers(count).map((n) => ledger.execute(alliance, command(n))));

/** An append that another process is ahead of: the place is taken by an entry of its own. */
function beaten(by: AllianceLedger<Tally>, n: number): void {
  store.faults.push(async (rows, append) => {
    await by.execute(alliance, closing(idOf('winner', n), [idOf('won', n)]));
    return await append(rows);
  });
}

describe('group commit', () => {
  it('writes what arrives together in one flush, several entries of one alliance included', async () => {
    const other = await formed(ledger, 'two');
    store.batches.length = 0;
    const commands = [alliance, other, alliance].map((id, n) => ledger.execute(id, command(n)));
    expect((await Promise.all(commands)).map(seqOf)).toEqual([1, 1, 2]);
    expect(store.batches.map((rows) => rows.map(({ seq }) => seq))).toEqual([[1, 1, 2]]);
  });

  it('holds a flush to its maximum', async () => {
    const flushed = Promise.withResolvers<undefined>();
    store.faults.push(async (rows, append) => {
      await flushed.promise;
      return await append(rows);
    });
    const answers = executeAll(MAX_BATCH_ROWS + 20);
    for (const _ of numbers(10)) await new Promise(setImmediate);
    flushed.resolve(undefined);
    await answers;
    const [first = 0, ...rest] = store.batches.map((rows) => rows.length);
    expect(rest).toEqual([MAX_BATCH_ROWS, 20 - first].filter((rows) => rows > 0));
  });

  it('writes one half of a lasting load while the other half is decided', async () => {
    const writers = numbers(64).map(async (w) => {
      for (const n of numbers(10)) await ledger.execute(alliance, command(100 * w + n));
    });
    await Promise.all(writers);
    expect(store.batches.length).toBeGreaterThan(10);
    expect(store.batches.length).toBeLessThan(60);
  });

  it('has one flush at a time, and answers nothing before it', async () => {
    const flushed = Promise.withResolvers<undefined>();
    store.faults.push(async (rows, append) => {
      await flushed.promise;
      return await append(rows);
    });
    let answered = 0;
    const first = executeAll(2).then(() => (answered += 1));
    for (const _ of numbers(10)) await new Promise(setImmediate);
    const behind = ledger.execute(alliance, command(9)).then(() => (answered += 1));
    const refused = ledger.execute(alliance, closing(idOf('again'), [idOf('partner', 9)])).then(() => (answered += 1));
    for (const _ of numbers(10)) await new Promise(setImmediate);
    expect([answered, store.batches.length]).toEqual([0, 1]);
    flushed.resolve(undefined);
    await Promise.all([first, behind, refused]);
    expect(store.batches.map((rows) => rows.length)).toEqual([2, 1]);
  });
});

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

describe('what is due', () => {
  it('is recorded before a command that is refused, and flushed before the refusal is answered', async () => {
    const refused = closing(idOf('late'), [idOf('expired')]);
    const decide = (state: Tally) => {
      const due = dueClosing(idOf('expired'))(state);
      return { ...refused.decide(due.state), entries: due.entries };
    };
    const answer = await ledger.execute(alliance, { ...refused, decide });
    expect(answer).toMatchObject({ kind: 'refused', refusal: { refused: 'ALREADY_WITHDRAWN' }, seq: 1 });
    expect(await seqsOf(store, alliance)).toEqual([0, 1]);
  });

  it('is recorded by a tick, which writes nothing when nothing is due', async () => {
    expect((await ledger.tick(alliance, dueClosing(idOf('expired')))).map(({ seq }) => seq)).toEqual([1]);
    expect(await ledger.tick(alliance, (state) => ({ entries: [], state }))).toEqual([]);
    expect(await ledger.tick(idOf('nobody'), dueClosing(idOf('expired')))).toEqual([]);
    expect(store.batches).toHaveLength(1);
  });
});

describe('a repeat', () => {
  it('gets the first answer when the fingerprint was erased', async () => {
    const { commandId, decide } = command(0);
    await ledger.execute(alliance, { commandId, decide });
    const other = closing(commandId, [idOf('another')], { text: 'another' });
    expect(await ledger.execute(alliance, other)).toMatchObject({ repeated: true, entry: { seq: 1 } });
  });

  it('of a refused command is decided anew', async () => {
    await ledger.execute(alliance, command(0));
    const again = { ...command(0), commandId: idOf('other') };
    expect((await ledger.execute(alliance, again)).kind).toBe('refused');
    expect((await ledger.execute(alliance, { ...again, decide: command(1).decide })).kind).toBe('recorded');
  });

  it('keeps a fingerprint that is not the same for two commands with the same arguments', async () => {
    const [one, two] = await Promise.all(
      [1, 2].map((n) => ledger.execute(alliance, closing(idOf(n), [idOf('p', n)], { text: 'same' }))),
    );
    if (one?.kind !== 'recorded' || two?.kind !== 'recorded') throw new Error('recorded');
    const macs = await Promise.all([one, two].map(({ entry }) => store.findCommand(alliance, entry.commandId)));
    expect(macs[0]?.fingerprint?.mac).not.toBe(macs[1]?.fingerprint?.mac);
  });
});

describe('the doorbell', () => {
  it('rings with what was flushed, in order, until it is taken down', async () => {
    const rung: number[] = [];
    const stop = ledger.onAppended((entries: readonly Entry[]) => rung.push(...entries.map(({ seq }) => seq)));
    await executeAll(3);
    await ledger.tick(alliance, dueClosing(idOf('expired')));
    stop();
    await ledger.execute(alliance, command(9));
    expect(rung).toEqual([1, 2, 3, 4]);
  });
});

describe('states in memory', () => {
  it.each([
    [4, []],
    [2, [0, 0, 0, 0]],
  ])('with room for %i, four alliances in turn are read anew %j', async (maxStates, readAnew) => {
    const ledgers = ledgerBeside(maxStates);
    const ids: Id[] = [];
    for (const seed of ['a', 'b', 'c', 'd']) ids.push(await formed(ledgers, seed));
    const read = jest.spyOn(store, 'read');
    for (const id of ids) expect(seqOf(await ledgers.execute(id, command(1)))).toBe(1);
    expect(read.mock.calls.map(([, fromSeq]) => fromSeq)).toEqual(readAnew);
  });

  it('are not made for alliances that are not there', async () => {
    const ledgers = ledgerBeside(1);
    await ledgers.state(alliance);
    const read = jest.spyOn(store, 'read');
    for (const n of numbers(3)) expect(await ledgers.state(idOf('nobody', n))).toBeUndefined();
    await ledgers.state(alliance);
    expect(read.mock.calls.filter(([id]) => id === alliance)).toHaveLength(1);
  });
});

it('once closing, a ledger takes nothing new and ends what is under way', async () => {
  const running = executeAll(3);
  await new Promise(setImmediate);
  await ledger.close();
  expect((await running).map(seqOf)).toEqual([1, 2, 3]);
  await expect(ledger.execute(alliance, command(9))).rejects.toMatchObject({ code: 'NOT_READY' });
  await expect(ledger.execute(undefined, forming('new'))).rejects.toMatchObject({ code: 'NOT_READY' });
});
