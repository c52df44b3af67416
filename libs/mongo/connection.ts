import mongoose from 'mongoose';
import type { Connection } from 'mongoose';
import os from 'node:os';

/** A read that the server cannot end in this time is given up by the server. */
export const MAX_READ_MS = 4_000;
/** Connections of one process, at most. */
const MAX_CONNECTIONS = 32;

export interface MongoAddress {
  readonly uri: string;
  readonly database: string;
  /** How long an answer is waited for before the connection is given up; `timeoutMS` has no effect in this driver. */
  readonly socketTimeoutMs?: number;
}

/**
 * Connects as every store here must: what is acknowledged is journaled by a majority, what is read was. The settings
 * prevail over those in the address. Looking for a server lasts longer than a heartbeat, or one fault would be an error.
 */
export async function connectMongo({ uri, database, socketTimeoutMs = 5_000 }: MongoAddress): Promise<Connection> {
  const connection = mongoose.createConnection(uri, {
    dbName: database,
    autoIndex: false,
    autoCreate: false,
    bufferCommands: false,
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
    readPreference: 'primary',
    retryWrites: true,
    serverSelectionTimeoutMS: 5_000,
    heartbeatFrequencyMS: 500,
    connectTimeoutMS: 5_000,
    socketTimeoutMS: socketTimeoutMs,
    maxPoolSize: MAX_CONNECTIONS,
    // Where the driver cannot import this itself (a test runner's sandbox) it says nothing of its kind, and MongoDB refuses.
    runtimeAdapters: { os },
  });
  connection.set('sanitizeFilter', true);
  return await connection.asPromise();
}
