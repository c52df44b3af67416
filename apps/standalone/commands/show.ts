import { snapshotOf } from '#deliberation';
import { EMPTY_STATE, foldEntry } from '#engine';
import { canonicalJson } from '#kernel';
import type { Id, Json } from '#kernel';
import type { Entry } from '#ledger';
import { withTexts } from '#paper';
import { BadUsage, cannotRead } from '../subcommand.js';
import type { Subcommand, Terminal } from '../subcommand.js';
import { answerView } from './answer-from-entries.js';
import { showRows } from './argument-rows.js';
import { ENTRIES_OPTIONS, withEntries } from './entries.js';
import type { Source } from './entries.js';
import { showTable } from './table.js';
import { PARAMETER_OPTIONS, parameterMisfit, parameterRows, parametersOf, SHOWN, SNAPSHOT } from './view-parameters.js';
import { readWords } from './words.js';

/** The names of the views, some to a line of the help. */
const VIEW_NAMES = SHOWN.join(', ').replaceAll(/(.{1,76})(?:, |$)/g, '\n         $1');

const OPTIONS = { ...PARAMETER_OPTIONS, ...ENTRIES_OPTIONS, json: { type: 'boolean', default: false } } as const;

interface Asked {
  readonly view: string;
  readonly parameters: Readonly<Record<string, Json>>;
  readonly isJson: boolean;
}

/** `collegium show <view>`: a view from a data folder or an exported ledger; no server is needed. */
export const showCommand: Subcommand = {
  name: 'show',
  summary: {
    fr: 'montre une vue, à toute date, serveur en marche ou non',
    en: 'shows a view, at any date, server running or not',
  },
  usage: {
    fr:
      'collegium show <vue> [--help] [--alliance A] [--data DOSSIER | --ledger F [--openings F]]\n       [--known-at seq|instant] [--true-on jour] [--at seq|jour] [--json]\n       [options de la vue, que « show <vue> --help » explique]\n       vues :' +
      VIEW_NAMES,
    en:
      'collegium show <view> [--help] [--alliance A] [--data FOLDER | --ledger F [--openings F]]\n       [--known-at seq|instant] [--true-on day] [--at seq|day] [--json]\n       [options of the view, which "show <view> --help" explains]\n       views:' +
      VIEW_NAMES,
  },
  more(args, terminal) {
    const view = args.find((word) => SHOWN.includes(word));
    if (view !== undefined) showRows(parameterRows(view), terminal);
  },
  async run(args, terminal) {
    const { asked, place } = read(args);
    await withEntries(place, (source) =>
      asked.view === SNAPSHOT ? showSnapshot(source.entries, asked, terminal) : showView(source, asked, terminal),
    );
    return 0;
  },
};

function read(args: readonly string[]): { readonly asked: Asked; readonly place: PlaceOptions } {
  const { values, positionals } = readWords(args, OPTIONS);
  const [view = '', ...more] = positionals;
  if (!SHOWN.includes(view) || more.length > 0) {
    throw new BadUsage({ fr: `une vue parmi : ${SHOWN.join(', ')}`, en: `one view of: ${SHOWN.join(', ')}` });
  }
  const { data, ledger, openings, alliance, json } = values;
  return {
    asked: { view, parameters: parametersOf(view, values), isJson: json },
    place: { data, ledger, openings, alliance },
  };
}

type PlaceOptions = Parameters<typeof withEntries>[0];

async function showView({ entries, openingsOf }: Source, asked: Asked, terminal: Terminal): Promise<void> {
  const answer = await answerView(entries, asked.view, asked.parameters, new Date().toISOString());
  if ('fault' in answer) throw parameterMisfit(asked.view, answer);
  if (asked.isJson) await terminal.pour(canonicalJson(answer as unknown as Json));
  else showTable(await withTexts(answer as unknown as Json, openingsOf), terminal);
}

/** The bytes of a round's snapshot, ready for `collegium evaluate`. */
async function showSnapshot(entries: AsyncIterable<Entry>, asked: Asked, terminal: Terminal): Promise<void> {
  const { roundId } = asked.parameters;
  if (typeof roundId !== 'string') throw parameterMisfit(SNAPSHOT, { pointer: '/arguments/roundId', fault: 'MISSING' });
  let state = EMPTY_STATE;
  for await (const entry of entries) state = foldEntry(state, entry);
  const snapshot = snapshotOf(state.deliberation, roundId as Id);
  if (!snapshot) throw cannotRead(roundId, { fr: 'aucun tour de ce nom', en: 'no such round' });
  await terminal.pour(canonicalJson(snapshot as unknown as Json));
}
