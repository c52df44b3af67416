import { commandDefinition, COMMAND_NAMES } from './commands.js';
import { events } from './events.js';
import type { EventType } from './events.js';
import { exampleArguments, exampleData } from './examples.js';
import { argumentsSchema, bodySchema, eventDataSchema } from './json-schema.js';
import type { JsonSchema } from './json-schema.js';

/** Whether a value fits, for the keywords that our schemas use. */
function fits(schema: JsonSchema, value: unknown): boolean {
  const {
    type,
    properties,
    required,
    items,
    pattern,
    additionalProperties: more,
  } = schema as {
    type?: string | string[];
    properties?: Record<string, JsonSchema>;
    required?: string[];
    items?: JsonSchema;
    pattern?: string;
    additionalProperties?: JsonSchema | false;
  };
  if (value === null) return [type].flat().includes('null');
  if (Array.isArray(value)) return items !== undefined && value.every((one) => fits(items, one));
  if (typeof value === 'object') {
    const entries = Object.entries(value);
    return (
      (required ?? []).every((name) => Object.hasOwn(value, name)) &&
      entries.every(([name, member]) => {
        const inner = properties?.[name] ?? more;
        return inner ? fits(inner, member) : false;
      })
    );
  }
  if (typeof value === 'string') return [type].flat().includes('string') && new RegExp(pattern ?? '', 'u').test(value);
  return [type].flat().includes(typeof value === 'number' ? 'integer' : typeof value);
}

/** Every schema within one. */
function within(schema: JsonSchema): JsonSchema[] {
  const {
    properties = {},
    items,
    additionalProperties: more,
  } = schema as {
    properties?: Record<string, JsonSchema>;
    items?: JsonSchema;
    additionalProperties?: JsonSchema | false;
  };
  const inner = [...Object.values(properties), ...(items ? [items] : []), ...(more ? [more] : [])];
  return [schema, ...inner.flatMap(within)];
}

describe('JSON Schemas', () => {
  it.each(COMMAND_NAMES)('of %s fit its arguments, and no other member', (name) => {
    const schema = argumentsSchema(name);
    for (const extent of ['full', 'bare'] as const) expect(fits(schema, exampleArguments(name, extent))).toBe(true);
    expect(fits(schema, { ...exampleArguments(name, 'full'), more: 1 })).toBe(false);
    for (const member of Object.keys(exampleArguments(name, 'bare'))) {
      expect(fits(schema, { ...exampleArguments(name, 'full'), [member]: undefined })).toBe(false);
    }
  });

  it.each(COMMAND_NAMES)('of the body of %s leave out the ids of its path', (name) => {
    const { properties } = bodySchema(name) as { properties: object };
    for (const [, id = ''] of commandDefinition(name).path.matchAll(/\{(\w+)\}/g)) {
      expect(Object.hasOwn(argumentsSchema(name)['properties'] as object, id)).toBe(true);
      expect(Object.hasOwn(properties, id)).toBe(false);
    }
  });

  it.each(Object.keys(events) as EventType[])(
    'of %s fit its data, and no object in it takes unknown members',
    (type) => {
      const schema = eventDataSchema(type);
      expect(fits(schema, exampleData(type, 'full'))).toBe(true);
      expect(fits(schema, exampleData(type, 'bare'))).toBe(true);
      const open = within(schema).filter((one) => one['type'] === 'object' && one['additionalProperties'] !== false);
      expect(open).toEqual([]);
    },
  );
});
