import type { Texts } from '#words';
import type { Id } from '#kernel';
import { readEntry } from '#ledger';
import type { LedgerStore, Opening } from '#ledger';
import { bodiesOf, importLedger, ImportConflict, readOpenings, storedEntries, verifyLedger } from '#transparency';
import { BadUsage, GivenUp, say } from '../subcommand.js';
import type { Subcommand } from '../subcommand.js';
import { DATA_OPTION, folderOf, withLockedStore } from './data-folder.js';
import { assertLedgerFile, readingFile } from './ledger-file.js';
import { progressOf } from './verdict-text.js';
import { readWords } from './words.js';

/** `collegium import`: verifies a copy, then puts it into a data folder; the head hash is the same on this side. */
export const importCommand: Subcommand = {
  name: 'import',
  summary: {
    fr: 'vérifie puis reprend le registre d’une alliance',
    en: 'verifies and takes in the ledger of an alliance',
  },
  usage: {
    fr: 'collegium import <fichier de registre> [--data DOSSIER] [--openings F]',
    en: 'collegium import <ledger file> [--data FOLDER] [--openings F]',
  },
  async run(args, terminal) {
    const { file, data, openings } = read(args);
    await assertLedgerFile(file);
    const given: ReadonlyMap<number, readonly Opening[]> =
      openings === undefined ? new Map() : await readingFile(openings, () => readOpenings(openings));
    const { head, alliance, fault } = await verifyLedger(bodiesOf(file), {
      openingsOf: (seq) => given.get(seq) ?? [],
      onEntry: progressOf(terminal),
    });
    if (fault) throw refused({ fr: fault.word, en: fault.word }, fault.seq);
    if (!head || !alliance) throw refused({ fr: 'vide', en: 'empty' }, 0);
    await withLockedStore(data, async (store) => {
      const filled = String(await put(store, file, given));
      const missing = String(await missingTexts(store, alliance));
      terminal.out(`alliance: ${alliance}`);
      // The folder's own, which an older copy does not set back.
      const own = (await store.head(alliance)) ?? head;
      terminal.out(`head: ${String(own.seq)}:${own.hash}`);
      if (openings !== undefined)
        say(terminal, { fr: `textes complétés: ${filled}`, en: `texts filled in: ${filled}` });
      say(terminal, { fr: `textes absents: ${missing}`, en: `texts missing: ${missing}` });
    });
    return 0;
  },
};

/** Gives how many texts were filled in at entries that the folder had without them. */
async function put(
  store: LedgerStore,
  file: string,
  openings: ReadonlyMap<number, readonly Opening[]>,
): Promise<number> {
  try {
    return (await importLedger(store, bodiesOf(file), openings)).filled;
  } catch (fault) {
    if (!(fault instanceof ImportConflict)) throw fault;
    throw refused({ fr: 'le dossier a une autre suite', en: 'the folder has another continuation' }, fault.seq);
  }
}

/** Sealed values of which this side has no text: erased before, or not given. */
async function missingTexts(store: LedgerStore, alliance: Id): Promise<number> {
  let missing = 0;
  for await (const { body, seq } of storedEntries(store, alliance)) {
    for (const { sealed = {} } of readEntry(body).events) missing += Object.keys(sealed).length;
    missing -= (await store.openings(alliance, seq, seq)).length;
  }
  return missing;
}

function refused({ fr, en }: Texts, seq: number): GivenUp {
  return new GivenUp({ fr: `refusé : ${fr} (seq ${String(seq)})`, en: `refused: ${en} (seq ${String(seq)})` }, 1);
}

function read(args: readonly string[]) {
  const { values, positionals } = readWords(args, { ...DATA_OPTION, openings: { type: 'string' } });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) {
    throw new BadUsage({ fr: 'un fichier de registre', en: 'one ledger file' });
  }
  return { file, openings: values.openings, data: folderOf(values) };
}
