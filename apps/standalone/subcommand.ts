import type { Language, Texts } from '#words';

/** Where a subcommand reads and writes; tests give their own. Lines are written without their LF. */
export interface Terminal {
  readonly language: Language;
  readonly input: AsyncIterable<Uint8Array>;
  out(line: string): void;
  /** As `out`, for what may be much: resolves when the reader can take more, and throws ReaderGone. */
  pour(line: string): Promise<void>;
  err(line: string): void;
  /** A line of progress on a terminal; nothing elsewhere. */
  progress(line: string): void;
}

export interface Subcommand {
  readonly name: string;
  readonly summary: Texts;
  readonly usage: Texts;
  /** More help about the words given with `--help`, such as the arguments of a command. */
  more?(args: readonly string[], terminal: Terminal): void;
  /** Runs with the words behind the subcommand's name and gives the exit code. */
  run(args: readonly string[], terminal: Terminal): Promise<number>;
}

/** Ends a subcommand with words for a person. Exit code 1: refused; 2: it cannot be understood, or cannot be read. */
export class GivenUp extends Error {
  constructor(
    readonly texts: Texts,
    readonly exitCode: 1 | 2,
  ) {
    super(texts.en);
  }
}

/** Words that cannot be understood: shown with the usage, exit code 2. */
export class BadUsage extends GivenUp {
  constructor(texts: Texts) {
    super(texts, 2);
  }
}

/** Something named by the user that is not there, or is not what it should be. */
export function cannotRead(what: string, why?: Texts): GivenUp {
  const reason = (text: string | undefined): string => (text === undefined ? '' : ` (${text})`);
  return new GivenUp({ fr: `illisible : ${what}${reason(why?.fr)}`, en: `cannot read: ${what}${reason(why?.en)}` }, 2);
}

/** Whoever read the output has gone, such as `head` with its lines: the rest is written to nobody. */
export class ReaderGone extends Error {}

export function say(terminal: Terminal, texts: Texts): void {
  terminal.out(texts[terminal.language]);
}

export function complain(terminal: Terminal, texts: Texts): void {
  terminal.err(texts[terminal.language]);
}
