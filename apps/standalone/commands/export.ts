import { isId } from '#kernel';
import { exportLedger } from '#transparency';
import { open } from 'node:fs/promises';
import { BadUsage, GivenUp } from '../subcommand.js';
import type { Subcommand } from '../subcommand.js';
import { DATA_OPTION, folderOf, withStore } from './data-folder.js';
import { readWords } from './words.js';

const PROGRESS_EVERY = 1_000;

/** `collegium export`: bodies on standard output, one a line, byte for byte as hashed; openings in a file beside. */
export const exportCommand: Subcommand = {
  name: 'export',
  summary: {
    fr: 'copie le registre d’une alliance ; --openings écrit à côté les textes scellés',
    en: 'copies out the ledger of an alliance; --openings writes the sealed texts beside it',
  },
  usage: {
    fr: 'collegium export <alliance> [--data DOSSIER] [--openings F] > registre.ndjson',
    en: 'collegium export <alliance> [--data FOLDER] [--openings F] > ledger.ndjson',
  },
  async run(args, terminal) {
    const { alliance, data, openings } = read(args);
    await withStore(data, async (store) => {
      if (!(await store.head(alliance))) {
        throw new GivenUp({ fr: 'aucune alliance de ce nom', en: 'no such alliance' }, 2);
      }
      const file = openings === undefined ? undefined : await open(openings, 'w', 0o600);
      let lines = 0;
      const body = async (line: string): Promise<void> => {
        await terminal.pour(line.slice(0, -1));
        lines += 1;
        if (lines % PROGRESS_EVERY === 0) terminal.progress(String(lines));
      };
      try {
        const opening =
          file &&
          (async (line: string) => {
            await file.write(line);
          });
        await exportLedger(store, alliance, opening ? { body, opening } : { body });
      } finally {
        terminal.progress('');
        await file?.close();
      }
    });
    return 0;
  },
};

function read(args: readonly string[]) {
  const { values, positionals } = readWords(args, { ...DATA_OPTION, openings: { type: 'string' } });
  const [alliance] = positionals;
  if (!isId(alliance) || positionals.length > 1) {
    throw new BadUsage({
      fr: 'l’identifiant d’une alliance (26 caractères)',
      en: 'the id of an alliance (26 characters)',
    });
  }
  return { alliance, openings: values.openings, data: folderOf(values) };
}
