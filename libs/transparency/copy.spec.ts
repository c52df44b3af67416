import { MemoryLedgerStore, StoreFailed } from '#ledger';
import type { Entry, LedgerRow, Opening } from '#ledger';
import { exportLedger, ImportConflict, importLedger, storedAlliances, storedBodies } from './copy.js';
import type { OpeningLine } from './ledger-file.js';
import { exampleEntries, storeOf } from './testing/example.js';
import { verifyLedger } from './verify.js';

let entries: readonly Entry[];
let alliance: Entry['alliance'];
beforeAll(async () => {
  entries = await exampleEntries();
  alliance = entries[0]?.alliance ?? ('' as never);
});

/** What an export gives: bodies, and openings by entry when asked for. */
async function exported(store: MemoryLedgerStore, withOpenings = true) {
  const bodies: string[] = [];
  const openings = new Map<number, Opening[]>();
  const keep = (line: string) => {
    const opening = JSON.parse(line) as OpeningLine;
    openings.set(opening.seq, [...(openings.get(opening.seq) ?? []), opening]);
  };
  const count = await exportLedger(store, alliance, {
    body: async (line) => void bodies.push(line),
    ...(withOpenings
      ? {
          opening: async (line: string) => {
            keep(line);
          },
        }
      : {}),
  });
  return { count, bodies, openings };
}

async function* bodiesFrom(lines: readonly string[], endsBefore = lines.length) {
  for (const [seq, line] of lines.entries()) {
    if (seq === endsBefore) throw new Error('the file ends here');
    yield { body: Buffer.from(line.trimEnd()) };
  }
}

const texts = () => entries.flatMap(({ openings }) => openings).length;

describe('an export', () => {
  it('is the bodies byte for byte, a line each, and the openings when they are asked for', async () => {
    const { count, bodies, openings } = await exported(await storeOf(entries));
    expect(bodies).toEqual(entries.map(({ body }) => `${body}\n`));
    expect(count).toEqual({ entries: entries.length, openings: texts() });
    expect([...openings.values()].flat()).toHaveLength(texts());
    expect(openings.get(0)).toMatchObject(entries[0]?.openings ?? []);
  });

  it('without openings holds none, and says how many texts are missing when it is verified', async () => {
    const store = await storeOf(entries);
    const { count, openings } = await exported(store, false);
    expect([count.openings, openings.size]).toEqual([0, 0]);
    const verdict = await verifyLedger(storedBodies(store, alliance), { openingsOf: () => [] });
    expect(verdict.openings).toEqual({ checked: 0, missing: texts() });
  });

  it('of a store names each of its alliances', async () => {
    const found: string[] = [];
    for await (const id of storedAlliances(await storeOf(entries))) found.push(id);
    expect(found).toEqual([alliance]);
  });
});

describe('an import', () => {
  it('has the same head hash, the same openings, and verifies', async () => {
    const { bodies, openings } = await exported(await storeOf(entries));
    const store = new MemoryLedgerStore();
    expect(await importLedger(store, bodiesFrom(bodies), openings)).toEqual({
      ...{ entries: entries.length, added: entries.length, filled: 0 },
    });
    expect((await store.head(alliance))?.hash).toBe(entries.at(-1)?.hash);
    const openingsOf = (seq: number) => store.openings(alliance, seq, seq);
    const verdict = await verifyLedger(storedBodies(store, alliance), { openingsOf });
    expect(verdict).toMatchObject({ entries: entries.length, openings: { checked: texts(), missing: 0 } });
    expect(verdict.fault).toBeUndefined();
  });

  it('that broke off is repeated, and adds only what was missing', async () => {
    const { bodies, openings } = await exported(await storeOf(entries));
    const store = await storeOf(entries.slice(0, 10));
    const again = () => importLedger(store, bodiesFrom(bodies), openings);
    expect(await again()).toEqual({ entries: entries.length, added: entries.length - 10, filled: 0 });
    expect(await again()).toEqual({ entries: entries.length, added: 0, filled: 0 });
  });

  it('that is repeated with the texts that it lacked fills them in, once', async () => {
    const { bodies, openings } = await exported(await storeOf(entries));
    const store = await storeOf(entries.slice(0, 10).map((entry) => ({ ...entry, openings: [] })));
    await importLedger(store, bodiesFrom(bodies), new Map());
    const again = () => importLedger(store, bodiesFrom(bodies), openings);
    expect(await again()).toEqual({ entries: entries.length, added: 0, filled: texts() });
    expect(await again()).toMatchObject({ filled: 0 });
    expect((await exported(store)).openings).toEqual(openings);
  });

  it('leaves nothing behind of a page that could not be read', async () => {
    const { bodies, openings } = await exported(await storeOf(entries));
    const store = new MemoryLedgerStore();
    await expect(importLedger(store, bodiesFrom(bodies, 7), openings)).rejects.toThrow('the file ends here');
    expect(await store.head(alliance)).toBeUndefined();
    expect(await importLedger(store, bodiesFrom(bodies), openings)).toMatchObject({ added: entries.length });
  });

  it('is refused where other entries stand, and the first that differs is named', async () => {
    const [, , third] = entries;
    if (!third) throw new Error('no third entry');
    const other = { ...third, hash: entries[0]?.hash ?? third.hash };
    const store = await storeOf([...entries.slice(0, 2), other]);
    const { bodies, openings } = await exported(await storeOf(entries));
    await expect(importLedger(store, bodiesFrom(bodies), openings)).rejects.toEqual(new ImportConflict(2));
    expect(await store.head(alliance)).toMatchObject({ seq: 2, hash: other.hash });
  });

  it('is refused when somebody writes in between, and hides no failure of the store', async () => {
    const { bodies, openings } = await exported(await storeOf(entries));
    const store = new MemoryLedgerStore();
    const append = store.append.bind(store);
    store.append = async (rows: readonly LedgerRow[]) => {
      await append(rows.slice(0, 4));
      return append(rows);
    };
    await expect(importLedger(store, bodiesFrom(bodies), openings)).rejects.toEqual(new ImportConflict(0));
    store.append = () => Promise.reject(new StoreFailed('no room', 'STORAGE_FULL'));
    await expect(importLedger(store, bodiesFrom(bodies), openings)).rejects.toMatchObject({ code: 'STORAGE_FULL' });
  });
});
