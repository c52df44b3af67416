import { PROJECTIONS } from '#engine';
import { DatabaseUnderTest } from '#ledger-mongo/testing';
import { MongoLedgerStore } from '#ledger-mongo';
import { rowOf } from '#ledger';
import { readConfiguration } from '#platform';
import type { Running } from '#platform';
import { PolledProgress } from '#views';
import { MongoViewStore } from '#views-mongo';
import { ToyLedger } from '#views/testing';
import { startMongo } from '../../deploy/local/servers.mjs';
import type { MongoServer } from '../../deploy/local/servers.mjs';
import { startProjector } from './projector.js';

/** Nothing listens there. */
const NO_KAFKA = '127.0.0.1:1';

let server: MongoServer;
let database: DatabaseUnderTest;
let ledgerStore: MongoLedgerStore;
let viewStore: MongoViewStore;
const running: Running[] = [];
beforeAll(async () => {
  server = await startMongo();
  database = await DatabaseUnderTest.make(server.uri);
  ledgerStore = await MongoLedgerStore.open(database.address);
  viewStore = await MongoViewStore.open(database.address);
});
afterAll(async () => {
  await Promise.all(running.map((one) => one.close()));
  await Promise.all([ledgerStore.close(), viewStore.close()]);
  await database.drop();
  await server.stop();
});

it('without Kafka the views arrive from the ledger, and two projectors do no harm to each other', async () => {
  const configuration = readConfiguration({
    COLLEGIUM_MONGO_URI: database.address.uri,
    COLLEGIUM_MONGO_DATABASE: database.address.database,
    COLLEGIUM_KAFKA_BROKERS: NO_KAFKA,
    COLLEGIUM_ADMIN_PORT: '0',
    COLLEGIUM_LOG_LEVEL: 'error',
  });
  running.push(await startProjector(configuration), await startProjector(configuration));
  const ledger = new ToyLedger();
  const alliance = ledger.form(1);
  await ledgerStore.append(ledger.entriesOf(alliance).map((entry) => rowOf(entry)));
  const names = PROJECTIONS.map(({ name }) => name);
  expect(await new PolledProgress(viewStore).waitFor(alliance, names, 0, 10_000)).toBe('ready');
  const startedMs = performance.now();
  await Promise.all(running.splice(0).map((one) => one.close()));
  expect(performance.now() - startedMs).toBeLessThan(5_000);
});
