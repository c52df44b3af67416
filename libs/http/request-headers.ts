import { isId } from '#kernel';
import type { FastifyRequest } from 'fastify';
import type { Language } from './catalogue.js';
import { Problem } from './problem.js';

type Headers = FastifyRequest['headers'];

const KEY = /^(?:[A-Za-z0-9._~-]{1,64}|"[A-Za-z0-9._~-]{1,64}")$/;
const CAPACITY = /^(?:(?:mandate|facilitator|access|invitation)\/[a-z2-7]{26}|citizen)$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const ETAG = /^(W\/)?"(\d{1,15})-[0-9a-f]{8}"$/;
const SEQ = /^(?:0|[1-9][0-9]{0,14})$/;
/** Headers of which two tell two stories. Node keeps the first of some of them and hides the second. */
const ONCE = new Set(['authorization', 'content-type', 'idempotency-key', 'acting-as', 'if-match', 'x-min-seq']);

/** The key of a command, without its quotes (HTTP page, 2.2). */
export function idempotencyKey(headers: Headers): string {
  const key = headers['idempotency-key'];
  if (key === undefined) throw Problem.header('Idempotency-Key', 'IDEMPOTENCY_KEY_MISSING');
  if (typeof key !== 'string' || !KEY.test(key)) throw Problem.header('Idempotency-Key');
  return key.startsWith('"') ? key.slice(1, -1) : key;
}

/** The capacity named, if one is (HTTP page, 4.4). */
export function actingAs(headers: Headers): string | undefined {
  return matching(headers, 'Acting-As', CAPACITY);
}

/** The id or UUID under which the caller follows its own request: it stays in the ledger. */
export function correlationId(headers: Headers): string | undefined {
  const id = headers['x-correlation-id'];
  if (id === undefined || isId(id) || (typeof id === 'string' && UUID.test(id))) return id?.toLowerCase();
  throw Problem.header('X-Correlation-Id');
}

/** `lastSeq` of the entity tag that the caller read; weak tags never match. */
export function ifMatch(headers: Headers): number | undefined {
  const tag = matching(headers, 'If-Match', ETAG);
  const [, weak, seq] = tag === undefined ? [] : (ETAG.exec(tag) ?? []);
  if (weak !== undefined) throw new Problem('STALE_READ');
  return seq === undefined ? undefined : Number(seq);
}

/** The entry that an answer must have reached. */
export function minSeq(headers: Headers): number | undefined {
  const seq = matching(headers, 'X-Min-Seq', SEQ);
  return seq === undefined ? undefined : Number(seq);
}

/** The first language of ours that the caller prefers; none when it says nothing that we speak. */
export function preferredLanguage(headers: Headers): Language | undefined {
  const ranges = (headers['accept-language'] ?? '').slice(0, 200).split(',').map(readRange);
  const known = ranges.filter(({ language, quality }) => quality > 0 && (language === 'fr' || language === 'en'));
  return known.sort((a, b) => b.quality - a.quality)[0]?.language as Language | undefined;
}

function readRange(range: string): { readonly language: string; readonly quality: number } {
  const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
  const quality = parameters.find((parameter) => parameter.trim().startsWith('q='));
  return { language: tag.split('-')[0] ?? '', quality: quality ? Number(quality.trim().slice(2)) || 0 : 1 };
}

function matching(headers: Headers, name: string, pattern: RegExp): string | undefined {
  const value = headers[name.toLowerCase()];
  if (value === undefined || (typeof value === 'string' && pattern.test(value))) return value;
  throw Problem.header(name);
}

/** Refuses a request that sends one of the telling headers twice. */
export function refuseDoubled(rawHeaders: readonly string[]): void {
  const seen = new Set<string>();
  for (let place = 0; place < rawHeaders.length; place += 2) {
    const name = rawHeaders[place]?.toLowerCase() ?? '';
    if (!ONCE.has(name)) continue;
    if (seen.has(name)) throw Problem.header(name);
    seen.add(name);
  }
}
