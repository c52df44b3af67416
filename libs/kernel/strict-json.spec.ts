import fc from 'fast-check';
import { JsonFault, readJson, readJsonText } from './strict-json.js';

function faultOf(text: string): [string, string] | 'accepted' {
  try {
    readJson(text);
    return 'accepted';
  } catch (fault) {
    if (!(fault instanceof JsonFault)) throw fault;
    return [fault.code, fault.pointer];
  }
}

describe('the gate reads', () => {
  test('what JSON.parse reads, for any JSON of integers and plain keys', () => {
    const key = fc
      .stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,20}$/)
      .filter((k) => k !== 'constructor' && k !== 'prototype');
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom<unknown>(null, true, false),
        fc.maxSafeInteger().map((n) => (n === 0 ? 0 : n)),
        fc.string().map((s) => s.replace(/[\u0000-\u001f\u007f]/g, '\n')),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(key, tie('value'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(value, fc.constantFrom(undefined, 2), (any, indent) => {
        const text = JSON.stringify(any, null, indent);
        expect(JSON.stringify(readJson(text))).toBe(JSON.stringify(any));
      }),
    );
  });

  test('objects without prototype, so that no name of Object is found in them', () => {
    expect(Object.getPrototypeOf(readJson('{"a":{}}'))).toBeNull();
    expect(readJson('{"toString":1}')).toEqual(Object.assign(Object.create(null), { toString: 1 }));
  });

  test('a random id as key, also one that starts with a digit', () => {
    expect(faultOf(`{"a":{"2${'a'.repeat(25)}":"x"}}`)).toBe('accepted');
  });
});

describe('the gate refuses', () => {
  test.each([
    ['nothing', '', 'JSON_INVALID', ''],
    ['half a document', '{"a":[1,', 'JSON_INVALID', '/a/1'],
    ['bytes behind the document', '{} {}', 'JSON_INVALID', ''],
    ['a comment', '{/**/}', 'JSON_INVALID', ''],
    ['a byte order mark', '\ufeff{}', 'JSON_INVALID', ''],
    ['NaN', '{"a":NaN}', 'JSON_INVALID', '/a'],
    ['a trailing comma', '[1,]', 'JSON_INVALID', '/1'],
    ['a raw line break in a string', '{"a":"\n"}', 'JSON_INVALID', '/a'],
    ['an unknown escape', '{"a":"\\x"}', 'JSON_INVALID', '/a'],
    ['a key twice, one of them escaped', '{"b":{"value":1,"\\u0076alue":2}}', 'DUPLICATE_KEY', '/b/value'],
    ['a key of the prototype', '{"__proto__":1}', 'FORBIDDEN_KEY', ''],
    ['a constructor', '{"a":{"constructor":1}}', 'FORBIDDEN_KEY', '/a'],
    ['an operator', '{"a":{"$ne":null}}', 'FORBIDDEN_KEY', '/a'],
    ['a dotted key', '{"a.b":1}', 'FORBIDDEN_KEY', ''],
    ['a fraction', '{"a":1.0}', 'NUMBER_INVALID', '/a'],
    ['an exponent', '{"a":1e3}', 'NUMBER_INVALID', '/a'],
    ['negative zero', '[-0]', 'NUMBER_INVALID', '/0'],
    ['a number past 2^53', '[0,9007199254740993]', 'NUMBER_INVALID', '/1'],
    ['a leading zero', '[01]', 'NUMBER_INVALID', '/0'],
    ['NUL in a text', '{"a":"\\u0000"}', 'STRING_INVALID', '/a'],
    ['a lone surrogate', '{"a":"\\ud800"}', 'STRING_INVALID', '/a'],
    ['text turned round', '{"a":"x\u202ey"}', 'STRING_INVALID', '/a'],
    ['a tag character', '{"a":"\u{e0041}"}', 'STRING_INVALID', '/a'],
    ['nine combining marks', `{"a":"e${'\u0301'.repeat(9)}"}`, 'STRING_INVALID', '/a'],
    ['17 levels', '['.repeat(17) + ']'.repeat(17), 'TOO_DEEP', '/0'.repeat(16)],
    ['40,000 levels', '['.repeat(40_000), 'TOO_DEEP', '/0'.repeat(16)],
    ['5,001 elements', `[${'1,'.repeat(5_000)}1]`, 'TOO_MANY', ''],
  ])('%s', (_rule, text, code, pointer) => {
    expect(faultOf(text)).toEqual([code, pointer]);
  });

  test('the 2,001st key', () => {
    const keys = Array.from({ length: 2_001 }, (_, n) => `"k${n}":1`);
    expect(faultOf(`{${keys.join(',')}}`)).toEqual(['TOO_MANY', '/k2000']);
    expect(faultOf(`{${keys.slice(1).join(',')}}`)).toBe('accepted');
  });
});

describe('a file of the user’s own', () => {
  test('may be longer than a request, and is read by the same gate', () => {
    const keys = Array.from({ length: 2_001 }, (_, n) => `"k${n}":1`).join(',');
    expect(readJsonText(`{${keys}}`)).toHaveProperty('value.k2000', 1);
    expect(readJsonText(`[${'1,'.repeat(5_000)}1]`)).toHaveProperty('value.5000', 1);
    expect(readJsonText('{"a":{"b":1,"b":2}}')).toEqual({ pointer: '/a/b', fault: 'DUPLICATE_KEY', offset: 12 });
  });
});
