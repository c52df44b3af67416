import { canonicalJson } from '#kernel';
import type { Json } from '#kernel';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { definitionOf, events, isEventType } from '../events.js';
import type { EventType } from '../events.js';
import { exampleData } from '../examples.js';
import type { EventDefinition } from '../schema.js';
import { id, note } from '../schema.js';
import { upcast } from '../upcast.js';
import { faultIn } from '../validate.js';

/** Every event version ever recorded, twice: with every member, and with those alone that must be there. */
const lines = readFileSync(join(__dirname, 'samples.ndjson'), 'utf8').trimEnd().split('\n');

interface Sample {
  readonly type: string;
  readonly v: number;
  readonly data: Readonly<Record<string, unknown>>;
}

const sampleIn = (line: string): Sample => JSON.parse(line) as Sample;

describe('stored samples', () => {
  it.each(lines.map((line) => ({ line, ...sampleIn(line) })))('still decode: $type v$v', ({ line, type, v, data }) => {
    const current = upcast(type, v, data);
    expect(isEventType(current.type)).toBe(true);
    expect(current.v).toBe(definitionOf(current.type as EventType).v);
    expect(faultIn(definitionOf(current.type as EventType).public, current.data)).toBeUndefined();
    expect(canonicalJson(JSON.parse(line) as Json)).toBe(line);
  });

  it('are there for every version of every event type, so add the lines that this shows as missing', () => {
    const stored = new Set(lines.map(sampleIn).map(({ type, v }) => `${type} ${String(v)}`));
    const missing = (Object.keys(events) as EventType[]).flatMap((type) => {
      const { v } = definitionOf(type);
      if (stored.has(`${type} ${String(v)}`)) return [];
      return (['full', 'bare'] as const).map((extent) => canonicalJson({ type, v, data: exampleData(type, extent) }));
    });
    expect([...new Set(missing)].join('\n')).toBe('');
  });

  it('begin at version 1 without a gap', () => {
    for (const type of Object.keys(events)) {
      const versions = lines.map(sampleIn).filter((sample) => sample.type === type);
      for (let v = 1; v <= definitionOf(type as EventType).v; v++) {
        expect(versions.some((sample) => sample.v === v)).toBe(true);
      }
    }
  });
});

describe('a field', () => {
  it('without a class does not compile', () => {
    const withClasses: EventDefinition = { v: 1, public: { x: id() }, sealed: { y: note } };
    // @ts-expect-error a public field is made by one of the classes
    const textInPublic: EventDefinition = { v: 1, public: { x: note }, sealed: {} };
    // @ts-expect-error a sealed field is a text
    const idInSealed: EventDefinition = { v: 1, public: {}, sealed: { y: id() } };
    // @ts-expect-error a bare type is no class
    const bare: EventDefinition = { v: 1, public: { x: 'string' }, sealed: {} };
    // @ts-expect-error both sets are written, even when empty
    const withoutSealed: EventDefinition = { v: 1, public: {} };
    expect([withClasses, textInPublic, idInSealed, bare, withoutSealed]).toHaveLength(5);
  });
});
