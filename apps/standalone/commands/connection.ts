import { readFileSync } from 'node:fs';
import { BadUsage } from '../subcommand.js';
import type { Connection } from './client.js';

/** Options of every subcommand that asks a running server. */
export const CONNECTION_OPTIONS = {
  url: { type: 'string', default: 'http://127.0.0.1:3210' },
  'token-file': { type: 'string', default: '.collegium-token' },
} as const;

/** The token comes from a file and never from the command line, which other users of the machine can read. */
export function connectionOf(values: { readonly url: string; readonly 'token-file': string }): Connection {
  try {
    return { url: values.url, token: readFileSync(values['token-file'], 'utf8').trim() };
  } catch {
    throw new BadUsage({
      fr: `pas de jeton dans ${values['token-file']} : « collegium token create » en fait un`,
      en: `no token in ${values['token-file']}: "collegium token create" makes one`,
    });
  }
}
