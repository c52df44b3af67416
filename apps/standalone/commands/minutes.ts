import { id } from '#contracts';
import { minutesView, proposalMinutesView } from '#engine';
import type { MinutesAnswer } from '#engine';
import { isId } from '#kernel';
import { minutes } from '#paper';
import { defineView } from '#views';
import type { View } from '#views';
import { BadUsage, cannotRead } from '../subcommand.js';
import type { Subcommand } from '../subcommand.js';
import { ENTRIES_OPTIONS } from './entries.js';
import { pourPage, withPaper } from './paper.js';
import { readWords } from './words.js';

const OPTIONS = { ...ENTRIES_OPTIONS, markdown: { type: 'boolean', default: false } } as const;

/** `collegium minutes <id>`: the minutes of a decision or a proposal, fit to print, from a data folder or a ledger file. */
export const minutesCommand: Subcommand = {
  name: 'minutes',
  summary: {
    fr: 'écrit le procès-verbal d’une décision ou d’une proposition, en HTML ou en Markdown',
    en: 'writes the minutes of a decision or a proposal, as HTML or as Markdown',
  },
  usage: {
    fr: 'collegium minutes <décision|proposition> [--markdown] [--alliance A]\n       [--data DOSSIER | --ledger F [--openings F]]',
    en: 'collegium minutes <decision|proposal> [--markdown] [--alliance A]\n       [--data FOLDER | --ledger F [--openings F]]',
  },
  async run(args, terminal) {
    const { subject, markdown, ...options } = read(args);
    const asked = { view: eitherView as unknown as View, params: { subject }, options };
    await withPaper<{ readonly minutes: MinutesAnswer | null }>(asked, async ({ data, knownAt, isWhole }) => {
      if (!data.minutes) throw cannotRead(subject, NEITHER);
      await pourPage(terminal, minutes({ ...data.minutes, isWhole, knownAt }, terminal.language), markdown);
    });
    return 0;
  },
};

const NEITHER = { fr: 'ni décision ni proposition de ce nom', en: 'no decision or proposal of this name' };

/** The minutes of whichever of the two has this name. */
const eitherView = defineView({
  name: 'minutes-of-either',
  projections: minutesView.projections,
  params: { subject: id() },
  async answer(readers, { subject }, asOf) {
    const { minutes: found } = await minutesView.answer(readers, { decisionId: subject }, asOf);
    return found ? { minutes: found } : proposalMinutesView.answer(readers, { proposalId: subject }, asOf);
  },
});

function read(args: readonly string[]) {
  const { values, positionals } = readWords(args, OPTIONS);
  const [subject, ...more] = positionals;
  if (!isId(subject) || more.length > 0)
    throw new BadUsage({ fr: 'une décision ou une proposition', en: 'one decision or proposal' });
  return { subject, ...values };
}
