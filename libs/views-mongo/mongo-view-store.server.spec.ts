import { connectMongo } from '#mongo';
import type { MongoAddress } from '#mongo';
import { progressContract, projectorContract, viewStoreContract } from '#views/testing';
import type { ViewStore } from '#views';
import type { Connection } from 'mongoose';
import { startMongo } from '../../deploy/local/servers.mjs';
import type { MongoServer } from '../../deploy/local/servers.mjs';
import { prepareViews } from './mongo-view-store.js';
import { MongoViewStore } from './index.js';
import { RoomOfViews } from './testing/index.js';

const address = (uri: string): MongoAddress => ({ uri, database: `views-${String(process.pid)}` });

let server: MongoServer;
let connection: Connection;
beforeAll(async () => {
  server = await startMongo();
  connection = await connectMongo({ ...address(server.uri), socketTimeoutMs: 120_000 });
  await connection.dropDatabase();
  await prepareViews(connection);
});
afterAll(async () => {
  await connection.dropDatabase();
  await connection.close();
  await server.stop();
});

const onConnection = () => new MongoViewStore(connection, async () => undefined);
const open = () => new RoomOfViews(onConnection());
const reopen = (closed: ViewStore) => (closed as RoomOfViews).reopened(onConnection());

viewStoreContract('MongoDB', open, reopen);
projectorContract('MongoDB', open);
progressContract('MongoDB', open);
