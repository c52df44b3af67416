import { minutesView } from '#engine';
import type { MinutesAnswer } from '#engine';
import { isId } from '#kernel';
import { minutes } from '#paper';
import type { View } from '#views';
import { BadUsage, cannotRead } from '../subcommand.js';
import type { Subcommand } from '../subcommand.js';
import { ENTRIES_OPTIONS } from './entries.js';
import { pourPage, withPaper } from './paper.js';
import { readWords } from './words.js';

const OPTIONS = { ...ENTRIES_OPTIONS, markdown: { type: 'boolean', default: false } } as const;

/** `collegium minutes <decision>`: the minutes of a decision, fit to print, from a data folder or a ledger file. */
export const minutesCommand: Subcommand = {
  name: 'minutes',
  summary: {
    fr: 'écrit le procès-verbal d’une décision, en HTML ou en Markdown',
    en: 'writes the minutes of a decision, as HTML or as Markdown',
  },
  usage: {
    fr: 'collegium minutes <décision> [--markdown] [--alliance A]\n       [--data DOSSIER | --ledger F [--openings F]]',
    en: 'collegium minutes <decision> [--markdown] [--alliance A]\n       [--data FOLDER | --ledger F [--openings F]]',
  },
  async run(args, terminal) {
    const { decisionId, markdown, ...place } = read(args);
    const asked = { view: minutesView as unknown as View, params: { decisionId }, options: place };
    await withPaper<{ readonly minutes: MinutesAnswer | null }>(asked, async ({ data, knownAt, isWhole }) => {
      if (!data.minutes) throw cannotRead(decisionId, { fr: 'aucune décision de ce nom', en: 'no such decision' });
      await pourPage(terminal, minutes({ ...data.minutes, isWhole, knownAt }, terminal.language), markdown);
    });
    return 0;
  },
};

function read(args: readonly string[]) {
  const { values, positionals } = readWords(args, OPTIONS);
  const [decisionId, ...more] = positionals;
  if (!isId(decisionId) || more.length > 0) throw new BadUsage({ fr: 'une décision', en: 'one decision' });
  return { decisionId, ...values };
}
