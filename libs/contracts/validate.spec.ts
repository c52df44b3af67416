import { sha256 } from '#kernel';
import { commandDefinition, COMMAND_NAMES } from './commands.js';
import { definitionOf, events } from './events.js';
import type { EventType } from './events.js';
import { exampleArguments, exampleData } from './examples.js';
import { dec, flag, hash, id, instant, int, list, optional, record, signedDec, day } from './schema.js';
import type { Field } from './schema.js';
import { faultIn, fieldFault } from './validate.js';

const PROBE = 'lettres et espaces';
const types = Object.keys(events) as EventType[];

/** Copies of a value, each with one scalar in it replaced by the probe. */
function probed(value: unknown): unknown[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, at) =>
      probed(item).map((bad) => value.map((one: unknown, i) => (i === at ? bad : one))),
    );
  }
  if (typeof value !== 'object' || value === null) return [PROBE];
  return Object.entries(value).flatMap(([name, member]) => probed(member).map((bad) => ({ ...value, [name]: bad })));
}

describe('public data', () => {
  it.each(types)('of %s is refused with a text of letters and spaces in any place', (type) => {
    const fields = definitionOf(type).public;
    const bad = probed(exampleData(type, 'full'));
    for (const data of bad) expect(faultIn(fields, data)).toMatchObject({ fault: expect.any(String) as string });
    expect(bad.length).toBeGreaterThan(0);
  });

  it.each(COMMAND_NAMES)('that %s takes is refused with a text of letters and spaces in any place', (name) => {
    const { public: fields, parts = {} } = commandDefinition(name);
    const sent = exampleArguments(name, 'full');
    for (const [member, field] of Object.entries(fields)) {
      for (const value of probed(sent[member])) expect(fieldFault(field, value)).toBeDefined();
    }
    for (const [part, definition] of Object.entries(parts)) {
      const inner = sent[part] as Readonly<Record<string, unknown>>;
      for (const [member, field] of Object.entries(definition.public)) {
        for (const value of probed(inner[member])) expect(fieldFault(field, value)).toBeDefined();
      }
    }
  });

  it.each(types)('of %s is refused with an unknown member, with one missing, and with a null', (type) => {
    const fields = definitionOf(type).public;
    const data = exampleData(type, 'full');
    expect(faultIn(fields, { ...data, more: 1 })).toEqual({ pointer: '/more', fault: 'UNKNOWN_MEMBER' });
    for (const [name, field] of Object.entries(fields)) {
      const { [name]: _left, ...rest } = data;
      const missing = field.is === 'optional' ? undefined : { pointer: `/${name}`, fault: 'MISSING' };
      expect(faultIn(fields, rest)).toEqual(missing);
      expect(faultIn(fields, { ...data, [name]: null })).toBeDefined();
    }
  });

  it('points to the first fault, however deep', () => {
    const fields = { lines: list(record({ amount: dec(), by: optional(day()) }), 3) };
    expect(faultIn(fields, { lines: [{ amount: '1' }, { amount: '1', by: '2026-02-30' }] })).toEqual({
      pointer: '/lines/1/by',
      fault: 'FORMAT_INVALID',
    });
    expect(faultIn(fields, { lines: [{}, {}, {}, {}] })).toEqual({ pointer: '/lines', fault: 'TOO_MANY' });
  });

  it('does not take names of every object for members', () => {
    expect(faultIn({}, JSON.parse('{"__proto__":{}}'))).toEqual({ pointer: '/__proto__', fault: 'UNKNOWN_MEMBER' });
    expect(faultIn({}, { constructor: 1 })).toEqual({ pointer: '/constructor', fault: 'UNKNOWN_MEMBER' });
  });
});

describe('the classes', () => {
  const taken = (field: Field, ...values: unknown[]) => {
    for (const value of values) expect([value, fieldFault(field, value)]).toEqual([value, undefined]);
  };
  const refused = (field: Field, ...values: unknown[]) => {
    for (const value of values) expect([value, fieldFault(field, value)?.fault]).toEqual([value, expect.any(String)]);
  };

  it('dec is a canonical decimal without a sign', () => {
    taken(dec(), '0', '1', '0.5', '12.345', '999999999999.999');
    refused(dec(), '01', '1.50', '1e3', '+1', '-1', '1,5', '.5', '1.', ' 1', '٣', '1.2345', '1000000000000', 1, '');
  });

  it('signed-dec may start with a minus, but is never -0', () => {
    taken(signedDec(), '-1', '-0.5', '0', '3');
    refused(signedDec(), '-0', '+1', '--1', '-01', '-1.50', -1);
  });

  it('int is a safe integer within its bounds', () => {
    taken(int(0, 5), 0, 5);
    refused(int(0, 5), -1, 6, 1.5, '1', NaN, Infinity, -0, 2 ** 53, null, [1]);
  });

  it('hash is base64 of exactly 32 bytes, in its one form', () => {
    taken(hash(), sha256('x'));
    refused(hash(), sha256('x').slice(0, -1), `${sha256('x').slice(0, -2)}B=`, 'A'.repeat(44), `${'A'.repeat(42)}B=`);
  });

  it('id, day, instant and flag take their one form', () => {
    taken(id(), 'a'.repeat(26));
    refused(id(), 'A'.repeat(26), 'a'.repeat(25), '1'.repeat(26), '');
    taken(day(), '2024-02-29');
    refused(day(), '2023-02-29', '2026-2-1', '1899-12-31', '2200-01-01', '2026-01-01T00:00:00.000Z');
    taken(instant(), '2026-01-01T00:00:00.000Z');
    refused(
      instant(),
      '2026-01-01T24:00:00.000Z',
      '2026-01-01T00:00:00Z',
      '2026-01-01T00:00:00.000+00:00',
      '2026-02-30T00:00:00.000Z',
    );
    taken(flag(), true, false);
    refused(flag(), 'false', 0, null);
  });

  it('an outcome record prints every member, with null only where nothing was tested', () => {
    const fields = definitionOf('RoundClosed').public;
    const data = exampleData('RoundClosed', 'full') as { outcome: Record<string, unknown> };
    const withOutcome = (more: object) => faultIn(fields, { ...data, outcome: { ...data.outcome, ...more } });
    expect(withOutcome({ expressed: 3, selected: 'status-quo' })).toBeUndefined();
    expect(withOutcome({ eligible: null })).toEqual({ pointer: '/outcome/eligible', fault: 'WRONG_TYPE' });
    expect(withOutcome({ expressed: undefined })).toEqual({ pointer: '/outcome/expressed', fault: 'MISSING' });
    expect(withOutcome({ note: '' })).toEqual({ pointer: '/outcome/note', fault: 'UNKNOWN_MEMBER' });
    expect(withOutcome({ ranking: ['A B'] })).toEqual({ pointer: '/outcome/ranking/0', fault: 'FORMAT_INVALID' });
  });
});
