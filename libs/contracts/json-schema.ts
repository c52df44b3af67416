import { commandDefinition } from './commands.js';
import type { CommandName } from './commands.js';
import type { Part } from './command-schema.js';
import { definitionOf } from './events.js';
import type { EventType } from './events.js';
import { NULL_IN_OUTCOME, OUTCOME_FIELDS } from './outcome-form.js';
import { day } from './schema.js';
import type { Field, Fields, SealedField, SealedFields } from './schema.js';
import { TEXT_LIMITS } from './texts.js';
import { CANONICAL_DECIMAL, HASH, MEMBER_NAME, RATE, SIGNED_DECIMAL } from './validate.js';

/** JSON Schema, draft 2020-12, as far as the catalogue needs it. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** The schema of a command's body through the uniform door: the ids of the path are members of it. */
export function argumentsSchema(name: CommandName): JsonSchema {
  return objectSchema(argumentMembers(name));
}

/** The schema of a command's body on its own route: without the ids that stand in the path. */
export function bodySchema(name: CommandName): JsonSchema {
  const { properties, required } = argumentMembers(name);
  const inPath = [...commandDefinition(name).path.matchAll(/\{(\w+)\}/g)].map(([, id]) => id);
  const kept = Object.entries(properties).filter(([member]) => !inPath.includes(member));
  return objectSchema({
    properties: Object.fromEntries(kept),
    required: required.filter((member) => !inPath.includes(member)),
  });
}

/** The schema of the public data of an event, as recorded. */
export function eventDataSchema(type: EventType): JsonSchema {
  return objectSchema(membersOf({ public: definitionOf(type).public, sealed: {} }));
}

function argumentMembers(name: CommandName): Objects {
  const { public: fields, sealed, parts = {}, fact } = commandDefinition(name);
  const own = membersOf({ public: fields, sealed });
  for (const [part, definition] of Object.entries(parts)) {
    own.properties[part] = objectSchema(membersOf(definition));
    if (!definition.optional) own.required.push(part);
  }
  if (fact) own.properties['occurredOn'] = fieldSchema(day());
  return own;
}

interface Objects {
  readonly properties: Record<string, JsonSchema>;
  readonly required: string[];
}

function membersOf({ public: fields, sealed }: Pick<Part, 'public' | 'sealed'>): Objects {
  const { properties, required } = publicMembers(fields);
  for (const [name, field] of sentTexts(sealed)) {
    properties[name] = sealedSchema(field);
    if (field.required) required.push(name);
  }
  return { properties, required };
}

/** Keys are made by the application and never sent. */
function sentTexts(sealed: SealedFields) {
  return Object.entries(sealed).filter(([, field]) => field.text !== 'key');
}

function publicMembers(fields: Fields): Objects {
  const entries = Object.entries(fields);
  return {
    properties: Object.fromEntries(entries.map(([name, field]) => [name, fieldSchema(field)])),
    required: entries.filter(([, field]) => field.is !== 'optional').map(([name]) => name),
  };
}

function objectSchema({ properties, required }: Objects): JsonSchema {
  const needed = required.length > 0 ? { required } : {};
  return { type: 'object', properties, ...needed, additionalProperties: false };
}

export function fieldSchema(field: Field): JsonSchema {
  switch (field.is) {
    case 'id':
      return { type: 'string', pattern: '^[a-z2-7]{26}$' };
    case 'dec':
      return { type: 'string', pattern: CANONICAL_DECIMAL.source };
    case 'signed-dec':
      return { type: 'string', pattern: SIGNED_DECIMAL.source };
    case 'rate':
      return { type: 'string', pattern: RATE.source };
    case 'day':
      return { type: 'string', format: 'date' };
    case 'instant':
      return { type: 'string', format: 'date-time' };
    case 'hash':
    case 'document':
      return { type: 'string', pattern: HASH.source };
    case 'flag':
      return { type: 'boolean' };
    case 'int':
      return { type: 'integer', minimum: field.min, maximum: field.max };
    case 'code':
      return { type: 'string', pattern: field.pattern.source, maxLength: field.max };
    case 'enum':
      return { type: 'string', enum: [...field.values] };
    case 'list':
      return { type: 'array', items: fieldSchema(field.of), maxItems: field.max };
    case 'record':
      return objectSchema(publicMembers(field.fields));
    case 'outcome':
      return outcomeSchema();
    case 'optional':
      return fieldSchema(field.of);
  }
}

function outcomeSchema(): JsonSchema {
  const { properties, required } = publicMembers(OUTCOME_FIELDS);
  for (const name of NULL_IN_OUTCOME) {
    const { type, ...rest } = properties[name] ?? {};
    properties[name] = { type: [type, 'null'], ...rest };
  }
  return objectSchema({ properties, required });
}

function sealedSchema(field: SealedField): JsonSchema {
  switch (field.text) {
    case 'list':
      return { type: 'array', items: textSchema(field.of), maxItems: field.max };
    case 'record':
      return {
        type: 'object',
        propertyNames: { pattern: MEMBER_NAME.source },
        additionalProperties: textSchema(field.of),
        maxProperties: field.max,
      };
    case 'key':
      return { type: 'string', pattern: HASH.source };
    default:
      return textSchema(field.text);
  }
}

/** `\S`: a blank text is refused. */
function textSchema(kind: keyof typeof TEXT_LIMITS): JsonSchema {
  return { type: 'string', minLength: 1, maxLength: TEXT_LIMITS[kind], pattern: '\\S' };
}
