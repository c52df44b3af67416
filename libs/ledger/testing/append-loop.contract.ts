import type { Id } from '#kernel';
import { AllianceLedger } from '../alliance-ledger.js';
import type { LedgerStore } from '../ledger-store.js';
import { readLedger } from '../reader.js';
import type { Answer } from '../request.js';
import type { StoreUnderTest } from './store-under-test.js';
import { closing, forming, idOf, seededEntropy, tally } from './tally.js';
import type { Tally } from './tally.js';

const WRITERS = 32;
const COMMANDS = process.env['DEEP'] === '1' ? 32_000 : 1_000;
const OTHER_COMMITS = 10_000;

export function ledgerOn(store: LedgerStore): AllianceLedger<Tally> {
  return new AllianceLedger(store, tally, { entropy: seededEntropy('salts') });
}

export async function formed(ledger: AllianceLedger<Tally>, seed = 'one'): Promise<Id> {
  const answer = await ledger.execute(undefined, forming(seed));
  if (answer.kind !== 'recorded') throw new Error(answer.refusal.refused);
  return answer.entry.alliance;
}

export function seqOf(answer: Answer): number {
  return answer.kind === 'recorded' ? answer.entry.seq : -1;
}

export async function seqsOf(store: LedgerStore, alliance: Id): Promise<number[]> {
  const seqs: number[] = [];
  for await (const entry of readLedger(store, alliance)) seqs.push(entry.seq);
  return seqs;
}

