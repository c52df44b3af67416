import { ConfigurationInvalid, configurationOfProcess } from '#platform';
import { BadUsage, complain, GivenUp, ReaderGone, say } from './subcommand.js';
import type { Subcommand, Terminal } from './subcommand.js';
import { SUBCOMMANDS } from './subcommands.js';
import { terminalOfProcess } from './terminal.js';

const HELP = ['help', '--help', '-h'];
/** 128 + SIGPIPE: what a shell expects of a command whose reader has gone. */
const EXIT_READER_GONE = 141;

/** Exit codes of every subcommand: 0 done, 1 refused or found wrong, 2 not understood, not readable, not done. */
async function main(words: readonly string[]): Promise<number> {
  try {
    const { locale, logLevel } = configurationOfProcess();
    const terminal = terminalOfProcess(locale);
    return await runSafely(words, terminal, logLevel === 'debug');
  } catch (fault) {
    if (!(fault instanceof ConfigurationInvalid)) throw fault;
    process.stderr.write(`collegium: ${fault.message}\n`);
    return 2;
  }
}

async function runSafely(words: readonly string[], terminal: Terminal, isDebugging: boolean): Promise<number> {
  const [name = 'help', ...args] = words;
  const subcommand = Object.hasOwn(SUBCOMMANDS, name) ? await SUBCOMMANDS[name]?.() : undefined;
  if (!subcommand) return await help(terminal, name, args);
  if (isHelpAsked(args)) {
    helpOf(subcommand, terminal);
    subcommand.more?.(args, terminal);
    return 0;
  }
  try {
    return await subcommand.run(args, terminal);
  } catch (fault) {
    return tell(fault, subcommand, { terminal, isDebugging });
  }
}

/** What went wrong, in words and without a stack, which is for who asked for the debug level. */
function tell(
  fault: unknown,
  { usage }: Subcommand,
  { terminal, isDebugging }: { readonly terminal: Terminal; readonly isDebugging: boolean },
): number {
  if (fault instanceof ReaderGone) return EXIT_READER_GONE;
  if (fault instanceof GivenUp) {
    terminal.err(`collegium: ${fault.texts[terminal.language]}`);
    if (fault instanceof BadUsage) terminal.err(usage[terminal.language]);
    return fault.exitCode;
  }
  terminal.err(`collegium: ${fault instanceof Error ? fault.message : String(fault)}`);
  if (isDebugging && fault instanceof Error) terminal.err(String(fault.stack));
  return 2;
}

/** What there is, in two lines each; exit 2 for a name that there is not. */
async function help(terminal: Terminal, name: string, [about]: readonly string[]): Promise<number> {
  const unknown = HELP.includes(name) ? about : name;
  if (unknown !== undefined && !Object.hasOwn(SUBCOMMANDS, unknown)) {
    complain(terminal, {
      fr: `collegium: aucune commande « ${unknown} » ; « collegium help » les montre`,
      en: `collegium: no command "${unknown}"; "collegium help" shows what there is`,
    });
    return 2;
  }
  const chosen = about === undefined ? Object.keys(SUBCOMMANDS) : [about];
  for (const each of chosen) {
    const subcommand = await SUBCOMMANDS[each]?.();
    if (subcommand) helpOf(subcommand, terminal);
  }
  if (chosen.length > 1)
    say(terminal, { fr: 'In English: COLLEGIUM_LOCALE=en', en: 'En français : COLLEGIUM_LOCALE=fr' });
  return 0;
}

function helpOf({ usage, summary }: Subcommand, terminal: Terminal): void {
  say(terminal, usage);
  say(terminal, { fr: `    ${summary.fr}`, en: `    ${summary.en}` });
}

/** Words behind `--` are never options. */
function isHelpAsked(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return (end < 0 ? args : args.slice(0, end)).some((word) => word === '--help' || word === '-h');
}

process.exitCode = await main(process.argv.slice(2));
