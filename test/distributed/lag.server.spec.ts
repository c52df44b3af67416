import { PROJECTIONS } from '#engine';
import { DatabaseUnderTest } from '#ledger-mongo/testing';
import { MongoLedgerStore } from '#ledger-mongo';
import { rowOf } from '#ledger';
import { readConfiguration } from '#platform';
import type { Running } from '#platform';
import { PolledProgress } from '#views';
import { MongoViewStore } from '#views-mongo';
import { ToyLedger, toyHistory } from '#views/testing';
import { setTimeout } from 'node:timers/promises';
import { startProjector } from '../../apps/projector/projector.js';
import { startMongo } from '../../deploy/local/servers.mjs';
import type { MongoServer } from '../../deploy/local/servers.mjs';
import { freePorts } from '../testing/free-ports.js';

/** Nothing listens there: the projector finds what is new by its sweeps alone. */
const NO_KAFKA = '127.0.0.1:1';
const TOLD_WITHIN_MS = 25_000;

let server: MongoServer;
let database: DatabaseUnderTest;
let ledgerStore: MongoLedgerStore;
let viewStore: MongoViewStore;
let projector: Running | undefined;
beforeAll(async () => {
  server = await startMongo({ failpoints: true });
  database = await DatabaseUnderTest.make(server.uri);
  ledgerStore = await MongoLedgerStore.open(database.address);
  viewStore = await MongoViewStore.open(database.address);
});
afterAll(async () => {
  await database.failNoMore();
  await projector?.close();
  await Promise.all([ledgerStore.close(), viewStore.close()]);
  await database.drop();
  await server.stop();
});

interface Readiness {
  readonly status: number;
  readonly lag: string;
}

it('24: a projector whose views stand still while entries come is not ready, and is again when they have moved', async () => {
  const { adminPort: port } = await freePorts();
  projector = await startProjector(
    readConfiguration({
      COLLEGIUM_MONGO_URI: database.address.uri,
      COLLEGIUM_MONGO_DATABASE: database.address.database,
      COLLEGIUM_KAFKA_BROKERS: NO_KAFKA,
      COLLEGIUM_ADMIN_PORT: String(port),
      COLLEGIUM_LOG_LEVEL: 'error',
    }),
  );
  const readiness = async (): Promise<Readiness> => {
    const answer = await fetch(`http://127.0.0.1:${String(port)}/readyz`);
    const { checks } = (await answer.json()) as { readonly checks: { readonly lag: string } };
    return { status: answer.status, lag: checks.lag };
  };
  const until = async (status: number): Promise<Readiness> => {
    const end = Date.now() + TOLD_WITHIN_MS;
    while (Date.now() < end) {
      const now = await readiness();
      if (now.status === status) return now;
      await setTimeout(200);
    }
    throw new Error(`never ${String(status)}`);
  };
  const toys = new ToyLedger();
  const alliance = toys.form(24);
  await ledgerStore.append(toys.entriesOf(alliance).map((entry) => rowOf(entry)));
  const names = PROJECTIONS.map(({ name }) => name);
  expect(await new PolledProgress(viewStore).waitFor(alliance, names, 0, TOLD_WITHIN_MS)).toBe('ready');
  expect(await until(200)).toEqual({ status: 200, lag: 'ok' });

  // The pump is dead: nothing that it writes is taken, and entries come.
  await database.fail(100_000, { failCommands: ['update'], errorCode: 13 });
  for (const one of toyHistory(24, 5)) await ledgerStore.append([rowOf(toys.append(alliance, one))]);
  expect((await until(503)).lag).toMatch(/^1\d s behind$/);

  await database.failNoMore();
  expect(await until(200)).toEqual({ status: 200, lag: 'ok' });
}, 90_000);
