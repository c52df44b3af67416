import { BadLine, bodiesOf, importLedger, ImportConflict, readOpenings, verifyLedger } from '#transparency';
import { parseArgs } from 'node:util';
import { BadUsage } from '../subcommand.js';
import type { Subcommand, Terminal } from '../subcommand.js';
import { DATA_FOLDER, withLockedStore } from './data-folder.js';

/** `collegium import`: verifies a copy, then puts it into a data folder; the head hash is the same on this side. */
export const importCommand: Subcommand = {
  name: 'import',
  summary: { fr: 'reprend le registre d’une alliance', en: 'takes in the ledger of an alliance' },
  usage: {
    fr: 'collegium import <fichier de registre> [--data DOSSIER] [--openings F]',
    en: 'collegium import <ledger file> [--data FOLDER] [--openings F]',
  },
  async run(args, terminal) {
    const { file, data, openings } = read(args);
    try {
      const given = openings === undefined ? new Map<number, never[]>() : await readOpenings(openings);
      const verdict = await verifyLedger(bodiesOf(file), { openingsOf: (seq) => given.get(seq) ?? [] });
      if (verdict.fault ?? !verdict.head) return refused(terminal, verdict.fault?.word ?? 'unreadable');
      await withLockedStore(data, (store) => importLedger(store, bodiesOf(file), given));
      terminal.out(`head: ${String(verdict.head.seq)}:${verdict.head.hash}`);
      const missing = verdict.openings === 'not given' ? 0 : verdict.openings.missing;
      terminal.out(
        { fr: `textes absents: ${String(missing)}`, en: `texts missing: ${String(missing)}` }[terminal.language],
      );
      return 0;
    } catch (error) {
      if (error instanceof ImportConflict) return refused(terminal, `gap or fork at ${String(error.seq)}`);
      if (error instanceof BadLine) return refused(terminal, error.message);
      throw error;
    }
  },
};

function refused(terminal: Terminal, reason: string): number {
  terminal.err(`${{ fr: 'refusé', en: 'refused' }[terminal.language]}: ${reason}`);
  return 1;
}

function read(args: readonly string[]) {
  try {
    const options = { data: { type: 'string', default: DATA_FOLDER }, openings: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    const [file] = positionals;
    if (file !== undefined && positionals.length === 1) return { file, ...values };
  } catch {
    // Told below, as for a missing file.
  }
  throw new BadUsage({ fr: 'un fichier de registre', en: 'one ledger file' });
}
