import { JsonFault, readJson } from '#kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from './problem.js';

/** Bytes of a JSON body, at most (HTTP page, 2.4). */
export const MAX_BODY_BYTES = 262_144;

const JSON_TYPE = /^application\/json(?:\s*;\s*charset=(?:"utf-8"|utf-8))?$/i;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The only content parser there is: JSON through the gate of section 5.1; every other type is refused. */
export function installBodyGate(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  const options = { parseAs: 'buffer', bodyLimit: MAX_BODY_BYTES } as const;
  server.addContentTypeParser<Buffer>('*', options, (request, body, done) => {
    try {
      done(null, parseBody(request, body));
    } catch (fault) {
      done(fault as Error, undefined);
    }
  });
}

function parseBody(request: FastifyRequest, bytes: Buffer): unknown {
  const { 'content-type': type, 'content-encoding': encoding } = request.headers;
  if (!JSON_TYPE.test(type ?? '') || encoding !== undefined) throw new Problem('MEDIA_TYPE_UNSUPPORTED');
  try {
    return readJson(utf8.decode(bytes));
  } catch (fault) {
    if (!(fault instanceof JsonFault))
      throw new Problem('JSON_INVALID', { errors: [{ pointer: '', code: 'JSON_INVALID' }] });
    const { code, pointer, offset } = fault;
    throw new Problem(code, { errors: [{ pointer, code, detail: `offset ${offset}` }] });
  }
}
