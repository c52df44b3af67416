import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { setUp } from './schema.js';
import { messageOf, ViewWriter } from './view-writer.js';
import type { WriterOrder, WriterReply } from './thread-writer.js';

/** How often the write-ahead log is worked off, which holds up no more than the next commit of the views. */
const CHECKPOINT_PERIOD_MS = 200;
/** Pages of the log above which a commit works it off itself, should the period be too long for it. */
const MOST_LOG_PAGES = 8_192;

// The thread that owns the writing connection: one order in, one reply out once it is done. `undefined` closes.
const port = parentPort;
if (!port) throw new Error('runs as a worker thread only');
const database = new DatabaseSync(String(workerData));
setUp(database);
database.exec(`PRAGMA wal_autocheckpoint = ${String(MOST_LOG_PAGES)}`);
const writer = new ViewWriter(database);
const checkpoint = database.prepare('PRAGMA wal_checkpoint(PASSIVE)');
const timer = setInterval(() => checkpoint.get(), CHECKPOINT_PERIOD_MS);

port.on('message', (order: WriterOrder | undefined) => {
  if (order) {
    port.postMessage(done(order));
    return;
  }
  clearInterval(timer);
  database.close();
  port.close();
});

function done(order: WriterOrder): WriterReply {
  if ('changes' in order) return writer.write(order.changes);
  try {
    writer.mark(order);
    return [true];
  } catch (error) {
    return [messageOf(error)];
  }
}
