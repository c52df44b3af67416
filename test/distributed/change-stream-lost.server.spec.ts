import type { Id } from '#kernel';
import { MongoLedgerStore } from '#ledger-mongo';
import { MemoryCursorStore, Relay, RELAY_SWEEP_EVERY_MS } from '#stream';
import { expectAllInOrder, Received } from '#stream/testing';
import { InProcessDelivery } from '#stream-inprocess';
import { codeOf } from '#mongo';
import { sourceOf } from '#views';
import { rowsIn, rowsOf, toyHistory } from '#views/testing';
import { setTimeout } from 'node:timers/promises';
import { startMongo } from '../../deploy/local/servers.mjs';
import type { MongoServer } from '../../deploy/local/servers.mjs';
import { BOTH, ToyPipeline } from './testing/toy-pipeline.js';

/** A sweep that begins just before entries come finds them with the next; then they are sent. */
const SWEPT_WITHIN_MS = 2 * RELAY_SWEEP_EVERY_MS + 2_000;
const RUNG_WITHIN_MS = 1_000;
const ALLIANCES = 5;

let server: MongoServer;
let pipeline: ToyPipeline;
const closing: (() => Promise<void>)[] = [];
beforeAll(async () => {
  server = await startMongo({ failpoints: true });
});
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  pipeline = await ToyPipeline.on(server.uri);
});
afterEach(async () => {
  await pipeline.database.failNoMore();
  for (const close of closing.splice(0).reverse()) await close();
  await pipeline.close();
});

/** The shipped relay's parts on this store: rung by a change stream while there is one, and its own sweeps. */
async function relayed() {
  const ledgerStore = await MongoLedgerStore.open(pipeline.database.address);
  const delivery = new InProcessDelivery();
  const received = new Received();
  const projector = pipeline.projector();
  await delivery.subscribe(async (alliance, entries) => {
    projector.ring(alliance, entries);
    await received.ring(alliance, entries);
  });
  const relay = new Relay({ source: sourceOf(ledgerStore), delivery, cursors: new MemoryCursorStore() });
  const lost: unknown[] = [];
  const rung: Id[] = [];
  const close = ledgerStore.onInserted(
    (alliance) => {
      rung.push(alliance);
      relay.ring(alliance);
    },
    (fault) => lost.push(codeOf(fault) ?? String(fault)),
  );
  closing.push(
    () => ledgerStore.close(),
    () => delivery.close(),
    () => relay.stop(),
    close,
  );
  await relay.start();
  return { received, projector, lost, rung };
}

async function soon(holds: () => boolean, withinMs: number): Promise<boolean> {
  const end = performance.now() + withinMs;
  while (!holds() && performance.now() < end) await setTimeout(20);
  return holds();
}

describe('15: the change stream is lost', () => {
  it.each([
    ['because its place is too old (286)', { failCommands: ['getMore'], errorCode: 286 }, 286],
    ['because the server gives none (40573)', { failCommands: ['aggregate', 'getMore'], errorCode: 40_573 }, 40_573],
    ['with its connection', { failCommands: ['aggregate', 'getMore'], closeConnection: true }, undefined],
  ])(
    '%s: the sweep brings all within its period, and the rows are the same',
    async (_, fault, code) => {
      const { received, projector, lost, rung } = await relayed();
      const alliances = await Promise.all(Array.from({ length: ALLIANCES }, (__, n) => pipeline.form(150 + n, 3)));
      await received.all(pipeline.toys, alliances);
      await pipeline.database.fail(100_000, fault);
      expect(await soon(() => lost.length > 0, SWEPT_WITHIN_MS)).toBe(true);
      if (code !== undefined) expect(lost).toContain(code);
      rung.length = 0;
      for (const alliance of alliances) {
        for (const one of toyHistory(15, 6)) await pipeline.append(alliance, one);
      }
      const begun = performance.now();
      await received.all(pipeline.toys, alliances);
      expect(performance.now() - begun).toBeLessThan(SWEPT_WITHIN_MS);
      expect(rung).toEqual([]);
      expectAllInOrder(received, pipeline.toys, alliances);
      await projector.idle();
      for (const alliance of alliances) {
        expect(await rowsIn(pipeline.views, alliance, BOTH)).toEqual(await rowsOf(pipeline.toys, alliance, BOTH));
      }

      // As soon as the server gives one again, it rings again.
      await pipeline.database.failNoMore();
      const [first] = alliances as [Id, ...Id[]];
      const again = async () => {
        await pipeline.append(first, ...toyHistory(16, 1));
        return await soon(() => rung.length > 0, RUNG_WITHIN_MS);
      };
      let isBack = false;
      for (let time = 0; time < 10 && !isBack; time += 1) isBack = await again();
      expect(isBack).toBe(true);
      await received.all(pipeline.toys, alliances);
    },
    60_000,
  );
});
