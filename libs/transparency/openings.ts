import { charterHash, textHash } from '#engine';
import type { DomainEvent } from '#contracts';
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

function textsOf(openings: readonly Opening[], event: number): Record<string, Json> {
  const own = openings.filter((opening) => opening.event === event);
  return Object.fromEntries(own.map(({ name, payload }) => [name, JSON.parse(payload) as Json]));
}

/** A charter's or version's hash, computed again from all its texts and their key; of a part nothing can be said. */
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
  return true;
}
