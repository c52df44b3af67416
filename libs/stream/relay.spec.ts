import type { Id } from '#kernel';
import type { Entry } from '#ledger';
import { ManualTimer, NewerLedger } from '#views/testing';
import { setImmediate } from 'node:timers/promises';
import { MemoryCursorStore } from './cursor-store.js';
import { MAX_BATCH_BYTES, MAX_BATCH_ENTRIES, Relay } from './relay.js';
import { formAlliances, grow, growByLargest } from './testing/index.js';

describe('the relay', () => {
  let ledger: NewerLedger;
  let cursors: MemoryCursorStore;
  let published: (readonly Entry[])[];
  let failed: [Id, string][];
  let timer: ManualTimer;
  let publish: (entries: readonly Entry[]) => Promise<void>;
  beforeEach(() => {
    ledger = new NewerLedger();
    cursors = new MemoryCursorStore();
    published = [];
    failed = [];
    timer = new ManualTimer();
    publish = async (entries) => void published.push(entries);
  });

  const relayOf = () =>
    new Relay({
      source: ledger,
      delivery: { publish: (entries) => publish(entries) },
      cursors,
      timer,
      watch: { failed: (alliance, error) => failed.push([alliance, String(error)]) },
    });
  /** The sweep that the timer began is done, and what it rang for. */
  const ticked = async (relay: Relay) => {
    await setImmediate();
    await relay.idle();
  };
  const seqs = () => published.flat().map(({ seq }) => seq);
  const cursorOf = async (alliance: Id) => (await cursors.read([alliance])).get(alliance);

  it('moves the cursor after the acknowledgement and not before', async () => {
    const [alliance] = formAlliances(ledger, 1, 3) as [Id];
    let acknowledge: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      publish = () => {
        resolve();
        return new Promise((acknowledged) => (acknowledge = acknowledged));
      };
    });
    const relay = relayOf();
    relay.ring(alliance);
    await asked;
    expect(await cursorOf(alliance)).toBeUndefined();
    acknowledge();
    await relay.idle();
    expect(await cursorOf(alliance)).toBe(2);
  });

  it('sends again what was not acknowledged, and holds up no other alliance', async () => {
    const [bad, good] = formAlliances(ledger, 2, 3) as [Id, Id];
    const take = publish;
    publish = (entries) => (entries[0]?.alliance === bad ? Promise.reject(new Error('no broker')) : take(entries));
    const relay = relayOf();
    await relay.start();
    await relay.idle();
    expect(failed).toEqual([[bad, 'Error: no broker']]);
    expect([await cursorOf(bad), await cursorOf(good)]).toEqual([undefined, 2]);
    publish = take;
    const alliances = jest.spyOn(ledger, 'alliances');
    timer.elapse();
    expect(alliances).toHaveBeenCalledTimes(1);
    await ticked(relay);
    expect(await cursorOf(bad)).toBe(2);
  });

  it('publishes at most so many entries and bytes at once', async () => {
    const [many, heavy] = formAlliances(ledger, 2, 450) as [Id, Id];
    for (let number = 0; number < 60; number += 1) growByLargest(ledger, heavy);
    const relay = relayOf();
    for (const alliance of [many, heavy]) relay.ring(alliance);
    await relay.idle();
    expect(published.length).toBeGreaterThan(6);
    for (const batch of published) {
      expect(batch.length).toBeLessThanOrEqual(MAX_BATCH_ENTRIES);
      const bytes = batch.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);
      expect(bytes).toBeLessThanOrEqual(MAX_BATCH_BYTES);
    }
    expect([await cursorOf(many), await cursorOf(heavy)]).toEqual([449, 509]);
  });

  it('sends all that stands before an entry of a newer program, and stops there', async () => {
    const [alliance] = formAlliances(ledger, 1, 30) as [Id];
    ledger.newer = 20;
    const relay = relayOf();
    relay.ring(alliance);
    await relay.idle();
    expect(seqs()).toEqual(Array.from({ length: 20 }, (_, seq) => seq));
    expect(failed).toEqual([[alliance, 'Error: Toy v2']]);
    ledger.newer = undefined;
    relay.ring(alliance);
    await relay.idle();
    expect(seqs()).toEqual(Array.from({ length: 30 }, (_, seq) => seq));
  });

  it('sweeps again after a sweep that failed', async () => {
    const [alliance] = formAlliances(ledger, 1, 2) as [Id];
    jest.spyOn(ledger, 'alliances').mockRejectedValueOnce(new Error('store gone'));
    const relay = relayOf();
    await relay.start();
    expect(published).toEqual([]);
    timer.elapse();
    await ticked(relay);
    expect(await cursorOf(alliance)).toBe(1);
  });

  it('begins nothing once it is stopped', async () => {
    const [alliance] = formAlliances(ledger, 1, 2) as [Id];
    const relay = relayOf();
    await relay.start();
    await relay.stop();
    const before = published.length;
    grow(ledger, alliance, 1);
    relay.ring(alliance);
    timer.elapse();
    await relay.idle();
    expect(published.length).toBe(before);
  });
});
