import { configurationOfProcess } from '#platform';
import { BadUsage, say } from './subcommand.js';
import type { Subcommand, Terminal } from './subcommand.js';

/** Each subcommand is loaded when it is called: one that reads a file need not load the server. */
const SUBCOMMANDS: Readonly<Record<string, () => Promise<Subcommand>>> = {
  serve: async () => (await import('./commands/serve.js')).serveCommand,
  demo: async () => (await import('./commands/demo.js')).demoCommand,
  person: async () => (await import('./commands/person.js')).personCommand,
  token: async () => (await import('./commands/person.js')).tokenCommand,
  do: async () => (await import('./commands/do.js')).doCommand,
  agenda: async () => (await import('./commands/agenda.js')).agendaCommand,
  document: async () => (await import('./commands/document.js')).documentCommand,
  show: async () => (await import('./commands/show.js')).showCommand(() => new Date().toISOString()),
  verify: async () => (await import('./commands/verify.js')).verifyCommand,
  export: async () => (await import('./commands/export.js')).exportCommand,
  import: async () => (await import('./commands/import.js')).importCommand,
  backup: async () => (await import('./commands/backup.js')).backupCommand,
  restore: async () => (await import('./commands/backup.js')).restoreCommand,
  evaluate: async () => (await import('./commands/evaluate.js')).evaluateCommand,
  rehearse: async () => (await import('./commands/rehearse.js')).rehearseCommand,
};

async function main([name = 'help', ...args]: readonly string[]): Promise<number> {
  const terminal = terminalOfProcess();
  const load = SUBCOMMANDS[name];
  if (!load) return await help(terminal, name);
  const subcommand = await load();
  try {
    return await subcommand.run(args, terminal);
  } catch (fault) {
    if (!(fault instanceof BadUsage)) throw fault;
    terminal.err(fault.texts[terminal.language]);
    terminal.err(subcommand.usage[terminal.language]);
    return 2;
  }
}

/** What there is, in one line each; exit 2 for a name that there is not. */
async function help(terminal: Terminal, name: string): Promise<number> {
  for (const load of Object.values(SUBCOMMANDS)) {
    const { usage, summary } = await load();
    say(terminal, { fr: usage.fr, en: usage.en });
    say(terminal, { fr: `    ${summary.fr}`, en: `    ${summary.en}` });
  }
  return ['help', '--help', '-h'].includes(name) ? 0 : 2;
}

function terminalOfProcess(): Terminal {
  return {
    language: configurationOfProcess().locale,
    input: process.stdin,
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
    progress: (line) => {
      if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`);
    },
  };
}

process.exitCode = await main(process.argv.slice(2));
