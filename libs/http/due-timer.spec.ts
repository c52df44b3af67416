import { EMPTY_STATE, foldEntry, perform } from '#engine';
import type { State } from '#engine';
import { hashedId } from '#kernel';
import type { Id, Instant } from '#kernel';
import { AllianceLedger, MemoryLedgerStore } from '#ledger';
import { makeLog } from '#platform';
import { Clock } from './clock.js';
import { DueTimer } from './due-timer.js';
import { MachineRandomness } from './randomness.js';

class HandClock extends Clock {
  constructor(public at: Instant) {
    super();
  }
  now(): Instant {
    return this.at;
  }
}

describe('the due timer', () => {
  const entropy = new MachineRandomness();
  const store = new MemoryLedgerStore();
  const clock = new HandClock('2026-03-02T09:00:00.000Z');
  const ledger = new AllianceLedger<State>(store, { initial: EMPTY_STATE, foldEntry }, { entropy });
  const log = makeLog('error', (line) => {
    throw new Error(line);
  });
  const timerOf = () => new DueTimer({ ledger, store, clock, entropy, log });

  async function form(): Promise<Id> {
    const facilitator = { validFrom: '2026-03-02', validTo: '2026-06-30', sealed: {} };
    const args = { timeZone: 'Europe/Paris', locale: 'fr', facilitator, sealed: {} } as const;
    const command = { id: entropy.id(), name: 'FormAlliance', args } as const;
    const actor = { kind: 'account', person: hashedId('person') } as const;
    const decide = (state: State) => perform(state, { command, actorOf: () => actor }, clock.now(), entropy);
    const answer = await ledger.execute(undefined, { commandId: command.id, decide });
    if (answer.kind !== 'recorded') throw new Error(answer.refusal.refused);
    return answer.entry.alliance;
  }

  const seqOf = async (alliance: Id) => (await store.head(alliance))?.seq;

  test('records what is due once its instant has come, and nothing before or twice', async () => {
    const alliance = await form();
    const timer = timerOf();
    timer.note((await ledger.state(alliance)) ?? EMPTY_STATE);
    // The term ends at midnight after its last day, in Paris.
    clock.at = '2026-06-30T21:59:59.999Z';
    await timer.runDue();
    expect(await seqOf(alliance)).toBe(0);
    clock.at = '2026-06-30T22:00:00.000Z';
    await timer.runDue();
    await timer.runDue();
    expect(await seqOf(alliance)).toBe(1);
    const [entry] = await store.read(alliance, 1, 1);
    expect(JSON.parse(entry?.body ?? '{}')).toMatchObject({ actor: { kind: 'system' }, command: { name: 'Tick' } });
    await timer.stop();
  });

  test('learns at its start what is due in ledgers that nobody has touched since', async () => {
    clock.at = '2026-07-02T09:00:00.000Z';
    const store2 = new MemoryLedgerStore();
    const ledger2 = new AllianceLedger<State>(store2, { initial: EMPTY_STATE, foldEntry }, { entropy });
    const facilitator = { validFrom: '2026-07-02', validTo: '2026-07-31', sealed: {} };
    const args = { timeZone: 'UTC', locale: 'fr', facilitator, sealed: {} } as const;
    const command = { id: entropy.id(), name: 'FormAlliance', args } as const;
    const actor = { kind: 'account', person: hashedId('person') } as const;
    const formed = await ledger2.execute(undefined, {
      commandId: command.id,
      decide: (state) => perform(state, { command, actorOf: () => actor }, clock.now(), entropy),
    });
    if (formed.kind !== 'recorded') throw new Error('refused');
    clock.at = '2026-08-02T00:00:00.000Z';
    const timer = new DueTimer({ ledger: ledger2, store: store2, clock, entropy, log });
    timer.start();
    await timer.runDue();
    expect((await store2.head(formed.entry.alliance))?.seq).toBe(1);
    await timer.stop();
  });

  test('learns what other processes have made due', async () => {
    clock.at = '2026-03-02T09:00:00.000Z';
    const alliance = await form();
    const replica = new AllianceLedger<State>(store, { initial: EMPTY_STATE, foldEntry }, { entropy });
    const timer = new DueTimer({ ledger: replica, store, clock, entropy, log, isShared: true });
    await timer.learn();
    const later = await form();
    clock.at = '2026-07-01T00:00:00.000Z';
    await timer.runDue();
    expect([await seqOf(alliance), await seqOf(later)]).toEqual([1, 0]);
    await timer.learn();
    await timer.runDue();
    expect(await seqOf(later)).toBe(1);
    await timer.stop();
  });

  test('two timers at once record one entry', async () => {
    clock.at = '2026-03-02T09:00:00.000Z';
    const alliance = await form();
    const timers = [1, 2].map(() => {
      const replica = new AllianceLedger<State>(store, { initial: EMPTY_STATE, foldEntry }, { entropy });
      return new DueTimer({ ledger: replica, store, clock, entropy, log, isShared: true });
    });
    await Promise.all(timers.map((timer) => timer.learn()));
    clock.at = '2026-07-01T00:00:00.000Z';
    await Promise.all(timers.map((timer) => timer.runDue()));
    expect(await seqOf(alliance)).toBe(1);
    await Promise.all(timers.map((timer) => timer.stop()));
  });
});
