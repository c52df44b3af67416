import { isCommandName } from '#contracts';
import { parseArgs } from 'node:util';
import { BadUsage } from '../subcommand.js';
import type { Subcommand } from '../subcommand.js';
import { request } from './client.js';
import { CONNECTION_OPTIONS, connectionOf } from './connection.js';

/** `collegium do <Command>`: one command through the uniform door of a running server. */
export const doCommand: Subcommand = {
  name: 'do',
  summary: { fr: 'envoie une commande au serveur', en: 'sends a command to the server' },
  usage: {
    fr: 'collegium do <Commande> [--alliance A] [--as mandate/<id>] [--set clé=valeur …] [--url U] [--token-file F]',
    en: 'collegium do <Command> [--alliance A] [--as mandate/<id>] [--set key=value …] [--url U] [--token-file F]',
  },
  async run(args, terminal) {
    const { name, alliance, as, set, ...connection } = read(args);
    const body = argumentsOf(set);
    const forming = name === 'FormAlliance';
    if (!forming && alliance === undefined)
      throw new BadUsage({ fr: '--alliance est nécessaire', en: '--alliance is needed' });
    const path = forming ? '/v1/alliances' : `/v1/alliances/${String(alliance)}/commands`;
    return request(connectionOf(connection), 'POST', path, {
      body: forming ? body : { name, arguments: body },
      actingAs: as,
      terminal,
    });
  },
};

function read(args: readonly string[]) {
  const options = {
    ...CONNECTION_OPTIONS,
    alliance: { type: 'string' },
    as: { type: 'string' },
    set: { type: 'string', multiple: true },
  } as const;
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], allowPositionals: true, options });
  } catch {
    throw new BadUsage({ fr: 'option inconnue', en: 'unknown option' });
  }
  const [name = ''] = parsed.positionals;
  if (!isCommandName(name)) throw new BadUsage({ fr: 'aucune commande de ce nom', en: 'no command of that name' });
  return { name, ...parsed.values };
}

/** `a.b=c` sets member b of a. A value that is JSON (a list, an object, a number, true) is taken as such, else as text. */
export function argumentsOf(settings: readonly string[] = []): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const setting of settings) {
    const [, path = '', value = ''] = /^([A-Za-z][A-Za-z.]{0,80})=([\s\S]*)$/.exec(setting) ?? [];
    if (path === '') throw new BadUsage({ fr: '--set clé=valeur', en: '--set key=value' });
    const names = path.split('.');
    const last = names.pop() ?? '';
    let place = body;
    for (const name of names) place = (place[name] ??= {}) as Record<string, unknown>;
    place[last] = valueOf(value);
  }
  return body;
}

function valueOf(text: string): unknown {
  try {
    const value = JSON.parse(text) as unknown;
    // "0123" is text and "12" may be an amount, which is a decimal string: only structures, flags and null are taken.
    return typeof value === 'object' || typeof value === 'boolean' ? value : text;
  } catch {
    return text;
  }
}
