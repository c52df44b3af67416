import type { Json } from '#kernel';
import { EXPORT_FORMATS, exportFile } from '#paper';
import { BadUsage, cannotRead } from '../subcommand.js';
import type { Subcommand } from '../subcommand.js';
import { PAPER_OPTIONS, withPaper } from './paper.js';
import { readWords } from './words.js';

const FORMATS = [...EXPORT_FORMATS.keys()].join(', ');
const NAMES = FORMATS.replaceAll(/(.{1,76})(?:, |$)/g, '\n         $1');
const OPTIONS = {
  ...PAPER_OPTIONS,
  partner: { type: 'string' },
  year: { type: 'string' },
  edition: { type: 'string' },
} as const;

/** `collegium export-csv <format>`: a table for spreadsheets, or the same as canonical JSON, on standard output. */
export const exportCsvCommand: Subcommand = {
  name: 'export-csv',
  summary: {
    fr: 'écrit un tableau pour tableur (CSV), ou ses données en JSON',
    en: 'writes a table for spreadsheets (CSV), or its data as JSON',
  },
  usage: {
    fr:
      'collegium export-csv <format> [--partner P] [--year AAAA] [--edition E] [--alliance A]\n       [--data DOSSIER | --ledger F [--openings F]]\n       [--known-at seq|instant] [--true-on jour] [--at seq|jour] > tableau.csv\n       formats :' +
      NAMES,
    en:
      'collegium export-csv <format> [--partner P] [--year YYYY] [--edition E] [--alliance A]\n       [--data FOLDER | --ledger F [--openings F]]\n       [--known-at seq|instant] [--true-on day] [--at seq|day] > table.csv\n       formats:' +
      NAMES,
  },
  async run(args, terminal) {
    const { format, params, ...options } = read(args);
    await withPaper<Json>(
      { view: format.view, params, options },
      async ({ data, trueOn, knownAt, entries, isWhole }) => {
        const alliance = entries[0]?.alliance;
        if (data === null || alliance === undefined) {
          throw cannotRead(params['partnerId'] ?? '', { fr: 'aucun partenaire de ce nom', en: 'no such partner' });
        }
        const { body } = exportFile(format, data, { alliance, trueOn, knownAt, language: terminal.language, isWhole });
        // A line is written with its LF.
        await terminal.pour(body.replace(/\n$/, ''));
      },
    );
    return 0;
  },
};

function read(args: readonly string[]) {
  const { values, positionals } = readWords(args, OPTIONS);
  const { partner, year, edition, ...options } = values;
  const [name = '', ...more] = positionals;
  const format = EXPORT_FORMATS.get(name);
  if (!format || more.length > 0) {
    throw new BadUsage({ fr: `un format parmi : ${FORMATS}`, en: `one format of: ${FORMATS}` });
  }
  const given = Object.entries({ partnerId: partner, year, edition });
  const params = Object.fromEntries(given.filter((one): one is [string, string] => one[1] !== undefined));
  return { format, params, ...options };
}
