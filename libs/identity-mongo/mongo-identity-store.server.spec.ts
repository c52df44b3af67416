import { identityStoreContract } from '#identity/testing';
import { DatabaseUnderTest } from '#ledger-mongo/testing';
import { startMongo } from '../../deploy/local/servers.mjs';
import type { MongoServer } from '../../deploy/local/servers.mjs';
import { MongoIdentityStore } from './index.js';

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

identityStoreContract('MongoDB', () => MongoIdentityStore.open(database.address));

describe('identities in MongoDB', () => {
  test('two processes form no two alliances for one account at once', async () => {
    const stores = await Promise.all([1, 2].map(() => MongoIdentityStore.open(database.address)));
    const [one, two] = stores as [MongoIdentityStore, MongoIdentityStore];
    const { id } = await one.createAccount('x');
    const ended: string[] = [];
    // Whichever comes first: it binds the spare reference, which both have seen, and the other must find the next one.
    const forms = (store: MongoIdentityStore, other: MongoIdentityStore, name: string, letter: string) =>
      store.inTurn(id, async () => {
        const spare = await store.spareRef(id);
        await other.spareRef(id);
        await store.bind(id, letter.repeat(26) as typeof id, spare);
        ended.push(name);
        return spare;
      });
    const slow = forms(one, two, 'first', 'a');
    const other = forms(two, one, 'second', 'b');
    const [first, second] = await Promise.all([slow, other]);
    expect(first).not.toBe(second);
    expect(ended.sort()).toEqual(['first', 'second']);
    await Promise.all(stores.map((store) => store.close()));
  });

  test('the turn of a process that died goes to the next', async () => {
    const store = await MongoIdentityStore.open(database.address);
    const { id } = await store.createAccount('x');
    const held = { _id: id as never, until: Date.now() - 1, holder: 'dead' };
    await database.db.collection('formation_turns').insertOne(held);
    expect(await store.inTurn(id, async () => 'mine')).toBe('mine');
    await store.close();
  });

  test('it does not open over refs whose oneness nothing guards', async () => {
    const store = await MongoIdentityStore.open(database.address);
    await store.createAccount('x');
    await database.db.collection('accounts').dropIndex('spare');
    await expect(store.assertReady()).rejects.toMatchObject({ code: 'INDEX_FAULT' });
    await expect(MongoIdentityStore.open(database.address)).rejects.toMatchObject({ code: 'INDEX_FAULT' });
    await store.close();
  });
});
