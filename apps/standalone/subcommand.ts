/** Text for people, in both languages. */
export interface Texts {
  readonly fr: string;
  readonly en: string;
}
export type Language = keyof Texts;

/** Where a subcommand reads and writes; tests give their own. Lines are written without their LF. */
export interface Terminal {
  readonly language: Language;
  readonly input: AsyncIterable<Uint8Array>;
  out(line: string): void;
  err(line: string): void;
  /** A line of progress on a terminal; nothing elsewhere. */
  progress(line: string): void;
}

export interface Subcommand {
  readonly name: string;
  readonly summary: Texts;
  readonly usage: Texts;
  /** Runs with the words behind the subcommand's name and gives the exit code. */
  run(args: readonly string[], terminal: Terminal): Promise<number>;
}

/** Words that cannot be understood: shown with the usage, exit code 2. */
export class BadUsage extends Error {
  constructor(readonly texts: Texts) {
    super(texts.en);
  }
}

export function say(terminal: Terminal, texts: Texts): void {
  terminal.out(texts[terminal.language]);
}
