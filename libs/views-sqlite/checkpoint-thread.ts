import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

/** How often the write-ahead log is worked off beside the event loop, which never waits for a flush of the file then. */
const CHECKPOINT_PERIOD_MS = 200;

const database = new DatabaseSync(String(workerData), { timeout: 2_000 });
database.exec('PRAGMA synchronous = NORMAL');
const timer = setInterval(() => {
  // Passive: takes no lock that a commit waits for.
  database.exec('PRAGMA wal_checkpoint(PASSIVE)');
}, CHECKPOINT_PERIOD_MS);

parentPort?.once('message', () => {
  clearInterval(timer);
  database.close();
});
