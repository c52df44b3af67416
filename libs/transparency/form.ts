import { definitionOf, faultIn, isEventType, upcast } from '#contracts';
import type { SealedFields } from '#contracts';
import { canonicalJson, isDay, isId, isInstant } from '#kernel';
import type { Json } from '#kernel';
import { MAX_ENTRY_BYTES, MAX_ENTRY_EVENTS } from '#ledger';
import type { Commitment } from './openings.js';
import type { RuleFault } from './replay.js';

interface ReadBody {
  readonly body: string;
  readonly commitments: readonly Commitment[];
}

type Members = Readonly<Record<string, unknown>>;

/** Reads the bytes of a body: text, canonical JSON, and a form that the catalogue knows; or the first fault. */
export function formFault(bytes: string | Uint8Array): ReadBody | RuleFault {
  const body = textOf(bytes);
  const parsed = body === undefined ? undefined : parse(body);
  if (body === undefined || parsed === undefined) return { word: 'unreadable', detail: 'not UTF-8 or not JSON' };
  if (!isCanonical(parsed, body)) return { word: 'not-canonical', detail: 'not RFC 8785' };
  const wrong = memberFault(parsed, Buffer.byteLength(body));
  if (wrong !== undefined) return { word: 'entry-invalid', detail: wrong };
  const events = (parsed as unknown as { events: readonly RecordedEvent[] }).events;
  const commitments = events.flatMap((event, index) =>
    (event.sealed ?? []).map((sealed) => ({ event: index, ...sealed })),
  );
  return { body, commitments };
}

