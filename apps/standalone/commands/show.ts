import { snapshotOf } from '#deliberation';
import { EMPTY_STATE, foldEntry, VIEWS } from '#engine';
import { canonicalJson, isId } from '#kernel';
import type { Id, Instant, Json } from '#kernel';
import { readEntry } from '#ledger';
import type { Entry } from '#ledger';
import { bodiesOf, storedEntries } from '#transparency';
import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { BadUsage } from '../subcommand.js';
import type { Subcommand, Terminal } from '../subcommand.js';
import { answerView } from './answer-from-entries.js';
import { DATA_FOLDER, withStore } from './data-folder.js';
import { showTable } from './table.js';

const OPTIONS = {
  data: { type: 'string', default: DATA_FOLDER },
  ledger: { type: 'string' },
  alliance: { type: 'string' },
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
export function showCommand(now: () => Instant): Subcommand {
  return {
    name: 'show',
    summary: { fr: 'montre une vue, à toute date', en: 'shows a view, at any date' },
    usage: {
      fr: 'collegium show <vue> [--alliance A] [--data DOSSIER | --ledger F] [--partner P] [--known-at seq|instant] [--true-on jour] [--at seq|jour] [--json]\n       collegium show snapshot --round R …',
      en: 'collegium show <view> [--alliance A] [--data FOLDER | --ledger F] [--partner P] [--known-at seq|instant] [--true-on day] [--at seq|day] [--json]\n       collegium show snapshot --round R …',
    },
    async run(args, terminal) {
      const options = read(args);
      if (!options.view || ![...VIEWS.map(({ name }) => name), 'snapshot'].includes(options.view)) {
        const names = [...VIEWS.map(({ name }) => name), 'snapshot'].join(', ');
        throw new BadUsage({ fr: `une vue parmi ${names}`, en: `one view of ${names}` });
      }
      return withEntries(options, terminal, (entries) =>
        options.view === 'snapshot'
          ? showSnapshot(entries, options, terminal)
          : showView(entries, options, terminal, now()),
      );
    },
  };
}

function read(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
    return { view: positionals.length === 1 ? positionals[0] : undefined, ...values };
  } catch {
    throw new BadUsage({ fr: 'option inconnue', en: 'unknown option' });
  }
}

async function withEntries(
  { ledger, data, alliance }: Options,
  terminal: Terminal,
  work: (entries: AsyncIterable<Entry>) => Promise<number>,
): Promise<number> {
  const path = ledger ?? data;
  if (!statSync(path, { throwIfNoEntry: false })) {
    terminal.err(`${{ fr: 'illisible', en: 'cannot read' }[terminal.language]}: ${path}`);
    return 2;
  }
  if (ledger !== undefined) return work(entriesOfFile(ledger));
  if (!isId(alliance)) throw new BadUsage({ fr: '--alliance est nécessaire', en: '--alliance is needed' });
  return withStore(data, (store) => work(entriesOf(storedEntries(store, alliance))));
}

async function* entriesOfFile(file: string): AsyncGenerator<Entry> {
  for await (const { body } of bodiesOf(file)) yield readEntry(Buffer.from(body).toString('utf8'));
}

async function* entriesOf(stored: AsyncIterable<{ readonly body: string }>): AsyncGenerator<Entry> {
  for await (const { body } of stored) yield readEntry(body);
}

async function showView(
  entries: AsyncIterable<Entry>,
  options: Options,
  terminal: Terminal,
  now: Instant,
): Promise<number> {
  const parameters = {
    partnerId: options.partner,
    status: options.status,
    at: options.at,
    trueOn: options['true-on'],
    knownAt: options['known-at'],
  };
  const given = Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined));
  const answer = await answerView(entries, options.view ?? '', given, now);
  if ('fault' in answer) {
    terminal.err(`${answer.pointer.replace('/arguments/', '--')}: ${answer.fault}`);
    return 2;
  }
  if (options.json) terminal.out(canonicalJson(answer as unknown as Json));
  else showTable(answer as unknown as Json, terminal);
  return 0;
}

/** The bytes of a round's snapshot, ready for `collegium evaluate`. */
async function showSnapshot(entries: AsyncIterable<Entry>, { round }: Options, terminal: Terminal): Promise<number> {
  if (!isId(round)) throw new BadUsage({ fr: '--round est nécessaire', en: '--round is needed' });
  let state = EMPTY_STATE;
  for await (const entry of entries) state = foldEntry(state, entry);
  const snapshot = snapshotOf(state.deliberation, round as Id);
  if (!snapshot) {
    terminal.err({ fr: 'aucun tour de ce nom', en: 'no such round' }[terminal.language]);
    return 2;
  }
  terminal.out(canonicalJson(snapshot as unknown as Json));
  return 0;
}
