import { events } from '#contracts';
import type { Entry } from '#ledger';
import { playExample } from '../testing/forge.js';
import { Walk } from './walk.js';

/** Letters of a word that is looked for: shorter ones are found in any hash. */
const LEAST_LETTERS = 6;

/** Words that a body says of itself: names of events, fields and values. */
const CATALOGUE = JSON.stringify(events);

/** Texts inside a payload, whole and word by word. */
function wordsIn(payload: string): string[] {
  const texts = [...payload.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((found) => found[1] ?? '');
  const words = texts.flatMap((text) => text.split(/[^\p{L}]+/u)).filter((word) => !CATALOGUE.includes(word));
  return [...texts, ...words].filter(({ length }) => length >= LEAST_LETTERS);
}

/** Sealed words and salts that stand in a body, in plain or in base64. */
function leaks(entries: readonly Entry[]): readonly string[] {
  const openings = entries.flatMap((entry) => entry.openings);
  const secrets = new Set(openings.flatMap(({ payload, salt }) => [...wordsIn(payload), salt]));
  expect(secrets.size).toBeGreaterThan(openings.length);
  const bodies = entries.map(({ body }) => body).join('\n');
  return [...secrets].filter(
    (secret) => bodies.includes(secret) || bodies.includes(Buffer.from(secret).toString('base64').slice(0, 12)),
  );
}

describe('no sealed word, key or salt stands in a body', () => {
  it('of the example of a first consent', async () => {
    expect(leaks(await playExample('first-consent.ndjson'))).toEqual([]);
  });

  it('of a walk', async () => {
    for (const seed of [1, 2, 3]) expect(leaks((await new Walk(seed).run(200)).entries)).toEqual([]);
  });
});
