import { argumentsSchema, commandDefinition } from '#contracts';
import type { CommandName } from '#contracts';
import { labelOf } from '#words';
import { say } from '../subcommand.js';
import type { Terminal } from '../subcommand.js';
import { rowsOf, showRows } from './argument-rows.js';

/** Who may send a command, and its arguments as `--set` takes them, one a line, from the catalogue itself. */
export function showArguments(name: CommandName, terminal: Terminal): void {
  const { who } = commandDefinition(name);
  say(terminal, { fr: `${name}, par :`, en: `${name}, by:` });
  for (const one of who) terminal.out(`  ${labelOf('who', one, terminal.language)}`);
  const rows = rowsOf(argumentsSchema(name));
  if (rows.length > 0) say(terminal, { fr: 'arguments :', en: 'arguments:' });
  showRows(rows, terminal);
}
