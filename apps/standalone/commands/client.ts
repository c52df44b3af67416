import type { Language } from '#words';
import { GivenUp } from '../subcommand.js';
import type { Terminal } from '../subcommand.js';

/** A running server and the login under which it is asked. */
export interface Connection {
  readonly url: string;
  readonly token: string;
}

export interface Asked {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly language: Language;
  readonly body?: unknown;
  readonly actingAs?: string | undefined;
  /** The same key again gives the first answer again. */
  readonly key?: string | undefined;
}

interface Problem {
  readonly title?: string;
  readonly detail?: string;
  readonly code?: string;
  /** What the rule names: the part of it that refused, and what may be chosen instead. */
  readonly rule?: string;
  readonly choices?: readonly string[];
  readonly errors?: readonly {
    readonly pointer?: string;
    readonly parameter?: string;
    readonly code?: string;
    readonly detail?: string;
  }[];
}

export interface ServerAnswer {
  readonly ok: boolean;
  readonly status: number;
  readonly body: unknown;
}

/** Sends one request; what answers in another way than JSON is no server of ours. */
export async function ask(connection: Connection, { method, path, body, ...more }: Asked): Promise<ServerAnswer> {
  try {
    const response = await fetch(new URL(path, connection.url), {
      method,
      headers: {
        authorization: `Bearer ${connection.token}`,
        'accept-language': more.language,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(more.key === undefined ? {} : { 'idempotency-key': more.key }),
        ...(more.actingAs === undefined ? {} : { 'acting-as': more.actingAs }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { ok: response.ok, status: response.status, body: await response.json() };
  } catch {
    throw new GivenUp(
      { fr: `aucun serveur ne répond à ${connection.url}`, en: `no server answers at ${connection.url}` },
      2,
    );
  }
}

/** Shows an answer: exit 0 on success; a refusal in the words of the server, with what it points at, and exit 1. */
export function tellAnswer(
  { ok, status, body }: ServerAnswer,
  terminal: Terminal,
  show: (body: unknown) => void,
): number {
  if (ok) {
    show(body);
    return 0;
  }
  const { code, title = '', detail, errors = [], rule, choices = [] } = body as Problem;
  terminal.err(`${code ?? String(status)}: ${title}`);
  if (detail !== undefined) terminal.err(detail);
  for (const each of errors) {
    terminal.err(`  ${each.pointer ?? each.parameter ?? ''}: ${each.detail ?? each.code ?? ''}`);
  }
  const hints = [...(rule === undefined ? [] : [rule]), ...choices];
  if (hints.length > 0) terminal.err(`  ${hints.join(', ')}`);
  return 1;
}
