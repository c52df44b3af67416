import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from './canonical-json.js';
import type { Json } from './canonical-json.js';

const vector = (name: string): unknown =>
  JSON.parse(readFileSync(join(__dirname, '..', '..', 'test', 'vectors', name), 'utf8'));

interface Vectors {
  readonly structural: readonly { name: string; input_base64: string; output_hex: string; output_sha256: string }[];
  readonly numbers_ieee754: readonly { bits: string; want: string }[];
  readonly numbers_reject: readonly { bits: string; why: string }[];
  readonly number_generator: { readonly checksums: readonly { sha256: string; lines: number; bytes: number }[] };
}

const vectors = vector('jcs-rfc8785.json') as Vectors;
const fixedBits = (vector('jcs-numbers.json') as { bits: readonly string[] }).bits;
const deep = process.env['DEEP'] === '1';

function doubleOf(bits: string): number {
  return Buffer.from(bits.padStart(16, '0'), 'hex').readDoubleBE();
}

/** The published sequence of doubles: fixed ones, 2,000 in a row, then those of chained hashes. */
function* doubles(): Generator<number> {
  for (const bits of fixedBits) yield doubleOf(bits);
  const first = 0x0010000000000000n;
  for (let step = 0n; step < 2000n; step++) yield doubleOf((first + step).toString(16));
  for (let block = Buffer.alloc(32); ;) {
    block = createHash('sha256').update(block).digest();
    for (let at = 0; at < 32; at += 8) {
      const double = block.readDoubleLE(at);
      if (double !== 0 && Number.isFinite(double)) yield double;
    }
  }
}

function bitsOf(double: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(double);
  return bytes.readBigUInt64BE().toString(16);
}

describe('canonical JSON', () => {
  it.each(vectors.structural)('writes the published case $name', ({ input_base64, output_hex, output_sha256 }) => {
    const written = canonicalJson(JSON.parse(Buffer.from(input_base64, 'base64').toString('utf8')) as Json);
    expect(Buffer.from(written).toString('hex')).toBe(output_hex);
    expect(createHash('sha256').update(written).digest('hex')).toBe(output_sha256);
  });

  it.each(vectors.numbers_ieee754)('writes $bits as $want', ({ bits, want }) => {
    expect(canonicalJson(doubleOf(bits))).toBe(want);
  });

  it.each(vectors.numbers_reject)('refuses $why', ({ bits }) => {
    expect(() => canonicalJson([doubleOf(bits)])).toThrow(RangeError);
  });

  const sizes = vectors.number_generator.checksums.filter(({ lines }) => lines <= (deep ? 1_000_000 : 10_000));
  it.each(sizes)('writes the first $lines numbers of the published sequence', ({ lines, sha256, bytes }) => {
    const hash = createHash('sha256');
    let count = 0;
    let size = 0;
    for (const double of doubles()) {
      const line = `${bitsOf(double)},${canonicalJson(double)}\n`;
      size += line.length;
      hash.update(line);
      if (++count === lines) break;
    }
    expect({ sha256: hash.digest('hex'), bytes: size }).toEqual({ sha256, bytes });
  });

  it('orders members by UTF-16 code units, as a surrogate pair stands before a private character', () => {
    expect(canonicalJson({ '\uE000': 1, '\u{1F600}': 2, a: 3 })).toBe('{"a":3,"\u{1F600}":2,"\uE000":1}');
  });

  it('leaves out members without value, and refuses half a surrogate pair in texts and names', () => {
    expect(canonicalJson({ a: undefined, b: null, $key: {}, 'a.b': [] })).toBe('{"$key":{},"a.b":[],"b":null}');
    for (const half of ['\uD800', 'x\uDC00', '\uDC00\uD800']) {
      expect(() => canonicalJson(half)).toThrow(RangeError);
      expect(() => canonicalJson({ [half]: 1 })).toThrow(RangeError);
    }
  });
});
