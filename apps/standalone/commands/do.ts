import { argumentsSchema, COMMAND_NAMES, isCommandName, isMembers } from '#contracts';
import type { CommandName } from '#contracts';
import { randomUUID } from 'node:crypto';
import { BadUsage } from '../subcommand.js';
import type { Subcommand, Terminal } from '../subcommand.js';
import { ask, tellAnswer } from './client.js';
import { CONNECTION_OPTIONS, connectionOf } from './connection.js';
import { documentMisfit, jsonFrom } from './json-file.js';
import { argumentsOf } from './settings.js';
import { showArguments } from './show-arguments.js';
import { readWords } from './words.js';

const OPTIONS = {
  ...CONNECTION_OPTIONS,
  alliance: { type: 'string' },
  as: { type: 'string' },
  key: { type: 'string' },
  arguments: { type: 'string' },
  set: { type: 'string', multiple: true },
  sign: { type: 'string' },
} as const;

/** `collegium do <Command>`: one command through the uniform door of a running server, or one more signature under one. */
export const doCommand: Subcommand = {
  name: 'do',
  summary: {
    fr: 'envoie une commande au serveur, ou signe un acte ; la même --key redonne la première réponse',
    en: 'sends a command to the server, or signs an act; the same --key gives the first answer again',
  },
  usage: {
    fr: 'collegium do <Commande> [--help] [--alliance A] [--as mandate/<id>]\n       [--arguments F.json | -] [--set clé=valeur …] [--key K] [--url U] [--token-file F]\n       collegium do --sign <acte> --alliance A [--as mandate/<id>] [--key K] …\n       actes en attente : collegium pending-acts',
    en: 'collegium do <Command> [--help] [--alliance A] [--as mandate/<id>]\n       [--arguments F.json | -] [--set key=value …] [--key K] [--url U] [--token-file F]\n       collegium do --sign <act> --alliance A [--as mandate/<id>] [--key K] …\n       acts that wait: collegium pending-acts',
  },
  more(args, terminal) {
    const name = args.find(isCommandName);
    if (name) showArguments(name, terminal);
    else terminal.out(COMMAND_NAMES.join(' '));
  },
  async run(args, terminal) {
    const { name, sign, alliance, as, key, arguments: file, set = [], ...connection } = read(args);
    const sent = name ? await sentCommand(name, { alliance, file, set }, terminal) : signature(sign, alliance);
    const answer = await ask(connectionOf(connection), {
      method: 'POST',
      ...sent,
      language: terminal.language,
      actingAs: as,
      key: key ?? randomUUID(),
    });
    return tellAnswer(answer, terminal, (receipt) => {
      terminal.out(JSON.stringify(receipt, null, 2));
    });
  },
};

interface Given {
  readonly alliance: string | undefined;
  /** Arguments that nobody types: a charter, a proposal with its requests. `-` is the standard input. */
  readonly file: string | undefined;
  readonly set: readonly string[];
}

async function sentCommand(name: CommandName, { alliance, file, set }: Given, terminal: Terminal) {
  const given = file === undefined ? {} : await jsonFrom(file, terminal);
  if (!isMembers(given)) throw documentMisfit({ pointer: '', fault: 'not an object' });
  const body = argumentsOf(set, argumentsSchema(name), given);
  if (name === 'FormAlliance') return { path: '/v1/alliances', body };
  return { path: `/v1/alliances/${inPath(alliance)}/commands`, body: { name, arguments: body } };
}

function signature(act: string | undefined, alliance: string | undefined) {
  const path = `/v1/alliances/${inPath(alliance)}/pending-acts/${encodeURIComponent(act ?? '')}/signatures`;
  return { path, body: {} };
}

function inPath(alliance: string | undefined): string {
  if (alliance === undefined) throw new BadUsage({ fr: '--alliance est nécessaire', en: '--alliance is needed' });
  return encodeURIComponent(alliance);
}

function read(args: readonly string[]) {
  const { values, positionals } = readWords(args, OPTIONS);
  const [name, ...more] = positionals;
  const isSigning = values.sign !== undefined;
  if (isSigning && (name !== undefined || values.set || values.arguments !== undefined)) {
    throw new BadUsage({
      fr: '--sign ne prend ni commande ni arguments : l’acte les a déjà',
      en: '--sign takes neither a command nor arguments: the act has them',
    });
  }
  if (isSigning) return { ...values, name: undefined };
  if (name === undefined || !isCommandName(name) || more.length > 0) {
    const names = COMMAND_NAMES.join(' ');
    throw new BadUsage({ fr: `une commande parmi : ${names}`, en: `one command of: ${names}` });
  }
  return { ...values, name };
}
