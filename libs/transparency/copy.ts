import type { Id } from '#kernel';
import { MAX_PAGE, readEntry } from '#ledger';
import type { LedgerRow, LedgerStore, Opening, StoredEntry } from '#ledger';
import type { StoredBody } from './verify.js';
import { openingLine } from './ledger-file.js';

/** Entries read or written at once. */
const PAGE = Math.min(500, MAX_PAGE);

/** Every stored entry of an alliance in order, one page in memory at a time. */
export async function* storedEntries(store: LedgerStore, alliance: Id): AsyncGenerator<StoredEntry> {
  for (let next = 0; ;) {
    const page = await store.read(alliance, next, PAGE);
    yield* page;
    if (page.length === 0) return;
    next += page.length;
  }
}

/** Every alliance of a store, by id. */
export async function* storedAlliances(store: LedgerStore): AsyncGenerator<Id> {
  for (let after: Id | undefined; ;) {
    const page = await store.alliances(after, PAGE);
    for (const head of page) yield head.alliance;
    after = page.at(-1)?.alliance;
    if (after === undefined) return;
  }
}

/** The stored bodies with the columns that index them, for `verifyLedger`. */
export async function* storedBodies(store: LedgerStore, alliance: Id): AsyncGenerator<StoredBody> {
  for await (const { body, ...columns } of storedEntries(store, alliance)) yield { body, columns };
}

/** Where an export goes: a line for each body, and for each opening when they are asked for. */
export interface CopySink {
  body(line: string): Promise<void>;
  opening?(line: string): Promise<void>;
}

/** Copies an alliance out: bodies byte for byte as hashed. Gives the number of entries and of sealed texts. */
export async function exportLedger(
  store: LedgerStore,
  alliance: Id,
  sink: CopySink,
): Promise<{ entries: number; openings: number }> {
  const count = { entries: 0, openings: 0 };
  for await (const { body } of storedEntries(store, alliance)) {
    await sink.body(`${body}\n`);
    count.entries++;
  }
  if (!sink.opening) return count;
  for (let from = 0; from < count.entries; from += PAGE) {
    for (const opening of await store.openings(alliance, from, Math.min(from + PAGE, count.entries) - 1)) {
      await sink.opening(`${openingLine(opening)}\n`);
      count.openings++;
    }
  }
  return count;
}

/** An import that cannot go on: the alliance stands there already with other entries. */
export class ImportConflict extends Error {
  constructor(readonly seq: number) {
    super(`entry ${String(seq)} is there already and differs`);
  }
}

/**
 * Puts verified bodies into a store: same bytes, so the same head hash. Entries that are there already are passed over
 * when they are the same, so that an import broken off can be repeated; texts that they lack and that are given now, as
 * checked as the bodies, are filled in. Throws ImportConflict otherwise.
 */
export async function importLedger(
  store: LedgerStore,
  bodies: AsyncIterable<StoredBody>,
  openings: ReadonlyMap<number, readonly Opening[]>,
): Promise<{ entries: number; added: number; filled: number }> {
  const count = { entries: 0, added: 0, filled: 0 };
  let rows: LedgerRow[] = [];
  const flush = async (): Promise<void> => {
    const { added, filled } = await addRows(store, rows);
    count.added += added;
    count.filled += filled;
    rows = [];
  };
  for await (const { body } of bodies) {
    rows.push(rowOf(typeof body === 'string' ? body : Buffer.from(body).toString('utf8'), openings));
    count.entries++;
    if (rows.length >= PAGE) await flush();
  }
  await flush();
  return count;
}

function rowOf(body: string, openings: ReadonlyMap<number, readonly Opening[]>): LedgerRow {
  const { alliance, seq, commandId, id, at, hash, prev } = readEntry(body);
  return {
    alliance,
    seq,
    commandId,
    id,
    at,
    hash,
    body,
    prev,
    fingerprint: undefined,
    openings: openings.get(seq) ?? [],
  };
}

async function addRows(
  store: LedgerStore,
  rows: readonly LedgerRow[],
): Promise<{ readonly added: number; readonly filled: number }> {
  const [first] = rows;
  if (!first) return { added: 0, filled: 0 };
  const present = await store.read(first.alliance, first.seq, rows.length);
  const differs = present.find((entry, index) => entry.hash !== rows[index]?.hash);
  if (differs) throw new ImportConflict(differs.seq);
  const missing = rows.slice(present.length);
  const results = missing.length > 0 ? await store.append(missing) : [];
  const refused = results.findIndex((result) => result !== 'stored');
  if (refused >= 0) throw new ImportConflict(missing[refused]?.seq ?? first.seq);
  const texts = rows
    .slice(0, present.length)
    .flatMap(({ seq, openings }) => openings.map((opening) => ({ ...opening, seq })));
  const filled = texts.length > 0 ? await store.addOpenings(first.alliance, texts) : 0;
  return { added: missing.length, filled };
}
