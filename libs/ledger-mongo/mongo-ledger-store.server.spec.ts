import { ledgerStoreContract } from '#ledger/testing';
import { startMongo } from '../../deploy/local/servers.mjs';
import type { MongoServer } from '../../deploy/local/servers.mjs';
import { MongoLedgerStore } from './index.js';
import { DatabaseUnderTest } from './testing/index.js';

let server: MongoServer;
beforeAll(async () => {
  server = await startMongo();
});
afterAll(async () => {
  await server.stop();
});

ledgerStoreContract('MongoLedgerStore', async () => {
  const database = await DatabaseUnderTest.make(server.uri);
  let store = await MongoLedgerStore.open(database.address);
  return {
    store,
    reopen: async () => {
      await store.close();
      store = await MongoLedgerStore.open(database.address);
      return store;
    },
    close: async () => {
      await store.close();
      await database.drop();
    },
  };
});
