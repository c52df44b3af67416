import type { Id } from '#kernel';
import { DatabaseUnderTest } from '#ledger-mongo/testing';
import { MemoryCursorStore, Relay } from '#stream';
import { PUBLIC_URL, TestCluster, uniqueWord } from '#stream-kafka/testing';
import { setTimeout } from 'node:timers/promises';
import { startMongo } from '../../deploy/local/servers.mjs';
import type { MongoServer } from '../../deploy/local/servers.mjs';
import { declare, ledgerOn, worksite } from '../bench/rules.js';
import { Part } from './testing/parts.js';
import { Onlooker } from './testing/wholeness.js';

const PROJECTORS = 6;
const CHANGE_EVERY_MS = 2_000;
const LASTS_MS = 60_000;
const EVENTS = 6_000;
const SITES = 60;
/** Commands that are given together, so that their entries share a flush. */
const TOGETHER = 20;
const CAUGHT_UP_WITHIN_MS = 120_000;

let server: MongoServer;
let database: DatabaseUnderTest;
let cluster: TestCluster;
let onlooker: Onlooker;
const places: (Part | undefined)[] = Array.from({ length: PROJECTORS });
beforeAll(async () => {
  server = await startMongo();
  database = await DatabaseUnderTest.make(server.uri);
  cluster = await TestCluster.start();
  onlooker = await Onlooker.of(database);
});
afterAll(async () => {
  for (const part of places) await part?.end('SIGKILL');
  await onlooker.close();
  await database.drop();
  await Promise.all([server.stop(), cluster.stop()]);
});

const group = uniqueWord();
const join = async (place: number): Promise<void> => {
  const kafka = cluster.settings();
  places[place] = await Part.start({ role: 'projector', mongo: database.address, kafka, group, publicUrl: PUBLIC_URL });
};
/** One after the other leaves, cleanly or killed, and joins again. Gives how each left. */
const comeAndGo = async (until: number): Promise<string[]> => {
  const left: string[] = [];
  for (let change = 0; performance.now() < until; change += 1) {
    const waited = setTimeout(CHANGE_EVERY_MS);
    const place = Math.floor(change / 2) % PROJECTORS;
    if (change % 2 === 1) await join(place);
    else {
      const signal = left.length % 2 === 0 ? 'SIGTERM' : 'SIGKILL';
      const code = await places[place]?.end(signal);
      left.push(`${signal} ${String(code)}`);
    }
    await waited;
  }
  return left;
};
const commands = async (): Promise<readonly Id[]> => {
  const ledger = ledgerOn(onlooker.ledgerStore);
  const relay = new Relay({ source: onlooker.source, delivery: cluster.delivery(), cursors: new MemoryCursorStore() });
  ledger.onAppended(([first]) => {
    if (first) relay.ring(first.alliance);
  });
  const sites = await Promise.all(Array.from({ length: SITES }, () => worksite(ledger)));
  const started = performance.now();
  for (let given = 0; given < EVENTS; given += TOGETHER) {
    const some = sites.slice(given % SITES).slice(0, TOGETHER);
    // A store that is too slow to answer on a busy machine is no fault of what is tested here: ask again.
    await Promise.all(some.map((site) => declare(ledger, site).catch(() => declare(ledger, site))));
    const early = started + (given * LASTS_MS) / EVENTS - performance.now();
    if (early > 0) await setTimeout(early);
  }
  await relay.idle();
  await relay.stop();
  return sites.map(({ alliance }) => alliance);
};

it(`${PROJECTORS} projectors, one joining or leaving every ${CHANGE_EVERY_MS / 1_000} s, ${EVENTS} events: none lost, none twice`, async () => {
  await Promise.all(places.map((_, place) => join(place)));
  const changing = comeAndGo(performance.now() + LASTS_MS);
  const sites = await commands();
  const left = await changing;
  const heads = await onlooker.heads(sites);
  const caughtUpMs = await onlooker.untilViewsAt(heads, CAUGHT_UP_WITHIN_MS);
  await onlooker.expectViewsFolded(sites);
  process.stdout.write(`${JSON.stringify({ left: left.length, caughtUpMs: Math.round(caughtUpMs) })}\n`);
  // A clean leave ends with 0, a killed one with no code at all.
  expect(new Set(left)).toEqual(new Set(['SIGTERM 0', 'SIGKILL null']));
  const recorded = [...heads.values()].reduce((sum, seq) => sum + seq + 1, 0);
  expect(recorded).toBeGreaterThanOrEqual(EVENTS);
}, 400_000);
