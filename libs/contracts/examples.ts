import { hashedId, sha256 } from '#kernel';
import type { Json } from '#kernel';
import { commandDefinition } from './commands.js';
import type { CommandName } from './commands.js';
import { definitionOf } from './events.js';
import type { EventType } from './events.js';
import type { Outcome } from './outcome.js';
import type { Field, Fields, SealedField, SealedFields } from './schema.js';

type Members = Readonly<Record<string, Json>>;

/** Which members an example has: every one, or only those that must be there. */
export type Extent = 'full' | 'bare';

/** Well-formed public data of an event, the same at each call. Of its form alone: it follows from no rule. */
export function exampleData(type: EventType, extent: Extent): Members {
  return publicMembers(definitionOf(type).public, extent);
}

/** Well-formed arguments of a command, ids of the path included. */
export function exampleArguments(name: CommandName, extent: Extent): Members {
  const { public: fields, sealed, parts = {}, fact } = commandDefinition(name);
  const members: Record<string, Json> = { ...publicMembers(fields, extent), ...texts(sealed, extent) };
  for (const [part, definition] of Object.entries(parts)) {
    if (definition.optional && extent === 'bare') continue;
    members[part] = { ...publicMembers(definition.public, extent), ...texts(definition.sealed, extent) };
  }
  return fact && extent === 'full' ? { ...members, occurredOn: DAY } : members;
}

const DAY = '2026-03-16';
/** Codes by the name of their field; others take the first of the list that fits. */
const NAMED_CODES: Readonly<Record<string, string>> = {
  unit: 'EUR',
  currency: 'EUR',
  timeZone: 'Europe/Paris',
  registerCode: '120027016',
};
const CODES = ['75', '3.2', 'status-quo'];
const WORDS = { title: 'Un titre', note: 'Une note.\nSur deux lignes.', long: 'Un texte.\n\nLong.' };

function publicMembers(fields: Fields, extent: Extent): Members {
  const members: Record<string, Json> = {};
  for (const [name, field] of Object.entries(fields)) {
    if (field.is !== 'optional' || extent === 'full') members[name] = exampleOf(field, name, extent);
  }
  return members;
}

function exampleOf(field: Field, name: string, extent: Extent): Json {
  switch (field.is) {
    case 'id':
      return hashedId('example', name);
    case 'dec':
      return '12.5';
    case 'signed-dec':
      return '-2.5';
    case 'rate':
      return '12.0275';
    case 'day':
      return DAY;
    case 'instant':
      return `${DAY}T17:00:00.000Z`;
    case 'hash':
    case 'document':
      return sha256(name);
    case 'flag':
      return false;
    case 'int':
      return Math.min(Math.max(field.min, 2), field.max);
    case 'code':
      return NAMED_CODES[name] ?? CODES.find((code) => field.pattern.test(code)) ?? '';
    case 'enum':
      return field.values[0] ?? '';
    case 'list':
      return [exampleOf(field.of, name, extent)];
    case 'record':
      return publicMembers(field.fields, extent);
    case 'outcome':
      return OUTCOME as unknown as Json;
    case 'optional':
      return exampleOf(field.of, name, extent);
  }
}

/** Keys are made by the application, never sent. */
function texts(sealed: SealedFields, extent: Extent): Members {
  const sent = Object.entries(sealed).filter(
    ([, field]) => field.text !== 'key' && (field.required === true || extent === 'full'),
  );
  return Object.fromEntries(sent.map(([name, field]) => [name, exampleText(field)]));
}

function exampleText(field: SealedField): Json {
  switch (field.text) {
    case 'list':
      return [WORDS[field.of]];
    case 'record':
      return { [hashedId('example', 'text')]: WORDS[field.of] };
    case 'key':
      return sha256('key');
    default:
      return WORDS[field.text];
  }
}

const positions = [1, 2, 3].map((number) => hashedId('example', 'position', number));

const OUTCOME: Outcome = {
  result: 'adopted',
  appliedMethod: 'consent',
  eligible: 4,
  participation: 3,
  deemed: 0,
  silent: 1,
  quorumRequired: 3,
  minFavourRequired: null,
  expressed: null,
  tallies: {
    agree: 3,
    concern: 0,
    abstain: 0,
    standAside: 0,
    against: 0,
    object: 0,
    block: 0,
    reclassified: 0,
    ballots: 0,
  },
  collegesAgainst: [],
  dissent: [],
  selected: null,
  ranking: [],
  counted: positions,
  notCounted: [{ positionId: hashedId('example', 'late'), why: 'late' }],
};
