import { isId } from '#kernel';
import type { Id } from '#kernel';
import { readEntry } from '#ledger';
import type { Entry, Opening } from '#ledger';
import { readOpenings, storedEntries } from '#transparency';
import { BadUsage, cannotRead } from '../subcommand.js';
import { DATA_OPTION, folderOf, onlyAlliance, withStore } from './data-folder.js';
import { assertLedgerFile, entriesOfFile, readingFile } from './ledger-file.js';

/** Options of every subcommand that reads the entries of one alliance, from a data folder or a ledger file. */
export const ENTRIES_OPTIONS = {
  ...DATA_OPTION,
  ledger: { type: 'string' },
  openings: { type: 'string' },
  alliance: { type: 'string' },
} as const;

interface EntriesOptions {
  readonly data?: string | undefined;
  readonly ledger?: string | undefined;
  readonly openings?: string | undefined;
  readonly alliance?: string | undefined;
}

/** What a view is made from, and where its sealed texts are. */
export interface Source {
  readonly entries: AsyncIterable<Entry>;
  readonly openingsOf: (seq: number) => Promise<readonly Opening[]> | readonly Opening[];
}

export async function withEntries(
  { ledger, openings, alliance, ...place }: EntriesOptions,
  work: (source: Source) => Promise<void>,
): Promise<void> {
  if (ledger !== undefined) {
    await assertLedgerFile(ledger);
    const given = openings === undefined ? undefined : await readingFile(openings, () => readOpenings(openings));
    await work({ entries: entriesOfFile(ledger), openingsOf: (seq) => given?.get(seq) ?? [] });
    return;
  }
  await withStore(folderOf(place), async (store) => {
    const named = allianceIn(alliance) ?? (await onlyAlliance(store));
    if (named === undefined) throw new BadUsage({ fr: '--alliance est nécessaire', en: '--alliance is needed' });
    if (!(await store.head(named)))
      throw cannotRead(named, { fr: 'aucune alliance de ce nom', en: 'no such alliance' });
    await work({
      entries: entriesOf(storedEntries(store, named)),
      openingsOf: (seq) => store.openings(named, seq, seq),
    });
  });
}

async function* entriesOf(stored: AsyncIterable<{ readonly body: string }>): AsyncGenerator<Entry> {
  for await (const { body } of stored) yield readEntry(body);
}

function allianceIn(alliance: string | undefined): Id | undefined {
  if (alliance === undefined || isId(alliance)) return alliance;
  throw new BadUsage({ fr: '--alliance : 26 caractères', en: '--alliance: 26 characters' });
}
