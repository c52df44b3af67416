import { definitionOf, isEventType, subjectOf, upcast } from '#contracts';
import type { DomainEvent } from '#contracts';
import { base32, canonicalJson, hashedId, sha256 } from '#kernel';
import type { Actor, Hash, Id, Instant, Json } from '#kernel';
import { createHash } from 'node:crypto';
import type { Entropy } from './entropy.js';
import { sealEvent } from './sealing.js';
import type { Opening } from './sealing.js';

/** Bytes of body and events of one entry, at most (architecture 4). */
export const MAX_ENTRY_BYTES = 60_000;
export const MAX_ENTRY_EVENTS = 100;

/** What stands at the end of a ledger. `seq` is -1 and `hash` absent before the first entry. */
export interface Head {
  readonly alliance: Id | undefined;
  readonly seq: number;
  readonly hash: Hash | undefined;
  readonly at: Instant;
}

export const EMPTY_HEAD: Head = { alliance: undefined, seq: -1, hash: undefined, at: '' };

/** An entry before it has its place: who did what. `id` of the command is derived (HTTP page, 2.2). */
export interface Draft {
  readonly at: Instant;
  readonly actor: Actor;
  readonly command: { readonly id: Id; readonly name: string };
  readonly correlation?: string | undefined;
  readonly causation?: string | undefined;
  readonly events: readonly DomainEvent[];
}

/** An entry in its place. `body` is the string that was hashed; nothing re-serialises it before verification. */
export interface Entry {
  readonly alliance: Id;
  readonly seq: number;
  readonly id: Id;
  readonly commandId: Id;
  readonly command: string;
  readonly at: Instant;
  readonly actor: Actor;
  readonly hash: Hash;
  readonly prev: Hash | undefined;
  readonly correlation: string;
  readonly causation: string;
  readonly body: string;
  readonly events: readonly DomainEvent[];
  readonly openings: readonly Opening[];
}

/** `collegium/<id>`, where the id is of the canonical data of AllianceFormed, its nonce included (architecture 7). */
export function allianceIdOf(formed: Json): Id {
  return base32(createHash('sha256').update(canonicalJson(formed)).digest()).slice(0, 26) as Id;
}

export function originOf(alliance: Id): string {
  return `collegium/${alliance}`;
}

/** The id of the command of a due entry (architecture 4.1). */
export function tickId(alliance: Id, seq: number): Id {
  return hashedId('collegium-id/v1', alliance, 'Tick', seq);
}

/** Puts a draft behind a head: seals its texts, writes its body, hashes it. The first entry forms the alliance. */
export function makeEntry(head: Head, draft: Draft, entropy: Entropy): Entry {
  const first = draft.events[0];
  if (!first) throw new RangeError('an entry holds at least one event');
  const alliance = head.alliance ?? allianceIdOf(first.data as unknown as Json);
  const seq = head.seq + 1;
  const openings: Opening[] = [];
  const events = draft.events.map((event, index) => {
    const sealed = sealEvent({ origin: originOf(alliance), seq, event: index }, event.sealed, entropy);
    openings.push(...sealed.openings);
    return eventJson(event, alliance, sealed.commitments);
  });
  const id = entropy.id();
  const correlation = draft.correlation ?? id;
  const causation = draft.causation ?? id;
  const body = canonicalJson({
    v: 1,
    log: originOf(alliance),
    seq,
    prev: head.hash,
    id,
    at: draft.at,
    actor: actorJson(draft.actor),
    // Named one by one: a command in memory carries its arguments, which have no place in a body.
    command: { id: draft.command.id, name: draft.command.name },
    correlation,
    causation,
    events,
  });
  return {
    alliance,
    seq,
    id,
    commandId: draft.command.id,
    command: draft.command.name,
    at: draft.at,
    actor: draft.actor,
    hash: sha256(body),
    prev: head.hash,
    correlation,
    causation,
    body,
    events: draft.events.map((event) => ({ ...event, subject: subjectOf(event, alliance) })),
    openings,
  };
}

function actorJson(actor: Actor): Json {
  if ('partner' in actor)
    return { kind: actor.kind, partner: actor.partner, mandate: actor.mandate, person: actor.person };
  return 'person' in actor ? { kind: actor.kind, person: actor.person } : { kind: actor.kind };
}

export function headOf(entry: Entry): Head {
  return { alliance: entry.alliance, seq: entry.seq, hash: entry.hash, at: entry.at };
}

function eventJson(event: DomainEvent, alliance: Id, commitments: readonly Json[]): Json {
  return {
    type: event.type,
    v: definitionOf(event.type).v,
    subject: subjectOf(event, alliance),
    data: event.data as unknown as Json,
    occurredOn: event.occurredOn,
    dueAt: event.dueAt,
    sealed: commitments.length > 0 ? commitments : undefined,
  };
}

/** An event type or version that this program does not know: the entry is not skipped, its ledger stops there. */
export class UnknownEvent extends Error {}

interface Body {
  readonly log: string;
  readonly seq: number;
  readonly prev?: Hash;
  readonly id: Id;
  readonly at: Instant;
  readonly actor: Actor;
  readonly command: { readonly id: Id; readonly name: string };
  readonly correlation: string;
  readonly causation: string;
  readonly events: readonly RecordedEvent[];
}
interface RecordedEvent {
  readonly type: string;
  readonly v: number;
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly occurredOn?: string;
  readonly dueAt?: Instant;
  readonly sealed?: readonly { readonly name: string; readonly commitment: Hash; readonly bytes: number }[];
}

/**
 * Reads a stored body. Events are upcast to their current version on a copy, after the hash was taken over the body.
 * Trusts the form, which `verify` checks; throws UnknownEvent for a type or version from the future.
 */
export function readEntry(body: string): Entry {
  const parsed = JSON.parse(body) as Body;
  return {
    alliance: parsed.log.slice('collegium/'.length) as Id,
    seq: parsed.seq,
    id: parsed.id,
    commandId: parsed.command.id,
    command: parsed.command.name,
    at: parsed.at,
    actor: parsed.actor,
    hash: sha256(body),
    prev: parsed.prev,
    correlation: parsed.correlation,
    causation: parsed.causation,
    body,
    events: parsed.events.map(readEvent),
    openings: [],
  };
}

function readEvent(recorded: RecordedEvent): DomainEvent {
  const { type, v, data } = upcast(recorded.type, recorded.v, recorded.data);
  if (!isEventType(type) || definitionOf(type).v !== v) {
    throw new UnknownEvent(`${recorded.type} v${String(recorded.v)}`);
  }
  const sealed =
    recorded.sealed && Object.fromEntries(recorded.sealed.map(({ name }) => [name, { __sealed: 'SealedValue' }]));
  return { ...recorded, type, data, sealed } as unknown as DomainEvent;
}
