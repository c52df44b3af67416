import type { Day, Instant } from '#kernel';
import { allianceEvents } from './events-alliance.js';
import { contributionEvents } from './events-contribution.js';
import { deliberationEvents } from './events-deliberation.js';
import type { Context, DataFrom, EventDefinition } from './schema.js';

/** Every event type there is, by name. */
export const events = { ...allianceEvents, ...deliberationEvents, ...contributionEvents };

export type AllianceEventType = keyof typeof allianceEvents;
export type DeliberationEventType = keyof typeof deliberationEvents;
export type ContributionEventType = keyof typeof contributionEvents;
export type EventType = keyof typeof events;

export type DataOf<T extends EventType> = DataFrom<(typeof events)[T]['public']>;

/**
 * An event as a decider makes it and `evolve` reads it. `sealed` holds texts that no rule reads: in a decider the
 * opaque values of the command, in a replayed event only their names. `subject` is filled in when left out.
 */
export type EventOf<T extends EventType> = T extends EventType
  ? {
      readonly type: T;
      readonly data: DataOf<T>;
      readonly subject?: string | undefined;
      readonly sealed?: SealedValues | undefined;
      /** The day that a person states; absent when it is the day of `at` (part 1, 6.2). */
      readonly occurredOn?: Day | undefined;
      /** The instant that made a due event due; its consequences in the same entry carry it too. */
      readonly dueAt?: Instant | undefined;
    }
  : never;
export type DomainEvent = EventOf<EventType>;
export type AllianceEvent = EventOf<AllianceEventType>;
export type DeliberationEvent = EventOf<DeliberationEventType>;
export type ContributionEvent = EventOf<ContributionEventType>;

/** A sealed value on its way through a decider: passed on, never looked into. */
export interface SealedValue {
  readonly __sealed: 'SealedValue';
}
export type SealedValues = Readonly<Record<string, SealedValue | undefined>>;

interface Extras {
  readonly subject?: string;
  readonly sealed?: SealedValues;
  readonly occurredOn?: Day | undefined;
}

/** Makes an event: members without value are left out of `data` (architecture 4.1). */
export function event<T extends EventType>(type: T, data: DataOf<T>, extras: Extras = {}): EventOf<T> {
  return { type, data: withoutUndefined(data), ...withoutUndefined(extras) } as EventOf<T>;
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
}

export function isEventType(type: string): type is EventType {
  return Object.hasOwn(events, type);
}

export function definitionOf(type: EventType): EventDefinition {
  return events[type];
}

export function contextOf(type: EventType): Context {
  if (Object.hasOwn(allianceEvents, type)) return 'alliance';
  return Object.hasOwn(deliberationEvents, type) ? 'deliberation' : 'contribution';
}

/** `<word>/<first id of the event's row>`, `round/<id>` for positions and objections, `alliance/<a>` without id. */
export function subjectOf(event: DomainEvent, alliance: string): string {
  if (event.subject !== undefined) return event.subject;
  const definition = definitionOf(event.type);
  const data = event.data as Readonly<Record<string, unknown>>;
  if (definition.subject === 'alliance') return `alliance/${alliance}`;
  if (definition.subject === 'round') return `round/${String(data['roundId'])}`;
  const field = Object.keys(definition.public).find((name) => definition.public[name]?.is === 'id') ?? '';
  return `${wordOf(field)}/${String(data[field])}`;
}

/** The field's own word in kebab case, without `Id`. */
function wordOf(field: string): string {
  if (field === 'endedMandateId') return 'mandate';
  if (field === 'enablingId') return 'decision';
  return field.replace(/Id$/, '').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
