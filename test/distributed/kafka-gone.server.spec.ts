import type { Id } from '#kernel';
import { DatabaseUnderTest } from '#ledger-mongo/testing';
import { PUBLIC_URL, TestCluster, uniqueWord } from '#stream-kafka/testing';
import { setTimeout } from 'node:timers/promises';
import { startMongo } from '../../deploy/local/servers.mjs';
import type { MongoServer } from '../../deploy/local/servers.mjs';
import { Part } from './testing/parts.js';
import type { PartSettings } from './testing/parts.js';
import { Onlooker } from './testing/wholeness.js';

const GONE_MS = 60_000;
/** Until then the heaps of new processes grow by themselves. */
const WARM_MS = 30_000;
const PER_SECOND = 100;
const MOST_GROWTH_MIB = 64;
const WHOLE_WITHIN_MS = 10_000;
const MIB = 1024 * 1024;

let server: MongoServer;
let database: DatabaseUnderTest;
let cluster: TestCluster;
let onlooker: Onlooker;
const parts = new Map<PartSettings['role'], Part>();
beforeAll(async () => {
  server = await startMongo();
  database = await DatabaseUnderTest.make(server.uri);
  cluster = await TestCluster.start({ own: true });
  onlooker = await Onlooker.of(database);
});
afterAll(async () => {
  await Promise.all([...parts.values()].map((part) => part.end('SIGKILL')));
  await onlooker.close();
  await database.drop();
  await Promise.all([server.stop(), cluster.stop()]);
});

const start = async (role: PartSettings['role']): Promise<Part> => {
  const settings = { mongo: database.address, kafka: cluster.settings(), group: uniqueWord(), publicUrl: PUBLIC_URL };
  const part = await Part.start({ role, ...settings });
  parts.set(role, part);
  return part;
};
/** The greatest memory of each part over a while, in MiB. */
const memoryOver = async (ms: number): Promise<ReadonlyMap<string, number>> => {
  const most = new Map<string, number>();
  for (const end = Date.now() + ms; Date.now() < end;) {
    await setTimeout(500);
    for (const [role, part] of parts) most.set(role, Math.max(most.get(role) ?? 0, (await part.ask()).rss / MIB));
  }
  return most;
};

it(`Kafka is gone for ${GONE_MS / 1_000} s under ${PER_SECOND} commands/s: commands go on, memory stays, all is whole soon`, async () => {
  const api = await start('api');
  const sites: readonly Id[] = await api.sites();
  await start('relay');
  await start('projector');
  await api.ask({ perSecond: PER_SECOND });
  const before = await memoryOver(WARM_MS);
  const { acknowledged } = await api.ask();
  await cluster.server.kill();
  const during = await memoryOver(GONE_MS);
  const after = await api.ask();
  const heads = await onlooker.heads(sites);
  await cluster.server.restart();
  const { failed, fault } = (await parts.get('projector')?.ask()) ?? {};
  process.stdout.write(`turns of the projector that failed: ${String(failed)} ${String(fault)}\n`);
  const wholeMs = await onlooker.untilViewsAt(heads, WHOLE_WITHIN_MS);
  await api.ask({ perSecond: 0 });

  const commands = after.acknowledged - acknowledged;
  const growth = [...during].map(([role, most]) => [role, Math.round(most - (before.get(role) ?? 0))] as const);
  const figures = {
    commands,
    failed: after.failed,
    slowestMs: Math.round(after.slowestMs),
    wholeMs: Math.round(wholeMs),
  };
  process.stdout.write(`${JSON.stringify({ ...figures, growthMiB: Object.fromEntries(growth) })}\n`);
  expect(after.failed).toBe(0);
  expect(commands).toBeGreaterThanOrEqual((0.95 * PER_SECOND * GONE_MS) / 1_000);
  for (const [role, more] of growth) expect([role, more, more <= MOST_GROWTH_MIB]).toEqual([role, more, true]);

  // What nobody could be told meanwhile is in the topic as well, and the views are those of a ledger read in peace.
  const last = await onlooker.heads(sites);
  await onlooker.untilViewsAt(last, WHOLE_WITHIN_MS);
  await onlooker.expectViewsFolded(sites);
  const sent = await untilSent(sites);
  process.stdout.write(`${JSON.stringify({ inTopicAfterMs: Math.round(sent.ms), doubles: sent.doubles })}\n`);
}, 280_000);

async function untilSent(sites: readonly Id[]): Promise<{ readonly ms: number; readonly doubles: number }> {
  const started = performance.now();
  for (;;) {
    try {
      return { ms: performance.now() - started, doubles: await onlooker.expectInTopic(cluster, sites) };
    } catch (error) {
      if (performance.now() - started > 60_000) throw error;
      await setTimeout(1_000);
    }
  }
}
