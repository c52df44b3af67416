import { DatabaseUnderTest } from '#ledger-mongo/testing';
import { cursorStoreContract } from '#stream/testing';
import { startMongo } from '../../deploy/local/servers.mjs';
import type { MongoServer } from '../../deploy/local/servers.mjs';
import { MongoCursorStore } from './index.js';

let server: MongoServer;
const opened: { readonly store: MongoCursorStore; readonly database: DatabaseUnderTest }[] = [];
beforeAll(async () => {
  server = await startMongo();
});
afterEach(async () => {
  for (const { store, database } of opened.splice(0)) {
    await store.close();
    await database.drop();
  }
});
afterAll(async () => {
  await server.stop();
});

cursorStoreContract('MongoDB', async () => {
  const database = await DatabaseUnderTest.make(server.uri);
  const store = await MongoCursorStore.open(database.address);
  opened.push({ store, database });
  return store;
});
