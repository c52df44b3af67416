import { parseArgs } from 'node:util';
import { BadUsage } from '../subcommand.js';
import type { Subcommand } from '../subcommand.js';
import { request } from './client.js';
import { CONNECTION_OPTIONS, connectionOf } from './connection.js';

/** `collegium agenda`: what waits for a partner, asked of a running server. */
export const agendaCommand: Subcommand = {
  name: 'agenda',
  summary: { fr: 'ce qui attend un partenaire', en: 'what waits for a partner' },
  usage: {
    fr: 'collegium agenda --alliance A --partner P [--url U] [--token-file F]',
    en: 'collegium agenda --alliance A --partner P [--url U] [--token-file F]',
  },
  async run(args, terminal) {
    const { alliance, partner, ...connection } = read(args);
    if (alliance === undefined || partner === undefined) {
      throw new BadUsage({ fr: '--alliance et --partner sont nécessaires', en: '--alliance and --partner are needed' });
    }
    const path = `/v1/alliances/${alliance}/views/agenda?partnerId=${encodeURIComponent(partner)}`;
    return request(connectionOf(connection), 'GET', path, { terminal });
  },
};

function read(args: readonly string[]) {
  const options = { ...CONNECTION_OPTIONS, alliance: { type: 'string' }, partner: { type: 'string' } } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch {
    throw new BadUsage({ fr: 'option inconnue', en: 'unknown option' });
  }
}
