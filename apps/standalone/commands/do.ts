import { argumentsSchema, COMMAND_NAMES, isCommandName } from '#contracts';
import { randomUUID } from 'node:crypto';
import { BadUsage } from '../subcommand.js';
import type { Subcommand } from '../subcommand.js';
import { ask, tellAnswer } from './client.js';
import { CONNECTION_OPTIONS, connectionOf } from './connection.js';
import { argumentsOf } from './settings.js';
import { showArguments } from './show-arguments.js';
import { readWords } from './words.js';

const OPTIONS = {
  ...CONNECTION_OPTIONS,
  alliance: { type: 'string' },
  as: { type: 'string' },
  key: { type: 'string' },
  set: { type: 'string', multiple: true },
} as const;

/** `collegium do <Command>`: one command through the uniform door of a running server. */
export const doCommand: Subcommand = {
  name: 'do',
  summary: {
    fr: 'envoie une commande au serveur ; la même --key redonne la première réponse',
    en: 'sends a command to the server; the same --key gives the first answer again',
  },
  usage: {
    fr: 'collegium do <Commande> [--help] [--alliance A] [--as mandate/<id>] [--set clé=valeur …]\n       [--key K] [--url U] [--token-file F]',
    en: 'collegium do <Command> [--help] [--alliance A] [--as mandate/<id>] [--set key=value …]\n       [--key K] [--url U] [--token-file F]',
  },
  more(args, terminal) {
    const name = args.find(isCommandName);
    if (name) showArguments(name, terminal);
    else terminal.out(COMMAND_NAMES.join(' '));
  },
  async run(args, terminal) {
    const { name, alliance, as, key, set, ...connection } = read(args);
    const body = argumentsOf(set ?? [], argumentsSchema(name));
    const isForming = name === 'FormAlliance';
    if (!isForming && alliance === undefined) {
      throw new BadUsage({ fr: '--alliance est nécessaire', en: '--alliance is needed' });
    }
    const answer = await ask(connectionOf(connection), {
      method: 'POST',
      path: isForming ? '/v1/alliances' : `/v1/alliances/${encodeURIComponent(alliance ?? '')}/commands`,
      language: terminal.language,
      body: isForming ? body : { name, arguments: body },
      actingAs: as,
      key: key ?? randomUUID(),
    });
    return tellAnswer(answer, terminal, (receipt) => {
      terminal.out(JSON.stringify(receipt, null, 2));
    });
  },
};

function read(args: readonly string[]) {
  const { values, positionals } = readWords(args, OPTIONS);
  const [name = '', ...more] = positionals;
  if (!isCommandName(name) || more.length > 0) {
    const names = COMMAND_NAMES.join(' ');
    throw new BadUsage({ fr: `une commande parmi : ${names}`, en: `one command of: ${names}` });
  }
  return { name, ...values };
}
