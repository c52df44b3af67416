import { MemoryLedgerStore, rowOf } from '#ledger';
import type { Entry } from '#ledger';
import { Rehearsal } from '#rehearsal';
import { readFileSync } from 'node:fs';

/** The ledger of the example of the documentation, with its openings. */
export async function exampleEntries(): Promise<readonly Entry[]> {
  const rehearsal = new Rehearsal('1', async () => null);
  for (const line of readFileSync('docs/examples/first-consent.ndjson', 'utf8').trim().split('\n')) {
    const answer = await rehearsal.play(line);
    if ('fault' in answer) throw new Error(`the example does not play: ${JSON.stringify(answer)}`);
  }
  return rehearsal.entries;
}

export async function storeOf(entries: readonly Entry[]): Promise<MemoryLedgerStore> {
  const store = new MemoryLedgerStore();
  await store.append(entries.map((entry) => rowOf(entry)));
  return store;
}

/** Bytes in chunks of a size, as a file gives them. */
export async function* chunksOf(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}
