import { UnknownEvent } from './entry.js';
import type { Entry } from './entry.js';
import { rowOf } from './ledger-store.js';
import type { StoredEntry } from './ledger-store.js';
import { MemoryLedgerStore } from './memory-ledger-store.js';
import type { LedgerBroken } from './reader.js';
import { readLedger } from './reader.js';
import { closing, forming, idOf, tally } from './testing/index.js';

/** A store with one ledger of some entries, whose bodies reading may change. */
class PlantedStore extends MemoryLedgerStore {
  pages: number[] = [];
  plant: (entry: StoredEntry) => StoredEntry = (entry) => entry;

  override async read(...parameters: Parameters<MemoryLedgerStore['read']>): Promise<readonly StoredEntry[]> {
    const page = await super.read(...parameters);
    this.pages.push(page.length);
    return page.map((entry) => this.plant(entry));
  }
}

async function storeOf(count: number): Promise<{ store: PlantedStore; entries: Entry[] }> {
  const entries: Entry[] = [];
  let state = tally.initial;
  for (let n = 0; n < count; n++) {
    const request = n === 0 ? forming('read') : closing(idOf('command', n), [idOf('partner', n)]);
    const decided = request.decide(state);
    entries.push(...decided.entries);
    state = decided.state;
  }
  const store = new PlantedStore();
  await store.append(entries.map((entry) => rowOf(entry)));
  return { store, entries };
}

async function seqs(entries: AsyncIterable<Entry>): Promise<number[]> {
  const found: number[] = [];
  for await (const entry of entries) found.push(entry.seq);
  return found;
}

it('reads a ledger in order, in pages that are bounded', async () => {
  const { store, entries } = await storeOf(1_203);
  const alliance = entries[0]?.alliance ?? idOf('none');
  expect(await seqs(readLedger(store, alliance))).toEqual(entries.map(({ seq }) => seq));
  expect(store.pages).toEqual([500, 500, 203]);
});

it('reads what is behind a head', async () => {
  const { store, entries } = await storeOf(5);
  const [, , third] = entries;
  if (!third) throw new Error('five entries');
  expect(await seqs(readLedger(store, third.alliance, third))).toEqual([3, 4]);
});

it.each<[string, LedgerBroken['reason'], number, (entry: StoredEntry, all: readonly Entry[]) => StoredEntry]>([
  [
    'an entry altered',
    'chain-broken',
    2,
    (entry) => (entry.seq === 1 ? { ...entry, body: entry.body.replace('declined', 'revoked') } : entry),
  ],
  [
    'an entry left out',
    'gap',
    1,
    (entry, all) => ({ ...entry, body: all[entry.seq + (entry.seq > 0 ? 1 : 0)]?.body ?? '' }),
  ],
  [
    'an entry of another ledger',
    'wrong-log',
    1,
    (entry) => (entry.seq === 1 ? { ...entry, body: entry.body.replace('collegium/', 'collegium/x') } : entry),
  ],
])('%s stops the reading as %s', async (_, reason, seq, plant) => {
  const { store, entries } = await storeOf(4);
  store.plant = (entry) => plant(entry, entries);
  const alliance = entries[0]?.alliance ?? idOf('none');
  await expect(seqs(readLedger(store, alliance))).rejects.toMatchObject({ alliance, seq, reason });
});

it('an event from a newer program stops the reading, it is not skipped', async () => {
  const { store, entries } = await storeOf(3);
  store.plant = (entry) =>
    entry.seq === 1 ? { ...entry, body: entry.body.replace('InvitationClosed', 'FromTheFuture') } : entry;
  await expect(seqs(readLedger(store, entries[0]?.alliance ?? idOf('none')))).rejects.toThrow(UnknownEvent);
});
