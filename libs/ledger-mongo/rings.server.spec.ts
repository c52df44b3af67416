import type { Id } from '#kernel';
import { rowOf } from '#ledger';
import { ToyLedger } from '#views/testing';
import { startMongo } from '../../deploy/local/servers.mjs';
import type { MongoServer } from '../../deploy/local/servers.mjs';
import { MongoLedgerStore } from './index.js';
import { DatabaseUnderTest } from './testing/index.js';

let server: MongoServer;
let database: DatabaseUnderTest;
beforeAll(async () => {
  server = await startMongo();
  database = await DatabaseUnderTest.make(server.uri);
});
afterAll(async () => {
  await database.drop();
  await server.stop();
});

it('rings for what another process inserts, and no more once it is closed', async () => {
  const [one, two] = [await MongoLedgerStore.open(database.address), await MongoLedgerStore.open(database.address)];
  const rung: Id[] = [];
  const faults: unknown[] = [];
  let heard: () => void = () => undefined;
  const close = one.onInserted(
    (alliance) => {
      rung.push(alliance);
      heard();
    },
    (fault) => faults.push(fault),
  );
  const ledger = new ToyLedger();
  // A stream that is just being opened may miss the first: a doorbell, no more.
  for (let number = 1; rung.length === 0; number += 1) {
    expect(number).toBeLessThan(20);
    const alliance = ledger.form(number);
    const ring = new Promise<void>((resolve) => (heard = resolve));
    await two.append(ledger.entriesOf(alliance).map((entry) => rowOf(entry)));
    await Promise.race([ring, new Promise((resolve) => setTimeout(resolve, 1_000))]);
  }
  expect(faults).toEqual([]);
  await close();
  const before = rung.length;
  const alliance = ledger.form(100);
  await two.append(ledger.entriesOf(alliance).map((entry) => rowOf(entry)));
  expect(rung).toHaveLength(before);
  await Promise.all([one.close(), two.close()]);
});
