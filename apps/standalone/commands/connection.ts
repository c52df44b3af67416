import { configurationOfProcess } from '#platform';
import { readFileSync } from 'node:fs';
import { BadUsage, cannotRead } from '../subcommand.js';
import type { Connection } from './client.js';

const TOKEN_FILE = '.collegium-token';

/** Options of every subcommand that asks a running server. */
export const CONNECTION_OPTIONS = { url: { type: 'string' }, 'token-file': { type: 'string' } } as const;

interface ConnectionValues {
  readonly url?: string | undefined;
  readonly 'token-file'?: string | undefined;
}

/**
 * The token comes from a file and never from the command line, which other users of the machine can read: the token
 * alone, or what `token create` printed.
 */
export function connectionOf({
  url = serverOfProcess(),
  'token-file': file = TOKEN_FILE,
}: ConnectionValues): Connection {
  if (!URL.canParse(url)) throw new BadUsage({ fr: `--url : ${url}`, en: `--url: ${url}` });
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw cannotRead(file, {
      fr: '« collegium token create … --token-file » y met un jeton',
      en: '"collegium token create … --token-file" puts a token there',
    });
  }
  return { url, token: (/^token: (.+)$/m.exec(text)?.[1] ?? text).trim() };
}

/** Where `serve` listens under the same configuration. */
function serverOfProcess(): string {
  const { host, port } = configurationOfProcess();
  return `http://${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
}
