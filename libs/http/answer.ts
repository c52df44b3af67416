import { hash } from 'node:crypto';
import type { FastifyReply } from 'fastify';

export const JSON_TYPE = 'application/json; charset=utf-8';
export const PRIVATE = 'private, no-store';
/** What never changes once it is there. */
export const IMMUTABLE = 'private, max-age=31536000, immutable';

/** A strong tag: the last entry on what is answered, and the answer's own hash (HTTP page, 2.2). */
export function entityTag(lastSeq: number, body: string): string {
  return `"${lastSeq}-${hash('sha256', body, 'hex').slice(0, 8)}"`;
}

export interface Answered {
  readonly status?: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string | number>>;
}

/** Sends JSON that is ready, so that the bytes sent are the bytes hashed. */
export function sendJson(reply: FastifyReply, { status = 200, body, headers = {} }: Answered): void {
  void reply
    .status(status)
    .headers({ 'cache-control': PRIVATE, 'content-type': JSON_TYPE, ...headers })
    .send(body);
}

/** Sends what has a tag, or 304 to a caller that has it already. */
export function sendTagged(
  reply: FastifyReply,
  ifNoneMatch: string | undefined,
  seq: number,
  answered: Answered,
): void {
  const etag = entityTag(seq, answered.body);
  const headers = { ...answered.headers, etag, vary: 'Accept, Accept-Language, Authorization, Cookie' };
  const known = (ifNoneMatch ?? '').split(',').some((tag) => tag.trim() === etag || tag.trim() === '*');
  if (known)
    void reply
      .status(304)
      .headers({ 'cache-control': PRIVATE, ...headers })
      .send();
  else sendJson(reply, { ...answered, headers });
}
