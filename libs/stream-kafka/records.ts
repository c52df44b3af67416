import { isId } from '#kernel';
import type { Id } from '#kernel';
import { MAX_ENTRY_BYTES, readEntry, UnknownEvent } from '#ledger';
import type { Entry } from '#ledger';
import { CLOUD_EVENT_CONTENT_TYPE, cloudEventsOf } from '#stream';
import type { CloudEvent } from '#stream';
import { formFault } from '#transparency';
import type { TopicNames } from './topic-names.js';

/** A record on its way to a topic. */
export interface OutgoingRecord {
  readonly topic: string;
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The record of an entry for our own consumers: its body, as it was hashed. */
export function ledgerRecord(entry: Entry, { ledger }: TopicNames): OutgoingRecord {
  return { topic: ledger, key: entry.alliance, value: entry.body, headers: {} };
}

/** The records of an entry for integrators, one for each event (CloudEvents, Kafka protocol binding, binary mode). */
export function eventRecords(entry: Entry, { events }: TopicNames, publicUrl: string): readonly OutgoingRecord[] {
  return cloudEventsOf(entry, publicUrl).map((one) => eventRecord(one, events));
}

function eventRecord({ attributes, data }: CloudEvent, topic: string): OutgoingRecord {
  const headers: Record<string, string> = { 'content-type': CLOUD_EVENT_CONTENT_TYPE };
  for (const [name, value] of Object.entries(attributes)) headers[`ce_${name}`] = value;
  return { topic, key: attributes.partitionkey, value: data, headers };
}

/** What a record weighs: its bytes, and what a broker adds at most. */
export function weightOf({ key, value, headers }: OutgoingRecord): number {
  const texts = Object.entries(headers).flat();
  const bytes = [key, value, ...texts].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return bytes + RECORD_OVERHEAD_BYTES + texts.length * TEXT_OVERHEAD_BYTES;
}

const RECORD_OVERHEAD_BYTES = 32;
const TEXT_OVERHEAD_BYTES = 5;

export type ParkedCause = 'NO_VALUE' | 'TOO_LARGE' | 'NOT_JSON' | 'WRONG_SCHEMA' | 'UNKNOWN_TYPE';

/** A record that is no entry of ours. */
export interface UnreadableRecord {
  readonly cause: ParkedCause;
  readonly detail: string;
}

/** A record of the ledger topic as the entry that it holds, or why it is none. */
export function readRecord(key: string | undefined, value: Buffer | null): Entry | UnreadableRecord {
  if (value === null) return { cause: 'NO_VALUE', detail: 'a tombstone' };
  if (value.length > MAX_ENTRY_BYTES) return { cause: 'TOO_LARGE', detail: `${value.length} bytes` };
  const body = value.toString();
  if (!isJson(body)) return { cause: 'NOT_JSON', detail: `${value.length} bytes` };
  const entry = entryOf(body);
  if (entry instanceof UnknownEvent) return { cause: 'UNKNOWN_TYPE', detail: entry.message };
  const fault = formFault(value);
  if (!entry || 'word' in fault) return { cause: 'WRONG_SCHEMA', detail: 'word' in fault ? fault.detail : '' };
  return entry.alliance === key ? entry : { cause: 'WRONG_SCHEMA', detail: 'the key is not the alliance' };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function entryOf(body: string): Entry | UnknownEvent | undefined {
  try {
    return readEntry(body);
  } catch (error) {
    return error instanceof UnknownEvent ? error : undefined;
  }
}

/** The alliance that a record says it is about. */
export function allianceOfKey(key: Buffer | null): Id | undefined {
  const text = key?.toString();
  return isId(text) ? text : undefined;
}
