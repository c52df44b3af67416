import type { Json } from '#kernel';
import { labelOf } from '#words';
import type { Language } from '#words';
import { BadUsage } from '../subcommand.js';
import type { Subcommand } from '../subcommand.js';
import { ask, tellAnswer } from './client.js';
import { CONNECTION_OPTIONS, connectionOf } from './connection.js';
import { showTable } from './table.js';
import { readOptions } from './words.js';

const OPTIONS = {
  ...CONNECTION_OPTIONS,
  alliance: { type: 'string' },
  partner: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** `collegium agenda`: what waits for a partner, asked of a running server. */
export const agendaCommand: Subcommand = {
  name: 'agenda',
  summary: { fr: 'ce qui attend un partenaire', en: 'what waits for a partner' },
  usage: {
    fr: 'collegium agenda --alliance A --partner P [--json] [--url U] [--token-file F]',
    en: 'collegium agenda --alliance A --partner P [--json] [--url U] [--token-file F]',
  },
  async run(args, terminal) {
    const { alliance, partner, json, ...connection } = readOptions(args, OPTIONS);
    if (alliance === undefined || partner === undefined) {
      throw new BadUsage({ fr: '--alliance et --partner sont nécessaires', en: '--alliance and --partner are needed' });
    }
    const [inPath, asked] = [alliance, partner].map(encodeURIComponent);
    const path = `/v1/alliances/${String(inPath)}/views/agenda?partnerId=${String(asked)}`;
    const answer = await ask(connectionOf(connection), { method: 'GET', path, language: terminal.language });
    return tellAnswer(answer, terminal, (body) => {
      if (json) terminal.out(JSON.stringify(body, null, 2));
      else showTable(inWords(body as AgendaBody, terminal.language), terminal);
    });
  },
};

interface AgendaBody {
  readonly data: { readonly items: readonly { readonly what: string; readonly [name: string]: Json }[] };
  readonly [name: string]: unknown;
}

/** The same answer with the words for people in the place of kinds. */
function inWords(body: AgendaBody, language: Language): Json {
  const items = body.data.items.map((item) => ({ ...item, what: labelOf('agenda', item.what, language) }));
  return { ...body, data: { ...body.data, items } };
}
