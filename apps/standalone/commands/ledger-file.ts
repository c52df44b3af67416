import type { Id } from '#kernel';
import { EMPTY_HEAD, headOf, MAX_ENTRY_BYTES, readEntry } from '#ledger';
import type { Entry, Head } from '#ledger';
import { BadLine, bodiesOf, chainFault, linesOf } from '#transparency';
import { createReadStream } from 'node:fs';
import { cannotRead } from '../subcommand.js';

/** Members that every entry has: one alone is enough, so that one flipped byte does not hide a ledger. */
const MARKS = ['"log":"collegium/', '"events":[', '"correlation":"'];

/** Throws what a user sees when a file is not there, or has nothing of a ledger. */
export async function assertLedgerFile(file: string): Promise<void> {
  const first = await readingFile(file, async () => {
    for await (const line of linesOf(createReadStream(file), MAX_ENTRY_BYTES))
      return Buffer.from(line).toString('utf8');
    return '';
  });
  if (!MARKS.some((mark) => first.includes(mark))) {
    throw cannotRead(file, { fr: 'pas un registre', en: 'not a ledger' });
  }
}

/** The entries of an exported ledger, each standing on the one before; the rules are not run again. */
export async function* entriesOfFile(file: string): AsyncGenerator<Entry> {
  let line = 0;
  let head: Head = EMPTY_HEAD;
  for await (const { body } of bodiesOf(file)) {
    line += 1;
    const place = `${file}:${String(line)}`;
    const entry = entryOf(Buffer.from(body).toString('utf8'), place);
    const fault = chainFault(head, entry, NONE_SEEN);
    if (fault)
      throw cannotRead(place, {
        fr: `${fault.word} ; voir collegium verify`,
        en: `${fault.word}; see collegium verify`,
      });
    head = headOf(entry);
    yield entry;
  }
}

const NONE_SEEN: ReadonlySet<Id> = new Set();

/** Runs what reads a file that the user named; its faults leave as words. */
export async function readingFile<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (fault) {
    if (fault instanceof BadLine)
      throw cannotRead(`${file}:${String(fault.line)}`, { fr: fault.fault, en: fault.fault });
    throw cannotRead(file);
  }
}

function entryOf(body: string, place: string): Entry {
  try {
    return readEntry(body);
  } catch {
    throw cannotRead(place, { fr: 'pas une inscription de registre', en: 'not an entry of a ledger' });
  }
}
