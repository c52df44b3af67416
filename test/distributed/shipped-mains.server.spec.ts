import { MongoIdentityStore } from '#identity-mongo';
import type { Id } from '#kernel';
import { DatabaseUnderTest } from '#ledger-mongo/testing';
import { TestCluster } from '#stream-kafka/testing';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { startMongo } from '../../deploy/local/servers.mjs';
import type { MongoServer } from '../../deploy/local/servers.mjs';
import type { AppProcess } from '../testing/app-process.js';
import { build } from '../testing/product.js';
import { startShipped, Writers } from './testing/shipped.js';
import type { AppName } from './testing/shipped.js';
import { Onlooker } from './testing/wholeness.js';

const STOP_WITHIN_MS = 5_000;
const ALLIANCES = 3;
const WRITERS = 8;
const KILLS = 3;
/** Work between two ends of a process. */
const BETWEEN_MS = 700;

let server: MongoServer;
let cluster: TestCluster;
let database: DatabaseUnderTest;
let onlooker: Onlooker;
let address: Readonly<Record<string, string>>;
let alliances: readonly Id[];
let writers: Writers;
const apps: { name: AppName; running: AppProcess }[] = [];
const newWriters = (token: string) =>
  new Writers(token, () => apps.filter(({ name }) => name === 'api').map(({ running }) => running.url));
let token: string;

beforeAll(async () => {
  build();
  [server, cluster] = await Promise.all([startMongo(), TestCluster.shipped()]);
  database = await DatabaseUnderTest.make(server.uri);
  address = {
    COLLEGIUM_MONGO_URI: database.address.uri,
    COLLEGIUM_MONGO_DATABASE: database.address.database,
    COLLEGIUM_KAFKA_BROKERS: cluster.server.brokers.join(','),
    COLLEGIUM_LOG_LEVEL: 'error',
  };
  for (const name of ['api', 'api', 'relay', 'projector', 'projector'] as const)
    apps.push({ name, running: await startShipped(name, address) });
  onlooker = await Onlooker.of(database);
  const identity = await MongoIdentityStore.open(database.address);
  ({ token } = await identity.createToken((await identity.createAccount('x')).id));
  await identity.close();
}, 180_000);
afterAll(async () => {
  await Promise.all(apps.map(({ running }) => running.end('SIGKILL')));
  await onlooker.close();
  await database.drop();
  await Promise.all([server.stop(), cluster.stop()]);
});
beforeEach(async () => {
  writers = newWriters(token);
  alliances = [];
  const word = String(performance.now());
  for (let n = 0; n < ALLIANCES; n += 1) alliances = [...alliances, await writers.form(`${word}-${String(n)}`)];
});

/** Every acknowledged command stands in its ledger once and gives its answer again; topic and views have all of it. */
async function expectWhole(): Promise<void> {
  await writers.stop();
  expect(writers.strange).toEqual([]);
  const heads = await onlooker.heads(alliances);
  for (const [alliance, head] of heads) {
    expect(writers.seqsOf(alliance)).toEqual(Array.from({ length: head }, (_, n) => n + 1));
  }
  await writers.repeatSome();
  await onlooker.untilViewsAt(heads, 20_000);
  await onlooker.expectViewsFolded(alliances);
  const doubles = await untilInTopic();
  const counted = { acknowledged: writers.acknowledged.size, brokenOff: writers.brokenOff, doubles };
  process.stdout.write(`${JSON.stringify(counted)}\n`);
}

async function untilInTopic(): Promise<number> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await onlooker.expectInTopic(cluster, alliances);
    } catch (error) {
      if (tries === 20) throw error;
      await setTimeout(500);
    }
  }
}

/** Requests take a few milliseconds and writers pause between them: an end is worth something while one is under way. */
async function untilInFlight(): Promise<void> {
  for (let tries = 0; writers.inFlight === 0; tries += 1) {
    if (tries === 2_000) throw new Error('no request under way');
    await setTimeout(1);
  }
}

/** A request that has begun and whose rest does not come. */
function halfARequest(url: string): void {
  const { hostname, port } = new URL(url);
  const head = 'POST /v1/alliances HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\n{';
  connect(Number(port), hostname, function (this: { write(text: string): void }) {
    this.write(head);
  }).on('error', () => undefined);
}

test('SIGTERM under load ends each of the mains cleanly within 5 s, and nothing acknowledged is lost', async () => {
  writers.start(alliances, WRITERS);
  for (const app of apps) {
    await setTimeout(BETWEEN_MS);
    if (app.name === 'api') halfARequest(app.running.url);
    await untilInFlight();
    const { code, ms, err } = await app.running.end('SIGTERM');
    expect([app.name, code, err, ms < STOP_WITHIN_MS]).toEqual([app.name, 0, '', true]);
    app.running = await startShipped(app.name, address);
  }
  await expectWhole();
}, 200_000);

test(`kill -9 of each of the mains under load, ${String(KILLS)} times: nothing acknowledged is lost or doubled`, async () => {
  writers.start(alliances, WRITERS);
  for (let kill = 0; kill < KILLS; kill += 1) {
    for (const app of apps) {
      await setTimeout(BETWEEN_MS / 2 + 50 * kill);
      await untilInFlight();
      await app.running.end('SIGKILL');
      app.running = await startShipped(app.name, address);
    }
  }
  await expectWhole();
}, 250_000);