function textOf(bytes: string | Uint8Array): string | undefined {
  if (typeof bytes === 'string') return bytes;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parse(body: string): Json | undefined {
  try {
    return JSON.parse(body) as Json;
  } catch {
    return undefined;
  }
}

function isCanonical(parsed: Json, body: string): boolean {
  try {
    return canonicalJson(parsed) === body;
  } catch {
    return false;
  }
}

const MEMBERS = ['v', 'log', 'seq', 'prev', 'id', 'at', 'actor', 'command', 'correlation', 'causation', 'events'];
const LOG = /^collegium\/[a-z2-7]{26}$/;
const HASH = /^[A-Za-z0-9+/]{43}=$/;
const CORRELATION = /^([a-z2-7]{26}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

function memberFault(parsed: Json, bytes: number): string | undefined {
  if (!isMembers(parsed)) return 'not an object';
  const unknown = Object.keys(parsed).find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined) return `unknown member /${unknown}`;
  const wrong = MEMBERS.find((name) => !memberHolds(name, parsed));
  if (wrong !== undefined) return `/${wrong}`;
  if (bytes > MAX_ENTRY_BYTES) return 'more bytes than an entry holds';
  const events = parsed['events'] as readonly unknown[];
  for (const [index, event] of events.entries()) {
    const fault = eventFault(event);
    if (fault !== undefined) return `/events/${String(index)}${fault}`;
  }
  return undefined;
}

function memberHolds(name: string, body: Members): boolean {
  const value = body[name];
  switch (name) {
    case 'v':
      return value === 1;
    case 'log':
      return typeof value === 'string' && LOG.test(value);
    case 'seq':
      return Number.isSafeInteger(value) && (value as number) >= 0;
    case 'prev':
      return body['seq'] === 0 ? value === undefined : isHash(value);
    case 'at':
      return isInstant(value);
    case 'id':
      return isId(value);
    case 'correlation':
    case 'causation':
      return typeof value === 'string' && CORRELATION.test(value);
    case 'actor':
      return isMembers(value) && actorHolds(value);
    case 'command':
      return (
        isMembers(value) && hasExactly(value, 'id', 'name') && isId(value['id']) && typeof value['name'] === 'string'
      );
    default:
      return Array.isArray(value) && value.length >= 1 && value.length <= MAX_ENTRY_EVENTS;
  }
}

function actorHolds(actor: Members): boolean {
  const ids = Object.entries(actor).every(([name, value]) => name === 'kind' || isId(value));
  switch (actor['kind']) {
    case 'representative':
      return ids && hasExactly(actor, 'kind', 'partner', 'mandate', 'person');
    case 'facilitator':
    case 'citizen':
    case 'auditor':
    case 'account':
      return ids && hasExactly(actor, 'kind', 'person');
    default:
      return (actor['kind'] === 'system' || actor['kind'] === 'anonymous') && hasExactly(actor, 'kind');
  }
}

interface RecordedEvent {
  readonly sealed?: readonly { readonly name: string; readonly commitment: string; readonly bytes: number }[];
}

const SUBJECT = /^[a-z-]+\/[a-z2-7]{26}$/;
const EVENT_MEMBERS = ['type', 'v', 'subject', 'data', 'occurredOn', 'dueAt', 'sealed'];

function eventFault(event: unknown): string | undefined {
  if (!isMembers(event) || !hasEventMembers(event)) return '';
  const current = upcast(event.type, event.v, event.data);
  if (!isEventType(current.type) || definitionOf(current.type).v !== current.v) return '/type';
  const definition = definitionOf(current.type);
  const place = placeFault(event, definition.fact ?? false);
  if (place !== undefined) return place;
  const fault = faultIn(definition.public, current.data);
  if (fault) return `/data${fault.pointer}`;
  return sealedHolds(event['sealed'], definition.sealed, event.data) ? undefined : '/sealed';
}

function hasEventMembers(event: Members): event is Members & { type: string; v: number; data: Members } {
  const known = Object.keys(event).every((name) => EVENT_MEMBERS.includes(name));
  return known && typeof event['type'] === 'string' && Number.isSafeInteger(event['v']) && isMembers(event['data']);
}

/** What an event concerns, the day of a fact from elsewhere, the instant at which it was due. */
function placeFault({ subject, occurredOn, dueAt }: Members, isFact: boolean): string | undefined {
  if (typeof subject !== 'string' || !SUBJECT.test(subject)) return '/subject';
  if (occurredOn !== undefined && !(isFact && isDay(occurredOn))) return '/occurredOn';
  return dueAt === undefined || isInstant(dueAt) ? undefined : '/dueAt';
}

/** A text that its command cannot do without, and the key of each hash that the event holds. */
function mustSeal(name: string, field: SealedFields[string], data: Members): boolean {
  if (field.text !== 'key') return field.required === true;
  const hashed = name.slice(0, -'Key'.length);
  return !hashed.endsWith('Hash') && !hashed.endsWith('Hashes') ? true : data[hashed] !== undefined;
}

/** Commitments by name in order, each of a name that the event seals, none missing that it cannot do without. */
function sealedHolds(sealed: unknown, fields: SealedFields, data: Members): boolean {
  const names = Object.keys(fields);
  const musts = Object.entries(fields).flatMap(([name, field]) => (mustSeal(name, field, data) ? [name] : []));
  if (sealed === undefined) return musts.length === 0;
  if (!Array.isArray(sealed) || sealed.length === 0) return false;
  const given = sealed.map((one: unknown) => (isMembers(one) ? one['name'] : undefined));
  const sorted = [...new Set(given)].sort();
  if (given.some((name, index) => name !== sorted[index])) return false;
  if (musts.some((name) => !given.includes(name))) return false;
  return sealed.every(
    (one: unknown) =>
      isMembers(one) &&
      hasExactly(one, 'name', 'commitment', 'bytes') &&
      names.includes(String(one['name'])) &&
      isHash(one['commitment']) &&
      Number.isSafeInteger(one['bytes']) &&
      (one['bytes'] as number) >= 64 &&
      (one['bytes'] as number) % 64 === 0,
  );
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isHash(value: unknown): boolean {
  return typeof value === 'string' && HASH.test(value);
}

function hasExactly(value: Members, ...names: readonly string[]): boolean {
  return Object.keys(value).length === names.length && names.every((name) => Object.hasOwn(value, name));
}
