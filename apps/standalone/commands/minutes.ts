import type { MinutesAnswer } from '#engine';
import type { Json } from '#kernel';
import { minutes, toHtml, toMarkdown, withTexts } from '#paper';
import { BadUsage, cannotRead } from '../subcommand.js';
import type { Subcommand } from '../subcommand.js';
import { answerView } from './answer-from-entries.js';
import { ENTRIES_OPTIONS, withEntries } from './entries.js';
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
    await withEntries(place, async ({ entries, openingsOf }) => {
      const now = new Date().toISOString();
      const answer = await answerView(entries, 'minutes', { decisionId }, now);
      if ('fault' in answer) throw new BadUsage({ fr: 'une décision', en: 'one decision' });
      const { minutes: found } = answer.data as { readonly minutes: MinutesAnswer | null };
      if (!found) throw cannotRead(decisionId, { fr: 'aucune décision de ce nom', en: 'no such decision' });
      const opened = (await withTexts(found as unknown as Json, openingsOf)) as unknown as MinutesAnswer;
      const page = minutes({ ...opened, knownAt: answer.knownAt }, terminal.language);
      await terminal.pour((markdown ? toMarkdown(page) : toHtml(page)).trimEnd());
    });
    return 0;
  },
};

function read(args: readonly string[]) {
  const { values, positionals } = readWords(args, OPTIONS);
  const [decisionId, ...more] = positionals;
  if (decisionId === undefined || more.length > 0) throw new BadUsage({ fr: 'une décision', en: 'one decision' });
  return { decisionId, ...values };
}
