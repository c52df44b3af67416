import { randomUUID } from 'node:crypto';
import type { Terminal } from '../subcommand.js';

/** A running server and the login under which it is asked. */
export interface Connection {
  readonly url: string;
  readonly token: string;
}

interface Problem {
  readonly title?: string;
  readonly detail?: string;
  readonly code?: string;
  readonly errors?: readonly { readonly pointer?: string; readonly code?: string }[];
}

/** Sends one request and prints what came back: exit 0 on success, 1 when it was refused, 2 without an answer. */
export async function request(
  connection: Connection,
  method: 'GET' | 'POST',
  path: string,
  { body, actingAs, terminal }: { body?: unknown; actingAs?: string | undefined; terminal: Terminal },
): Promise<number> {
  let response: Response;
  try {
    response = await fetch(new URL(path, connection.url), {
      method,
      headers: {
        authorization: `Bearer ${connection.token}`,
        'accept-language': terminal.language,
        ...(method === 'POST' ? { 'content-type': 'application/json', 'idempotency-key': randomUUID() } : {}),
        ...(actingAs === undefined ? {} : { 'acting-as': actingAs }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    terminal.err(
      { fr: `aucun serveur ne répond à ${connection.url}`, en: `no server answers at ${connection.url}` }[
        terminal.language
      ],
    );
    return 2;
  }
  const answer = (await response.json()) as Problem;
  if (response.ok) {
    terminal.out(JSON.stringify(answer, null, 2));
    return 0;
  }
  terminal.err(`${answer.code ?? String(response.status)}: ${answer.title ?? ''}`);
  if (answer.detail !== undefined) terminal.err(answer.detail);
  for (const { pointer = '', code = '' } of answer.errors ?? []) terminal.err(`  ${pointer}: ${code}`);
  return 1;
}
