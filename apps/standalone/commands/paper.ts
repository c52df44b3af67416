import type { Json } from '#kernel';
import type { Entry } from '#ledger';
import { toHtml, toMarkdown, withTextsOf } from '#paper';
import type { Page } from '#paper';
import type { Answered, View } from '#views';
import { BadUsage } from '../subcommand.js';
import type { Terminal } from '../subcommand.js';
import { answerOf } from './answer-from-entries.js';
import { ENTRIES_OPTIONS, withEntries } from './entries.js';

/** From where, and as of when, a page or file is made. */
export const PAPER_OPTIONS = {
  ...ENTRIES_OPTIONS,
  'known-at': { type: 'string' },
  'true-on': { type: 'string' },
  at: { type: 'string' },
} as const;
type PaperOptions = { readonly [name in keyof typeof PAPER_OPTIONS]?: string | undefined };

export interface PaperAsked {
  readonly view: View;
  readonly params: Readonly<Record<string, Json>>;
  readonly options: PaperOptions;
}

/** An answer with its texts, and the entries that it was made from. */
export interface PaperAnswer<T> extends Answered<T> {
  readonly entries: readonly Entry[];
  /** What is missing was erased; a file may have come without. */
  readonly isWhole: boolean;
}

/** Asks a view over the entries named by the options, opens its texts, and hands it to the writer. */
export async function withPaper<T>(asked: PaperAsked, write: (answer: PaperAnswer<T>) => Promise<void>): Promise<void> {
  const { view, params, options } = asked;
  await withEntries(options, async (source) => {
    const entries: Entry[] = [];
    for await (const entry of source.entries) entries.push(entry);
    const answer = await answerOf(entries, view, { ...params, ...datesOf(options) }, new Date().toISOString());
    if ('fault' in answer) throw misfit(answer);
    const { data, isWhole } = await withTextsOf(answer.data as T, source.openingsOf);
    await write({ ...answer, data, entries, isWhole: isWhole && options.ledger === undefined });
  });
}

function datesOf({ at, 'true-on': trueOn, 'known-at': knownAt }: PaperOptions): Readonly<Record<string, string>> {
  const given = Object.entries({ at, trueOn, knownAt });
  return Object.fromEntries(given.filter((one): one is [string, string] => one[1] !== undefined));
}

const OPTION_OF: Readonly<Record<string, string>> = {
  partnerId: '--partner',
  trueOn: '--true-on',
  knownAt: '--known-at',
};

function misfit({ pointer, fault }: { readonly pointer: string; readonly fault: string }): BadUsage {
  const name = pointer.replace('/arguments/', '');
  const option = OPTION_OF[name] ?? `--${name}`;
  const isBeyond = fault === 'AT_IN_FUTURE' || fault === 'SEQ_AHEAD_OF_HEAD';
  return isBeyond
    ? new BadUsage({ fr: `${option} : au-delà de la fin du registre`, en: `${option}: beyond the end of the ledger` })
    : new BadUsage({
        fr: `${option} : absent, de trop ou mal formé`,
        en: `${option}: missing, not wanted or malformed`,
      });
}

export async function pourPage(terminal: Terminal, page: Page, isMarkdown: boolean): Promise<void> {
  await terminal.pour((isMarkdown ? toMarkdown(page) : toHtml(page)).trimEnd());
}
