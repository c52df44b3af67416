import type { Json } from '#kernel';
import type { Opening } from '#ledger';
import { textPlace } from '#views';

/** Where a view says that a sealed text stands: `<seq>/<place of the event>/<name>`. */
const PLACE = /^(\d{1,15})\/(\d{1,3})\/[A-Za-z]+$/;

/** An answer with the sealed texts in the places of their openings; a text that is not given keeps its place. */
export async function withTexts(
  answer: Json,
  openingsOf: (seq: number) => Promise<readonly Opening[]> | readonly Opening[],
): Promise<Json> {
  const texts = new Map<string, Json>();
  for (const seq of new Set(placesIn(answer).map(seqOf))) {
    for (const { event, name, payload } of await openingsOf(seq)) {
      texts.set(textPlace({ seq, index: event }, name), JSON.parse(payload) as Json);
    }
  }
  return replaced(answer, texts);
}

/** Whether texts come from a whole ledger: one that is missing there was erased. A copy may simply lack it. */
export interface TextsGiven {
  readonly isWhole?: boolean;
}

/**
 * The answer with its texts, and whether a missing one was erased: in a store that holds any of them it was; a copy may
 * have come without openings.
 */
export async function withTextsOf<T>(
  answer: T,
  openingsOf: (seq: number) => Promise<readonly Opening[]> | readonly Opening[],
): Promise<{ readonly data: T; readonly isWhole: boolean }> {
  const data = await withTexts(answer as Json, openingsOf);
  return { data: data as T, isWhole: placesIn(data).length < placesIn(answer as Json).length };
}

function placesIn(value: Json): string[] {
  if (typeof value === 'string') return PLACE.test(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value as Readonly<Record<string, Json>>).flatMap(placesIn);
}

function seqOf(place: string): number {
  return Number(place.slice(0, place.indexOf('/')));
}

function replaced(value: Json, texts: ReadonlyMap<string, Json>): Json {
  if (typeof value === 'string') return texts.get(value) ?? value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Json) => replaced(item, texts));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, replaced(member as Json, texts)]));
}

/** A text; nothing where its place alone is known: it was erased, or is not given. */
export function openedText(text: string | null): string | undefined {
  return text === null || PLACE.test(text) ? undefined : text;
}

/** An answer in which texts that were not opened are null, for files that are read without the ledger. */
export function withoutPlaces(value: Json): Json {
  if (typeof value === 'string') return openedText(value) ?? null;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutPlaces);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutPlaces(member as Json)]));
}