/** The append loop on a store: what holds whatever the store is. */
export function appendLoopContract(opened: () => StoreUnderTest): void {
  const store = () => opened().store;
  const partner = idOf('partner');
  const command = idOf('command');

  it('of two writers that form one alliance at once, one wins and the other is refused', async () => {
    const commands = ['x', 'y'].map((key) => forming('same', idOf(key)));
    const answers = await Promise.all(commands.map((request) => ledgerOn(store()).execute(undefined, request)));
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['recorded', 'refused']);
    const loser = answers.find(({ kind }) => kind === 'refused');
    expect(loser).toMatchObject({ refusal: { refused: 'ALLIANCE_EXISTS' }, seq: 0 });
  });

  it('writers of four processes on one alliance: no gap, none lost', async () => {
    const alliance = await formed(ledgerOn(store()));
    const processes = [1, 2, 3, 4].map(() => ledgerOn(store()));
    const each = Math.ceil(COMMANDS / WRITERS);
    const recorded: number[] = [];
    const writer = async (_: unknown, w: number) => {
      for (let n = 0; n < each; n++) {
        const request = closing(idOf('command', w, n), [idOf('partner', w, n)]);
        // A process that was never first repeats under the same key, as its client would.
        for (let asked = 0; asked < 100; asked++) {
          const answer = await processes[w % 4]?.execute(alliance, request).catch(() => undefined);
          if (answer) recorded.push(seqOf(answer));
          if (answer) break;
        }
      }
    };
    await Promise.all(Array.from({ length: WRITERS }, writer));
    const gapless = Array.from({ length: each * WRITERS }, (_, index) => index + 1);
    expect(recorded.sort((a, b) => a - b)).toEqual(gapless);
    expect(await seqsOf(store(), alliance)).toEqual([0, ...gapless]);
  }, 120_000);

  it('a repeat gets the first answer, though by now it would be refused', async () => {
    const ledger = ledgerOn(store());
    const alliance = await formed(ledger);
    const first = await ledger.execute(alliance, closing(command, [partner]));
    const again = await ledger.execute(alliance, closing(command, [partner]));
    expect(again).toMatchObject({ kind: 'recorded', repeated: true });
    expect(seqOf(again)).toBe(seqOf(first));
    const other = await ledger.execute(alliance, closing(idOf('other'), [partner]));
    expect(other).toMatchObject({ kind: 'refused', refusal: { refused: 'ALREADY_WITHDRAWN' } });
  });

  it('the same command id for another command is COMMAND_ID_REUSED and records nothing', async () => {
    const ledger = ledgerOn(store());
    const alliance = await formed(ledger);
    await ledger.execute(alliance, closing(command, [partner]));
    const reused = ledger.execute(alliance, closing(command, [idOf('another')], { text: 'other' }));
    await expect(reused).rejects.toMatchObject({ code: 'COMMAND_ID_REUSED' });
    expect(await seqsOf(store(), alliance)).toEqual([0, 1]);
  });

  it('twins make one entry and both get it, in one process and in two', async () => {
    const ledgers = [ledgerOn(store()), ledgerOn(store())] as const;
    const alliance = await formed(ledgers[0]);
    const twins = [0, 0, 0, 1, 1, 1].map((n) => ledgers[n as 0 | 1].execute(alliance, closing(command, [partner])));
    expect((await Promise.all(twins)).map(seqOf)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(await seqsOf(store(), alliance)).toEqual([0, 1]);
  });

  it('a repeat gets the first answer after 10,000 other commits and a restart', async () => {
    const ledger = ledgerOn(store());
    const alliance = await formed(ledger);
    const first = await ledger.execute(alliance, closing(command, [partner]));
    const others = Array.from({ length: OTHER_COMMITS }, (_, n) => closing(idOf('other', n), [idOf('p', n)]));
    await Promise.all(others.map((request) => ledger.execute(alliance, request)));
    const restarted = ledgerOn(await opened().reopen());
    const again = await restarted.execute(alliance, closing(command, [partner]));
    expect(again).toMatchObject({ kind: 'recorded', repeated: true });
    expect(seqOf(again)).toBe(seqOf(first));
    const reused = restarted.execute(alliance, closing(command, [partner], { text: 'other' }));
    await expect(reused).rejects.toMatchObject({ code: 'COMMAND_ID_REUSED' });
  }, 120_000);

  it('another process sees what was recorded, and decides on it', async () => {
    const [one, two] = [ledgerOn(store()), ledgerOn(store())];
    const alliance = await formed(one);
    expect((await two.state(alliance))?.head.seq).toBe(0);
    await one.execute(alliance, closing(command, [partner]));
    expect((await two.state(alliance))?.closed.has(partner)).toBe(true);
    expect(seqOf(await two.execute(alliance, closing(idOf('next'), [idOf('next partner')])))).toBe(2);
    expect(seqOf(await one.execute(alliance, closing(idOf('third'), [idOf('third partner')])))).toBe(3);
  });

  it('a refusal is decided on all that other processes had recorded before it was asked for', async () => {
    const [one, two] = [ledgerOn(store()), ledgerOn(store())];
    const alliance = await formed(one);
    await two.execute(alliance, closing(command, [partner]));
    for (const n of [1, 2]) await one.execute(alliance, closing(idOf('next', n), [idOf('p', n)]));
    expect(await two.execute(alliance, closing(idOf('again'), [partner]))).toMatchObject({ kind: 'refused', seq: 3 });
    const lastOfOne = closing(idOf('again too'), [idOf('p', 2)]);
    expect(await two.execute(alliance, lastOfOne)).toMatchObject({ refusal: { refused: 'ALREADY_WITHDRAWN' }, seq: 3 });
  });

  it('sealed texts are kept beside the entry and not in it', async () => {
    const ledger = ledgerOn(store());
    const alliance = await formed(ledger);
    await ledger.execute(alliance, closing(command, [partner], { reason: 'SECRET' }));
    expect((await store().opening(alliance, 1, 0, 'reason'))?.payload).toBe('"SECRET"');
    expect((await store().findCommand(alliance, command))?.body).not.toContain('SECRET');
  });

  it('an alliance that is not there is NOT_FOUND and gets no entry', async () => {
    const ledger = ledgerOn(store());
    const answer = await ledger.execute(idOf('nobody'), closing(command, [partner]));
    expect(answer).toMatchObject({ kind: 'refused', refusal: { refused: 'NOT_FOUND' } });
    expect(await ledger.state(idOf('nobody'))).toBeUndefined();
    expect(await store().alliances(undefined, 10)).toEqual([]);
  });
}
