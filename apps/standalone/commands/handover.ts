import { handoverPaperView } from '#engine';
import type { HandoverAnswer } from '#engine';
import { handover } from '#paper';
import type { View } from '#views';
import { BadUsage, cannotRead } from '../subcommand.js';
import type { Subcommand } from '../subcommand.js';
import { PAPER_OPTIONS, pourPage, withPaper } from './paper.js';
import { readWords } from './words.js';

const OPTIONS = { ...PAPER_OPTIONS, markdown: { type: 'boolean', default: false } } as const;

/** `collegium handover <partner>`: what the next person of a partner has to know, fit to print. */
export const handoverCommand: Subcommand = {
  name: 'handover',
  summary: {
    fr: 'écrit le dossier de passation d’un partenaire, en HTML ou en Markdown',
    en: 'writes the handover dossier of a partner, as HTML or as Markdown',
  },
  usage: {
    fr: 'collegium handover <partenaire> [--markdown] [--alliance A]\n       [--data DOSSIER | --ledger F [--openings F]]\n       [--known-at seq|instant] [--true-on jour] [--at seq|jour]',
    en: 'collegium handover <partner> [--markdown] [--alliance A]\n       [--data FOLDER | --ledger F [--openings F]]\n       [--known-at seq|instant] [--true-on day] [--at seq|day]',
  },
  async run(args, terminal) {
    const { partnerId, markdown, ...options } = read(args);
    const asked = { view: handoverPaperView as unknown as View, params: { partnerId }, options };
    await withPaper<HandoverAnswer | null>(asked, async ({ data, trueOn, knownAt, isWhole }) => {
      if (!data) throw cannotRead(partnerId, { fr: 'aucun partenaire de ce nom', en: 'no such partner' });
      await pourPage(terminal, handover({ ...data, isWhole, trueOn, knownAt }, terminal.language), markdown);
    });
    return 0;
  },
};

function read(args: readonly string[]) {
  const { values, positionals } = readWords(args, OPTIONS);
  const [partnerId, ...more] = positionals;
  if (partnerId === undefined || more.length > 0) throw new BadUsage({ fr: 'un partenaire', en: 'one partner' });
  return { partnerId, ...values };
}
