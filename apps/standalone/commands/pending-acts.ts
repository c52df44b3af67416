import type { Json } from '#kernel';
import { BadUsage } from '../subcommand.js';
import type { Subcommand } from '../subcommand.js';
import { ask, tellAnswer } from './client.js';
import { CONNECTION_OPTIONS, connectionOf } from './connection.js';
import { showTable } from './table.js';
import { readWords } from './words.js';

const OPTIONS = {
  ...CONNECTION_OPTIONS,
  alliance: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** `collegium pending-acts`: acts that more have to sign, or one of them with all that it says, before it is signed. */
export const pendingActsCommand: Subcommand = {
  name: 'pending-acts',
  summary: {
    fr: 'montre les actes qui attendent des signatures, ou un acte avec tout ce qu’il dit',
    en: 'shows the acts that wait for signatures, or one act with all that it says',
  },
  usage: {
    fr: 'collegium pending-acts [<acte>] --alliance A [--json] [--url U] [--token-file F]',
    en: 'collegium pending-acts [<act>] --alliance A [--json] [--url U] [--token-file F]',
  },
  async run(args, terminal) {
    const { values, positionals } = readWords(args, OPTIONS);
    const { alliance, json, ...connection } = values;
    const [act, ...more] = positionals;
    if (alliance === undefined || more.length > 0) {
      throw new BadUsage({ fr: '--alliance, et un acte au plus', en: '--alliance, and one act at most' });
    }
    const [inPath, one] = [alliance, act ?? ''].map(encodeURIComponent);
    const path = `/v1/alliances/${String(inPath)}/pending-acts${act === undefined ? '' : `/${String(one)}`}`;
    const answer = await ask(connectionOf(connection), { method: 'GET', path, language: terminal.language });
    return tellAnswer(answer, terminal, (body) => {
      if (json) terminal.out(JSON.stringify(body, null, 2));
      else showTable(body as Json, terminal);
    });
  },
};
