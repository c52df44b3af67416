import type { Texts } from '#words';
import { snapshotOf } from '#deliberation';
import { EMPTY_STATE, foldEntry, VIEWS } from '#engine';
import { canonicalJson, isId } from '#kernel';
import type { Json } from '#kernel';
import type { Entry } from '#ledger';
import { withTexts } from '#paper';
import { BadUsage, cannotRead, GivenUp } from '../subcommand.js';
import type { Subcommand, Terminal } from '../subcommand.js';
import { answerView } from './answer-from-entries.js';
import { ENTRIES_OPTIONS, withEntries } from './entries.js';
import type { Source } from './entries.js';
import { showTable } from './table.js';
import { readWords } from './words.js';

const SNAPSHOT = 'snapshot';
/** The names of the views, some to a line of the help. */
const VIEW_NAMES = VIEWS.map(({ name }) => name)
  .join(', ')
  .replaceAll(/(.{1,76})(?:, |$)/g, '\n         $1');
const NAMES = [...VIEWS.map(({ name }) => name), SNAPSHOT];

const OPTIONS = {
  ...ENTRIES_OPTIONS,
  partner: { type: 'string' },
  status: { type: 'string' },
  round: { type: 'string' },
  'known-at': { type: 'string' },
  'true-on': { type: 'string' },
  at: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;
type Options = ReturnType<typeof read>;

/** `collegium show <view>`: a view from a data folder or an exported ledger; no server is needed. */
export const showCommand: Subcommand = {
  name: 'show',
  summary: {
    fr: 'montre une vue, à toute date, serveur en marche ou non',
    en: 'shows a view, at any date, server running or not',
  },
  usage: {
    fr:
      'collegium show <vue> [--alliance A] [--data DOSSIER | --ledger F [--openings F]]\n       [--partner P] [--status S] [--known-at seq|instant] [--true-on jour]\n       [--at seq|jour] [--json]\n       collegium show snapshot --round R [--alliance A] [--data DOSSIER | --ledger F]\n       vues :' +
      VIEW_NAMES,
    en:
      'collegium show <view> [--alliance A] [--data FOLDER | --ledger F [--openings F]]\n       [--partner P] [--status S] [--known-at seq|instant] [--true-on day]\n       [--at seq|day] [--json]\n       collegium show snapshot --round R [--alliance A] [--data FOLDER | --ledger F]\n       views:' +
      VIEW_NAMES,
  },
  async run(args, terminal) {
    const options = read(args);
    await withEntries(options, (source) =>
      options.view === SNAPSHOT ? showSnapshot(source.entries, options, terminal) : showView(source, options, terminal),
    );
    return 0;
  },
};

function read(args: readonly string[]) {
  const { values, positionals } = readWords(args, OPTIONS);
  const [view = '', ...more] = positionals;
  if (!NAMES.includes(view) || more.length > 0) {
    throw new BadUsage({ fr: `une vue parmi : ${NAMES.join(', ')}`, en: `one view of: ${NAMES.join(', ')}` });
  }
  return { view, ...values };
}

/** Parameters of views, and the option under which each is given. */
const OPTION_OF = {
  partnerId: 'partner',
  status: 'status',
  at: 'at',
  trueOn: 'true-on',
  knownAt: 'known-at',
} as const;
type Parameter = keyof typeof OPTION_OF;

async function showView({ entries, openingsOf }: Source, options: Options, terminal: Terminal): Promise<void> {
  const parameters = Object.entries(OPTION_OF).flatMap(([parameter, option]) => {
    const value = options[option];
    return value === undefined ? [] : [[parameter, value] as const];
  });
  const answer = await answerView(entries, options.view, Object.fromEntries(parameters), new Date().toISOString());
  if ('fault' in answer) throw misfit(answer);
  if (options.json) await terminal.pour(canonicalJson(answer as unknown as Json));
  else showTable(await withTexts(answer as unknown as Json, openingsOf), terminal);
}

/** What each option wants, for who gave something else. */
const WANTED: Readonly<Record<Parameter, Texts>> = {
  partnerId: { fr: 'l’identifiant d’un partenaire est nécessaire', en: 'the id of a partner is needed' },
  status: { fr: 'un des états de cette vue', en: 'one of the states of this view' },
  at: { fr: 'un numéro ou un jour, sans autre date', en: 'a seq or a day, and no other date' },
  trueOn: { fr: 'un jour, tel que 2026-03-01', en: 'a day, such as 2026-03-01' },
  knownAt: {
    fr: 'un numéro ou un instant, tel que 2026-03-01T10:00:00.000Z',
    en: 'a seq or an instant, such as 2026-03-01T10:00:00.000Z',
  },
};
const BEYOND: Texts = { fr: 'au-delà de la fin du registre', en: 'beyond the end of the ledger' };
const NOT_HERE: Texts = { fr: 'cette vue n’a pas cette option', en: 'this view has no such option' };

function misfit({ pointer, fault }: { readonly pointer: string; readonly fault: string }): GivenUp {
  const parameter = pointer.replace('/arguments/', '');
  if (!isParameter(parameter)) return new GivenUp({ fr: `${pointer} : ${fault}`, en: `${pointer}: ${fault}` }, 2);
  const option = `--${OPTION_OF[parameter]}`;
  const { fr, en } =
    fault === 'UNKNOWN_MEMBER'
      ? NOT_HERE
      : fault === 'AT_IN_FUTURE' || fault === 'SEQ_AHEAD_OF_HEAD'
        ? BEYOND
        : WANTED[parameter];
  return new GivenUp({ fr: `${option} : ${fr}`, en: `${option}: ${en}` }, 2);
}

function isParameter(name: string): name is Parameter {
  return Object.hasOwn(OPTION_OF, name);
}

/** The bytes of a round's snapshot, ready for `collegium evaluate`. */
async function showSnapshot(entries: AsyncIterable<Entry>, { round }: Options, terminal: Terminal): Promise<void> {
  if (!isId(round)) throw new BadUsage({ fr: '--round est nécessaire', en: '--round is needed' });
  let state = EMPTY_STATE;
  for await (const entry of entries) state = foldEntry(state, entry);
  const snapshot = snapshotOf(state.deliberation, round);
  if (!snapshot) throw cannotRead(round, { fr: 'aucun tour de ce nom', en: 'no such round' });
  await terminal.pour(canonicalJson(snapshot as unknown as Json));
}
