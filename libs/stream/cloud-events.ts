import { contextOf, isEventType } from '#contracts';
import type { EventType } from '#contracts';
import { canonicalJson } from '#kernel';
import type { Hash, Id, Instant, Json } from '#kernel';
import { originOf, UnknownEvent } from '#ledger';
import type { Entry } from '#ledger';

/** The attributes of CloudEvents 1.0.2 without `datacontenttype`, by their names (HTTP page, 3.2). */
export type CloudEventAttributes = Readonly<Record<(typeof CLOUD_EVENT_ATTRIBUTES)[number], string>>;

export const CLOUD_EVENT_ATTRIBUTES = [
  'specversion',
  'id',
  'source',
  'type',
  'subject',
  'time',
  'dataschema',
  'sequence',
  'partitionkey',
  'correlationid',
  'causationid',
  'entryhash',
  'dataclassification',
] as const;

/** One recorded event for others. `data` is the canonical JSON of what is public of it. */
export interface CloudEvent {
  readonly attributes: CloudEventAttributes;
  readonly data: string;
}

export const CLOUD_EVENT_CONTENT_TYPE = 'application/json';
/** Digits of `sequence`: as many as a safe integer has. */
const SEQUENCE_DIGITS = 16;

interface Recorded {
  readonly log: string;
  readonly seq: number;
  readonly at: Instant;
  readonly correlation: string;
  readonly causation: string;
  readonly events: readonly RecordedEvent[];
}

interface RecordedEvent {
  readonly type: string;
  readonly v: number;
  readonly subject: string;
  readonly data: Readonly<Record<string, Json>>;
  readonly occurredOn?: string;
  readonly dueAt?: Instant;
  readonly sealed?: readonly { readonly name: string; readonly commitment: Hash }[];
}

/**
 * The events of an entry as CloudEvents, in order, each as it was recorded and in the version it was recorded in: read
 * from the body, so that ids and data stay the same over relays, replays and programs. Of sealed parts they have names
 * and commitments; their texts are not in the body. `publicUrl` is where the schemas are read. Throws UnknownEvent.
 */
export function cloudEventsOf(entry: Pick<Entry, 'body' | 'hash'>, publicUrl: string): readonly CloudEvent[] {
  const body = JSON.parse(entry.body) as Recorded;
  const alliance = body.log.slice(originOf('' as Id).length);
  return body.events.map((event, index) => {
    const context = contextOf(knownType(event));
    const attributes = {
      specversion: '1.0',
      id: `${alliance}-${body.seq}-${index}`,
      source: body.log,
      type: `org.collegium.${context}.${event.type}.v${event.v}`,
      subject: event.subject,
      time: body.at,
      dataschema: new URL(`/schemas/${context}/${event.type}/v${event.v}.json`, publicUrl).href,
      sequence: String(body.seq).padStart(SEQUENCE_DIGITS, '0'),
      partitionkey: alliance,
      correlationid: body.correlation,
      causationid: body.causation,
      entryhash: entry.hash,
      dataclassification: 'public',
    };
    return { attributes, data: dataOf(event) };
  });
}

function knownType({ type, v }: RecordedEvent): EventType {
  if (!isEventType(type)) throw new UnknownEvent(`${type} v${v}`);
  return type;
}

function dataOf({ data, occurredOn, dueAt, sealed }: RecordedEvent): string {
  const commitments = sealed?.map(({ name, commitment }) => ({ name, commitment }));
  return canonicalJson({ ...data, occurredOn, dueAt, sealed: commitments });
}
