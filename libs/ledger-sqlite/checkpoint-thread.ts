import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from './connection.js';

/** How often the write-ahead log is worked off beside the writer, off the path of a commit. */
const CHECKPOINT_PERIOD_MS = 200;

const db = openDatabase(String(workerData), 'write');
const timer = setInterval(() => {
  // Passive: takes no lock that a commit waits for.
  db.exec('PRAGMA wal_checkpoint(PASSIVE)');
}, CHECKPOINT_PERIOD_MS);

parentPort?.once('message', () => {
  clearInterval(timer);
  db.close();
});
