import { isId } from '#kernel';
import { exportLedger } from '#transparency';
import { open } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { BadUsage } from '../subcommand.js';
import type { Subcommand } from '../subcommand.js';
import { DATA_FOLDER, withStore } from './data-folder.js';

/** `collegium export`: bodies on standard output, one a line, byte for byte as hashed; openings in a file beside. */
export const exportCommand: Subcommand = {
  name: 'export',
  summary: { fr: 'copie le registre d’une alliance', en: 'copies out the ledger of an alliance' },
  usage: {
    fr: 'collegium export <alliance> [--data DOSSIER] [--openings F] > registre.ndjson',
    en: 'collegium export <alliance> [--data FOLDER] [--openings F] > ledger.ndjson',
  },
  async run(args, terminal) {
    const { alliance, data, openings } = read(args);
    const file = openings === undefined ? undefined : await open(openings, 'w', 0o600);
    try {
      const count = await withStore(data, (store) =>
        exportLedger(store, alliance, {
          body: (line) => Promise.resolve(terminal.out(line.slice(0, -1))),
          ...(file ? { opening: async (line: string) => void (await file.write(line)) } : {}),
        }),
      );
      if (count.entries > 0) return 0;
      terminal.err({ fr: 'aucune alliance de ce nom', en: 'no such alliance' }[terminal.language]);
      return 2;
    } finally {
      await file?.close();
    }
  },
};

function read(args: readonly string[]) {
  try {
    const options = { data: { type: 'string', default: DATA_FOLDER }, openings: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    const [alliance] = positionals;
    if (isId(alliance) && positionals.length === 1) return { alliance, ...values };
  } catch {
    // Told below, as for a missing alliance.
  }
  throw new BadUsage({
    fr: 'l’identifiant d’une alliance (26 caractères)',
    en: 'the id of an alliance (26 characters)',
  });
}
