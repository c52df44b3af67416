import { hash } from 'node:crypto';

/** 128 bits as 26 characters of RFC 4648 base32, lower case, unpadded. */
export type Id = string & { readonly __id: 'Id' };

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
/** The two characters of each ten bits. */
const PAIRS = Array.from({ length: 1024 }, (_, ten) => ALPHABET.charAt(ten >>> 5) + ALPHABET.charAt(ten & 31));
const ID = /^[a-z2-7]{26}$/;

export function isId(text: unknown): text is Id {
  return typeof text === 'string' && ID.test(text);
}

/** RFC 4648 section 6, lower case, without padding. */
export function base32(bytes: Uint8Array): string {
  let out = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    for (; bits >= 10; bits -= 10) out += PAIRS[(buffer >>> (bits - 10)) & 1023] ?? '';
    buffer &= (1 << bits) - 1;
  }
  if (bits >= 5) out += ALPHABET.charAt((buffer >>> (bits -= 5)) & 31);
  return bits > 0 ? out + ALPHABET.charAt((buffer << (5 - bits)) & 31) : out;
}

/** The first 26 base32 characters of SHA-256 over the parts, joined by LF. */
export function hashedId(...parts: readonly (string | number)[]): Id {
  return base32(hash('sha256', parts.join('\n'), 'buffer')).slice(0, 26) as Id;
}

/**
 * The id of an object born in an automatic or due event (architecture 4.1): a function of its parent, so that a late
 * clock gives the same state. `type` is the event type, `number` tells siblings apart, from 0.
 */
export function derivedId(parent: Id, type: string, number: number): Id {
  return hashedId('collegium-id/v1', parent, type, number);
}
