import { parentPort, workerData } from 'node:worker_threads';
import { failure } from './errors.js';
import { unpacked } from './packed-rows.js';
import type { PackedRows } from './packed-rows.js';
import type { WriterAnswer } from './thread-writer.js';
import { LedgerWriter } from './writer.js';

// The thread that owns the writing connection: one batch in, one answer out after its flush. `undefined` closes.
const port = parentPort;
if (!port) throw new Error('runs as a worker thread only');
const writer = new LedgerWriter(String(workerData));

port.on('message', (rows: PackedRows | undefined) => {
  if (!rows) {
    writer.close();
    port.close();
    return;
  }
  port.postMessage(answerTo(rows));
  writer.trimLog();
});
port.postMessage({ ready: true } satisfies WriterAnswer);

function answerTo(rows: PackedRows): WriterAnswer {
  try {
    const results = writer.insert(unpacked(rows));
    writer.commit();
    return { results };
  } catch (error) {
    const { message, code } = failure('append', error);
    return { failed: { message, code } };
  }
}
