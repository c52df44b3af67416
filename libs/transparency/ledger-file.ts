import { canonicalJson } from '#kernel';
import type { Json } from '#kernel';
import { MAX_ENTRY_BYTES } from '#ledger';
import type { Opening } from '#ledger';
import { createReadStream } from 'node:fs';

const LF = 10;
/** Bytes of one line of openings, at most: a long text with every code point at four bytes, escaped. */
export const MAX_OPENING_LINE_BYTES = 1_000_000;

/** An opening with the entry that it belongs to: one line of an openings file. */
export interface OpeningLine extends Opening {
  readonly seq: number;
}

/** A line of a file that is longer than anything of ours, or no opening. `line` counts from 1. */
export class BadLine extends Error {
  constructor(
    readonly line: number,
    readonly fault: string,
  ) {
    super(`line ${String(line)}: ${fault}`);
  }
}

/**
 * The lines of a file as bytes, without their LF, in memory one chunk at a time. An empty last line is none. A line
 * above `maxBytes` is cut there: what comes of it is no entry, and its verifier says so.
 */
export async function* linesOf(source: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let rest = Buffer.alloc(0);
  for await (const chunk of source) {
    rest =
      rest.length > maxBytes ? Buffer.concat([rest.subarray(0, maxBytes + 1), chunk]) : Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(LF); end >= 0; end = rest.indexOf(LF)) {
      yield rest.subarray(0, Math.min(end, maxBytes + 1));
      rest = rest.subarray(end + 1);
    }
  }
  if (rest.length > 0) yield rest.subarray(0, maxBytes + 1);
}

/** The bodies of an exported ledger: one a line, byte for byte as hashed. */
export async function* bodiesOf(file: string): AsyncGenerator<{ readonly body: Uint8Array }> {
  for await (const body of linesOf(createReadStream(file), MAX_ENTRY_BYTES)) yield { body };
}

/** One line of an openings file: canonical JSON of event, name, payload, salt and seq. */
export function openingLine({ seq, event, name, salt, payload }: OpeningLine): string {
  return canonicalJson({ event, name, payload, salt, seq });
}

/** The openings of a file by entry. Throws BadLine at the first line that is none. */
export async function readOpenings(file: string): Promise<ReadonlyMap<number, readonly Opening[]>> {
  const bySeq = new Map<number, Opening[]>();
  let line = 0;
  for await (const bytes of linesOf(createReadStream(file), MAX_OPENING_LINE_BYTES)) {
    const opening = readOpening(Buffer.from(bytes).toString('utf8'));
    if (!opening) throw new BadLine(line + 1, 'not an opening');
    bySeq.set(opening.seq, [...(bySeq.get(opening.seq) ?? []), opening]);
    line++;
  }
  return bySeq;
}

function readOpening(text: string): OpeningLine | undefined {
  const value = parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { seq, event, name, salt, payload } = value as Readonly<Record<string, Json>>;
  const whole = Number.isSafeInteger(seq) && Number.isSafeInteger(event);
  const texts = typeof name === 'string' && typeof salt === 'string' && typeof payload === 'string';
  return whole && texts && isJson(payload) ? (value as unknown as OpeningLine) : undefined;
}

function isJson(payload: string): boolean {
  return parse(payload) !== undefined;
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
