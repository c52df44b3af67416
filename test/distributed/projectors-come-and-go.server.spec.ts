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
const places: Promise<Part>[] = [];
beforeAll(async () => {
  server = await startMongo();
  database = await DatabaseUnderTest.make(server.uri);
  cluster = await TestCluster.start();
  onlooker = await Onlooker.of(database);
});
afterAll(async () => {
  for (const part of places) await (await part).end('SIGKILL');
  await onlooker.close();
  await database.drop();
  await Promise.all([server.stop(), cluster.stop()]);
});

const group = uniqueWord();
const join = (place: number): void => {
  const kafka = cluster.settings();
  places[place] = Part.start({ role: 'projector', mongo: database.address, kafka, group, publicUrl: PUBLIC_URL });
};
const leave = async (place: number, signal: 'SIGTERM' | 'SIGKILL'): Promise<string> =>
  `${signal} ${String(await (await places[place])?.end(signal))}`;
/** One after the other leaves, cleanly or killed, and joins again, whether the one before has come yet or not. */
const comeAndGo = async (): Promise<readonly string[]> => {
  const left: Promise<string>[] = [];
  for (let change = 0; change * CHANGE_EVERY_MS < LASTS_MS; change += 1) {
    const place = Math.floor(change / 2) % PROJECTORS;
    if (change % 2 === 1) join(place);
    else left.push(leave(place, left.length % 2 === 0 ? 'SIGTERM' : 'SIGKILL'));
    await setTimeout(CHANGE_EVERY_MS);
  }
  return await Promise.all(left);
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
  for (let place = 0; place < PROJECTORS; place += 1) join(place);
  await Promise.all(places);
  const changing = comeAndGo();
  const sites = await commands();
  const left = await changing;
  const heads = await onlooker.heads(sites);
  const caughtUpMs = await onlooker.untilViewsAt(heads, CAUGHT_UP_WITHIN_MS);
  await onlooker.expectViewsFolded(sites);
  process.stdout.write(`${JSON.stringify({ left: left.length, caughtUpMs: Math.round(caughtUpMs) })}\n`);
  // A clean leave ends with 0, a killed one with no code at all.
  expect(new Set(left)).toEqual(new Set(['SIGTERM 0', 'SIGKILL null']));
  expect(left).toHaveLength(LASTS_MS / CHANGE_EVERY_MS / 2);
  const recorded = [...heads.values()].reduce((sum, seq) => sum + seq + 1, 0);
  expect(recorded).toBeGreaterThanOrEqual(EVENTS);
}, 400_000);
