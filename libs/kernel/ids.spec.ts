import fc from 'fast-check';
import { base32, derivedId, hashedId, isId } from './ids.js';
import type { Id } from './ids.js';

describe('base32', () => {
  // RFC 4648, section 10, in lower case and without padding.
  it.each([
    ['', ''],
    ['f', 'my'],
    ['fo', 'mzxq'],
    ['foo', 'mzxw6'],
    ['foob', 'mzxw6yq'],
    ['fooba', 'mzxw6ytb'],
    ['foobar', 'mzxw6ytboi'],
  ])('of %j is %j', (text, encoded) => {
    expect(base32(Buffer.from(text))).toBe(encoded);
  });

  it('loses nothing: every byte can be read back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const bits = Array.from(base32(bytes))
          .map((one) => 'abcdefghijklmnopqrstuvwxyz234567'.indexOf(one).toString(2).padStart(5, '0'))
          .join('');
        const read = Array.from({ length: bytes.length }, (_, at) => parseInt(bits.slice(at * 8, at * 8 + 8), 2));
        expect(read).toEqual([...bytes]);
      }),
    );
  });
});

describe('an id', () => {
  it('is 26 lower-case characters of base32', () => {
    expect(isId('abcdefghijklmnopqrstuvw234')).toBe(true);
    for (const text of [
      '',
      'A'.repeat(26),
      'a'.repeat(25),
      'a'.repeat(27),
      '1'.repeat(26),
      `${'a'.repeat(26)}\n`,
      26,
    ]) {
      expect(isId(text)).toBe(false);
    }
  });

  it('of an automatic or due event is a function of parent, type and number, told apart by each', () => {
    const parent = hashedId('a');
    const ids = [
      derivedId(parent, 'T', 0),
      derivedId(parent, 'T', 1),
      derivedId(parent, 'U', 0),
      derivedId(hashedId('b'), 'T', 0),
    ];
    expect(new Set(ids).size).toBe(4);
    expect(ids.every(isId)).toBe(true);
    expect(derivedId(parent, 'T', 0)).toBe(ids[0]);
    // SHA-256 of "collegium-id/v1\naaa…\nReviewDue\n0", first 26 characters of its base32: fixed for ever.
    expect(derivedId('a'.repeat(26) as Id, 'ReviewDue', 0)).toBe('32sm4go5o3cx5cx6vupmxptg5s');
  });
});
