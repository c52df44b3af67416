import type { Id } from '#kernel';
import type { AllianceLedger } from './alliance-ledger.js';
import type { Entry } from './entry.js';
import { MAX_BATCH_ROWS } from './group-commit.js';
import { MAX_RECENT_COMMANDS, RecentCommands } from './recent-commands.js';
import type { Request } from './request.js';
import {
  closing,
  dueClosing,
  formed,
  forming,
  idOf,
  ledgerUnderFaults,
  newLedger,
  seqOf,
  seqsOf,
} from './testing/index.js';
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

/** A command that no state refuses: only its id tells that it was recorded before. */
function alwaysAccepted(commandId: Id): Request<Tally> {
  return { commandId, decide: (state) => closing(commandId, [idOf('partner', state.head.seq)]).decide(state) };
}

describe('a repeat that would be accepted again', () => {
  it('is answered without a write, so that it holds up nobody', async () => {
    await ledger.execute(alliance, alwaysAccepted(idOf('same')));
    expect(await ledger.execute(alliance, alwaysAccepted(idOf('same')))).toMatchObject({
      repeated: true,
      entry: { seq: 1 },
    });
    expect(store.batches.flat()).toHaveLength(1);
  });

  it('waits for its twin in the same process, and writes nothing', async () => {
    const twins = numbers(20).map(() => ledger.execute(alliance, alwaysAccepted(idOf('same'))));
    expect((await Promise.all(twins)).map(seqOf)).toEqual(numbers(20).map(() => 1));
    expect(store.batches.flat()).toHaveLength(1);
  });

  it('of another process is found when the race is lost', async () => {
    const other = ledgerBeside();
    store.faults.push(async (rows, append) => {
      await other.execute(alliance, alwaysAccepted(idOf('same')));
      return await append(rows);
    });
    expect(await ledger.execute(alliance, alwaysAccepted(idOf('same')))).toMatchObject({
      repeated: true,
      entry: { seq: 1 },
    });
    expect(await seqsOf(store, alliance)).toEqual([0, 1]);
  });
});

describe('a repeat that is no longer remembered', () => {
  const restarted = () => ledgerBeside();

  it('gets the first answer from the store, whatever it is decided together with', async () => {
    await executeAll(3);
    const again = restarted();
    const answers = await Promise.all([
      again.execute(alliance, alwaysAccepted(idOf('before'))),
      again.execute(alliance, { ...alwaysAccepted(idOf('command', 1)), fingerprint: command(1).fingerprint }),
      again.execute(alliance, alwaysAccepted(idOf('behind'))),
      again.execute(alliance, command(2)),
    ]);
    expect(answers.map(seqOf)).toEqual([4, 2, 5, 3]);
    expect(await seqsOf(store, alliance)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('is COMMAND_ID_REUSED for another command, accepted or refused', async () => {
    await executeAll(2);
    const another = { ...alwaysAccepted(idOf('command', 0)), fingerprint: { text: 'another' } };
    await expect(restarted().execute(alliance, another)).rejects.toMatchObject({ code: 'COMMAND_ID_REUSED' });
    const refused = { ...command(1), commandId: idOf('command', 0) };
    await expect(restarted().execute(alliance, refused)).rejects.toMatchObject({ code: 'COMMAND_ID_REUSED' });
    expect(await seqsOf(store, alliance)).toEqual([0, 1, 2]);
  });

  it('leaves what became due before it recorded', async () => {
    await executeAll(1);
    const decide = (state: Tally) => {
      const due = dueClosing(idOf('expired'))(state);
      const decided = alwaysAccepted(idOf('command', 0)).decide(due.state);
      return { ...decided, entries: [...due.entries, ...decided.entries] };
    };
    const answer = await restarted().execute(alliance, { commandId: idOf('command', 0), decide });
    expect(answer).toMatchObject({ repeated: true, entry: { seq: 1 } });
    expect(await seqsOf(store, alliance)).toEqual([0, 1, 2]);
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

it('a command that is new is not looked up', async () => {
  const find = jest.spyOn(store, 'findCommand');
  await executeAll(3);
  expect(find).not.toHaveBeenCalled();
});

it('the memory of command ids forgets the oldest', () => {
  const recent = new RecentCommands();
  for (const n of numbers(MAX_RECENT_COMMANDS + 1)) recent.add(idOf(n));
  expect([0, 1, MAX_RECENT_COMMANDS].map((n) => recent.has(idOf(n)))).toEqual([false, false, true]);
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

  it('make no room for alliances that are not there', async () => {
    const ledgers = ledgerBeside(2);
    await ledgers.state(alliance);
    const read = jest.spyOn(store, 'read');
    for (const n of numbers(3)) expect(await ledgers.state(idOf('nobody', n))).toBeUndefined();
    await ledgers.state(alliance);
    expect(read.mock.calls.filter(([id]) => id === alliance)).toEqual([[alliance, 1, expect.anything()]]);
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
