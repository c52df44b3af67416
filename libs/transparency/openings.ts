import { charterHash, textHash } from '#engine';
import { definitionOf, normalText, sealedFault } from '#contracts';
import type { DomainEvent } from '#contracts';
import { canonicalJson } from '#kernel';
import type { Json } from '#kernel';
import { commitmentOf, originOf } from '#ledger';
import type { Entry, Opening } from '#ledger';
import type { RuleFault } from './replay.js';
import type { OpeningsChecked } from './verdict.js';

/** A sealed value as the body holds it. */
export interface Commitment {
  readonly event: number;
  readonly name: string;
  readonly commitment: string;
  readonly bytes: number;
}

/** Every opening given must fit its commitment; charters and texts must have the hash that the event says. */
export function openingsFault(
  entry: Entry,
  commitments: readonly Commitment[],
  openings: readonly Opening[],
): OpeningsChecked | RuleFault {
  for (const opening of openings) {
    const held = commitments.find(({ event, name }) => event === opening.event && name === opening.name);
    const place = { origin: originOf(entry.alliance), seq: entry.seq, event: opening.event };
    if (held?.commitment !== commitmentOf(place, opening.name, opening.salt, opening.payload)) {
      return { word: 'commitment-differs', detail: `${opening.name} of event ${String(opening.event)}` };
    }
    const malformed = payloadFault(entry, held, opening);
    if (malformed !== undefined) {
      return { word: 'commitment-differs', detail: `${opening.name} of event ${String(opening.event)}: ${malformed}` };
    }
  }
  const isOpened = ({ event, name }: Commitment): boolean =>
    openings.some((opening) => opening.event === event && opening.name === name);
  const missing = commitments.filter((commitment) => !isOpened(commitment));
  const wrong = entry.events.find((event, index) => {
    const isWhole = missing.every((commitment) => commitment.event !== index);
    return isWhole && !hashHolds(event, textsOf(openings, index));
  });
  if (wrong) return { word: 'commitment-differs', detail: `the hash in ${wrong.type} is not that of its text` };
  return { checked: commitments.length - missing.length, missing: missing.length };
}

/** What a command could not have sealed: a payload that is not canonical, of another length, or no such text. */
function payloadFault(entry: Entry, { bytes }: Commitment, { event, name, payload }: Opening): string | undefined {
  const value = JSON.parse(payload) as Json;
  if (!isCanonical(value, payload)) return 'not RFC 8785';
  if (bytes !== Math.ceil(Buffer.byteLength(payload) / 64) * 64) return 'of another length';
  const type = entry.events[event]?.type;
  const field = type && definitionOf(type).sealed[name];
  return field && canonicalJson(normalText(value) as Json) === payload
    ? sealedFault(field, value)?.fault
    : 'no such text';
}

function isCanonical(value: Json, payload: string): boolean {
  try {
    return canonicalJson(value) === payload;
  } catch {
    return false;
  }
}

function textsOf(openings: readonly Opening[], event: number): Record<string, Json> {
  const own = openings.filter((opening) => opening.event === event);
  return Object.fromEntries(own.map(({ name, payload }) => [name, JSON.parse(payload) as Json]));
}

/** The hash of a charter, a version or a delegated decision, computed again from all its texts and their key; of a part nothing can be said. */
function hashHolds(event: DomainEvent, texts: Record<string, Json>): boolean {
  if (event.type === 'CharterDrafted') {
    const { charterKey, ...rest } = texts;
    if (typeof charterKey !== 'string') return true;
    const charter = event.data.charter as unknown as Json;
    return event.data.charterHash === charterHash(charterKey, { charter, texts: rest });
  }
  if (event.type === 'ProposalVersioned') {
    const { textKey, text } = texts;
    if (typeof textKey !== 'string' || text === undefined) return true;
    const requests = event.data.requests.map(({ requestId: _made, ...request }) => request) as unknown as Json;
    return event.data.textHash === textHash(textKey, { text, requests, conditions: event.data.conditions });
  }
  if (event.type === 'DelegatedDecisionTaken') {
    const { textKey, text } = texts;
    if (typeof textKey !== 'string' || text === undefined) return true;
    return event.data.textHash === textHash(textKey, { text, requests: event.data.amounts, conditions: [] });
  }
  return true;
}
