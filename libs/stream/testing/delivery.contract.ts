import type { Id } from '#kernel';
import { ToyLedger } from '#views/testing';
import type { Delivery } from '../delivery.js';
import { formAlliances, grow, growByLargest } from './alliances.js';
import { expectAllInOrder, Received } from './received.js';

/** What every delivery promises. `open` gives one that is alone in its group; what it rang before may come again. */
export function deliveryContract(name: string, open: () => Promise<Delivery>): void {
  describe(`${name} as a delivery`, () => {
    let delivery: Delivery;
    let ledger: ToyLedger;
    let received: Received;
    beforeEach(async () => {
      delivery = await open();
      ledger = new ToyLedger();
      received = new Received();
    });
    afterEach(async () => {
      await delivery.close();
    });

    const publish = (alliance: Id, from = 0, to?: number) =>
      delivery.publish(ledger.entriesOf(alliance).slice(from, to));
    const expectAll = async (alliances: readonly Id[]) => {
      await received.all(ledger, alliances);
      expectAllInOrder(received, ledger, alliances);
    };

    it('rings for what was published, in the order of the alliance and byte for byte', async () => {
      await delivery.subscribe(received.ring);
      const [alliance] = formAlliances(ledger, 1, 30) as [Id];
      await publish(alliance, 0, 1);
      await publish(alliance, 1, 12);
      await publish(alliance, 12);
      await expectAll([alliance]);
    });

    it('keeps the order of each of many alliances that are published at once', async () => {
      await delivery.subscribe(received.ring);
      const alliances = formAlliances(ledger, 40, 9);
      for (const from of [0, 3, 6]) await Promise.all(alliances.map((alliance) => publish(alliance, from, from + 3)));
      await expectAll(alliances);
    });

    it('takes more at once than one message of any carrier holds', async () => {
      await delivery.subscribe(received.ring);
      const [alliance] = formAlliances(ledger, 1, 2) as [Id];
      for (let number = 0; number < 60; number += 1) growByLargest(ledger, alliance);
      await publish(alliance);
      await expectAll([alliance]);
    });

    it('may be told the same again', async () => {
      await delivery.subscribe(received.ring);
      const [alliance] = formAlliances(ledger, 1, 10) as [Id];
      await publish(alliance, 0, 5);
      await publish(alliance, 2, 8);
      await publish(alliance);
      await publish(alliance);
      await expectAll([alliance]);
    });

    it('acknowledges nothing when there is nothing', async () => {
      await expect(delivery.publish([])).resolves.toBeUndefined();
    });

    it('goes on when a ring fails', async () => {
      const [bad, good] = formAlliances(ledger, 2, 4) as [Id, Id];
      await delivery.subscribe(async (alliance, entries) => {
        if (alliance === bad) throw new Error('not today');
        await received.ring(alliance, entries);
      });
      await publish(bad);
      await publish(good);
      await publish(bad);
      grow(ledger, good, 3);
      await publish(good, 4);
      await expectAll([good]);
    });

    it('rings nobody and takes nothing once it is closed', async () => {
      await delivery.subscribe(received.ring);
      const [alliance] = formAlliances(ledger, 1, 4) as [Id];
      await delivery.close();
      await expect(publish(alliance)).rejects.toThrow('closed');
      expect(received.of(alliance)).toEqual([]);
      await expect(delivery.close()).resolves.toBeUndefined();
    });
  });
}
