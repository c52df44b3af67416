import { handoverPaperView, statementPaperView } from '#engine';
import type { HandoverAnswer, StatementAnswer } from '#engine';
import { handover, statement } from '#paper';
import type { Page } from '#paper';
import type { View } from '#views';
import type { Language, Texts } from '#words';
import { BadUsage, cannotRead } from '../subcommand.js';
import type { Subcommand } from '../subcommand.js';
import { PAPER_OPTIONS, pourPage, withPaper } from './paper.js';
import { readWords } from './words.js';

const OPTIONS = { ...PAPER_OPTIONS, markdown: { type: 'boolean', default: false } } as const;

/** `collegium statement <partner>`: what a partner promised, gave and received, fit to print. */
export const statementCommand = partnerPaper<StatementAnswer>({
  name: 'statement',
  summary: {
    fr: 'écrit la situation d’un partenaire, en HTML ou en Markdown',
    en: 'writes the statement of a partner, as HTML or as Markdown',
  },
  view: statementPaperView,
  tell: statement,
});

/** `collegium handover <partner>`: what the next person of a partner has to know, fit to print. */
export const handoverCommand = partnerPaper<HandoverAnswer>({
  name: 'handover',
  summary: {
    fr: 'écrit le dossier de passation d’un partenaire, en HTML ou en Markdown',
    en: 'writes the handover dossier of a partner, as HTML or as Markdown',
  },
  view: handoverPaperView,
  tell: handover,
});

interface PartnerPaper<T> {
  readonly name: string;
  readonly summary: Texts;
  readonly view: View;
  readonly tell: (
    facts: T & { readonly isWhole: boolean; readonly trueOn: string; readonly knownAt: number },
    language: Language,
  ) => Page;
}

/** The subcommand that writes a page about one partner, from a data folder or a ledger file. */
function partnerPaper<T extends object>({ name, summary, view, tell }: PartnerPaper<T>): Subcommand {
  return {
    name,
    summary,
    usage: {
      fr: `collegium ${name} <partenaire> [--markdown] [--alliance A]\n       [--data DOSSIER | --ledger F [--openings F]]\n       [--known-at seq|instant] [--true-on jour] [--at seq|jour]`,
      en: `collegium ${name} <partner> [--markdown] [--alliance A]\n       [--data FOLDER | --ledger F [--openings F]]\n       [--known-at seq|instant] [--true-on day] [--at seq|day]`,
    },
    async run(args, terminal) {
      const { partnerId, markdown, ...options } = read(args);
      await withPaper<T | null>({ view, params: { partnerId }, options }, async (answer) => {
        const { data, trueOn, knownAt, isWhole } = answer;
        if (!data) throw cannotRead(partnerId, { fr: 'aucun partenaire de ce nom', en: 'no such partner' });
        await pourPage(terminal, tell({ ...data, isWhole, trueOn, knownAt }, terminal.language), markdown);
      });
      return 0;
    },
  };
}

function read(args: readonly string[]) {
  const { values, positionals } = readWords(args, OPTIONS);
  const [partnerId, ...more] = positionals;
  if (partnerId === undefined || more.length > 0) throw new BadUsage({ fr: 'un partenaire', en: 'one partner' });
  return { partnerId, ...values };
}
