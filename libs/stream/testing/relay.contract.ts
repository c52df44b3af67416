import type { Id } from '#kernel';
import { ManualTimer, Mortal, ToyLedger } from '#views/testing';
import type { LedgerSource } from '#views';
import { MemoryCursorStore } from '../cursor-store.js';
import type { CursorStore } from '../cursor-store.js';
import type { Delivery } from '../delivery.js';
import { Relay } from '../relay.js';
import { formAlliances, grow, growByLargest } from './alliances.js';
import { doublesIn, expectAllInOrder, Received } from './received.js';

/** What the relay promises on every delivery. `open` gives one that is alone in its group. */
export function relayContract(name: string, open: () => Promise<Delivery>): void {
  describe(`relay on ${name}`, () => {
    let delivery: Delivery;
    let ledger: ToyLedger;
    let cursors: CursorStore;
    let received: Received;
    beforeEach(async () => {
      delivery = await open();
      ledger = new ToyLedger();
      cursors = new MemoryCursorStore();
      received = new Received();
      await delivery.subscribe(received.ring);
    });
    afterEach(async () => {
      await delivery.close();
    });

    const relayOf = (mortal?: Mortal) =>
      new Relay({
        source: mortal?.wrap<LedgerSource>(ledger) ?? ledger,
        delivery: mortal?.wrap(delivery) ?? delivery,
        cursors: mortal?.wrap(cursors) ?? cursors,
        timer: new ManualTimer(),
      });
    const swept = async (relay: Relay) => {
      await relay.sweep();
      await relay.idle();
    };
    const expectAll = async (alliances: readonly Id[]) => {
      await received.all(ledger, alliances);
      expectAllInOrder(received, ledger, alliances);
      const heads = alliances.map((alliance) => [alliance, ledger.entriesOf(alliance).length - 1] as const);
      expect(await cursors.read(alliances)).toEqual(new Map(heads));
    };

    it('sends every entry of every alliance by a sweep alone, once', async () => {
      const alliances = formAlliances(ledger, 45, 7);
      await swept(relayOf());
      await expectAll(alliances);
      expect(doublesIn(received, alliances)).toBe(0);
    });

    it('sends a long and a heavy history in order', async () => {
      const alliances = formAlliances(ledger, 2, 450);
      for (let number = 0; number < 40; number += 1) growByLargest(ledger, alliances[0] as Id);
      await swept(relayOf());
      await expectAll(alliances);
    });

    it('sends what was rung, and after a lost ring all of it', async () => {
      const [alliance] = formAlliances(ledger, 1, 3) as [Id];
      const relay = relayOf();
      await swept(relay);
      grow(ledger, alliance, 2);
      relay.ring(alliance);
      await relay.idle();
      await expectAll([alliance]);
      grow(ledger, alliance, 2);
      await swept(relay);
      await expectAll([alliance]);
      expect(doublesIn(received, [alliance])).toBe(0);
    });

    it('sends nothing again after a restart', async () => {
      const alliances = formAlliances(ledger, 3, 5);
      await swept(relayOf());
      await swept(relayOf());
      await expectAll(alliances);
      expect(doublesIn(received, alliances)).toBe(0);
    });

    it('gives doubles and never a loss when two of them work at once', async () => {
      const alliances = formAlliances(ledger, 8, 3);
      const relays = [relayOf(), relayOf()];
      for (let round = 0; round < 5; round += 1) {
        for (const alliance of alliances) grow(ledger, alliance, 4);
        await Promise.all(relays.map(swept));
      }
      await expectAll(alliances);
    });

    /** One life of a relay: old entries, rings, a lost ring; ends where it is killed. */
    const live = async (mortal: Mortal, length: number) => {
      ledger = new ToyLedger();
      cursors = new MemoryCursorStore();
      const alliances = formAlliances(ledger, 2, length);
      const relay = relayOf(mortal);
      await relay.sweep().catch(() => undefined);
      await relay.idle();
      for (let place = 0; place < 4; place += 1) {
        const alliance = alliances[place % 2] as Id;
        grow(ledger, alliance, 1 + (place % 3));
        if (place !== 2) relay.ring(alliance);
        await relay.idle();
      }
      await relay.stop();
      return alliances;
    };

    it.each([1, 2, 5])(
      'killed at any await, with %d entries before, and started again, it has lost nothing',
      async (length) => {
        const counting = new Mortal(Infinity, false);
        await live(counting, length);
        expect(counting.calls).toBeGreaterThan(20);
        for (let dieAt = 1; dieAt <= counting.calls; dieAt += 1) {
          for (const afterDoing of [false, true]) {
            const alliances = await live(new Mortal(dieAt, afterDoing), length);
            await swept(relayOf());
            await expectAll(alliances);
          }
        }
      },
    );
  });
}
