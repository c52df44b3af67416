import { parentPort, workerData } from 'node:worker_threads';
import { failure } from './errors.js';
import { unpacked } from './packed-rows.js';
import type { PackedRows } from './packed-rows.js';
import type { OpeningsToAdd, WriterAnswer } from './thread-writer.js';
import { LedgerWriter } from './writer.js';

// The thread that owns the writing connection: one batch in, one answer out after its flush. `undefined` closes.
const port = parentPort;
if (!port) throw new Error('runs as a worker thread only');
const writer = new LedgerWriter(String(workerData));

port.on('message', (asked: PackedRows | OpeningsToAdd | undefined) => {
  if (!asked) {
    writer.close();
    port.close();
    return;
  }
  port.postMessage(answerTo(asked));
  writer.trimLog();
});
port.postMessage({ ready: true } satisfies WriterAnswer);

function answerTo(asked: PackedRows | OpeningsToAdd): WriterAnswer {
  try {
    if ('openings' in asked) return { added: writer.addOpenings(asked.alliance, asked.openings) };
    const results = writer.insert(unpacked(asked));
    writer.commit();
    return { results };
  } catch (error) {
    const { message, code } = failure('append', error);
    return { failed: { message, code } };
  }
}
