import { statementPaperView } from '#engine';
import type { StatementAnswer } from '#engine';
import { statement } from '#paper';
import type { View } from '#views';
import { BadUsage, cannotRead } from '../subcommand.js';
import type { Subcommand } from '../subcommand.js';
import { PAPER_OPTIONS, pourPage, withPaper } from './paper.js';
import { readWords } from './words.js';

const OPTIONS = { ...PAPER_OPTIONS, markdown: { type: 'boolean', default: false } } as const;

/** `collegium statement <partner>`: what a partner promised, gave and received, fit to print. */
export const statementCommand: Subcommand = {
  name: 'statement',
  summary: {
    fr: 'écrit la situation d’un partenaire, en HTML ou en Markdown',
    en: 'writes the statement of a partner, as HTML or as Markdown',
  },
  usage: {
    fr: 'collegium statement <partenaire> [--markdown] [--alliance A]\n       [--data DOSSIER | --ledger F [--openings F]]\n       [--known-at seq|instant] [--true-on jour] [--at seq|jour]',
    en: 'collegium statement <partner> [--markdown] [--alliance A]\n       [--data FOLDER | --ledger F [--openings F]]\n       [--known-at seq|instant] [--true-on day] [--at seq|day]',
  },
  async run(args, terminal) {
    const { partnerId, markdown, ...options } = read(args);
    const asked = { view: statementPaperView as unknown as View, params: { partnerId }, options };
    await withPaper<StatementAnswer | null>(asked, async ({ data, trueOn, knownAt, isWhole }) => {
      if (!data) throw cannotRead(partnerId, { fr: 'aucun partenaire de ce nom', en: 'no such partner' });
      await pourPage(terminal, statement({ ...data, isWhole, trueOn, knownAt }, terminal.language), markdown);
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
