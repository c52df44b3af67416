import { RESOURCE_KIND_TABLE } from '#contracts';
import words from './words.json' with { type: 'json' };

/** A text for people in both languages of the product. */
export interface Texts {
  readonly fr: string;
  readonly en: string;
}
export type Language = keyof Texts;

/** Lists of the domain whose values people read. */
export type WordList = keyof typeof words | 'kind';

const LABELS: Readonly<Record<string, Readonly<Record<string, Texts>>>> = {
  ...words,
  kind: Object.fromEntries(RESOURCE_KIND_TABLE.map(({ kind, label }) => [kind, label])),
};

/** The words for a value of a list; the value itself where there are none, as for a currency. */
export function labelOf(list: WordList, value: string, language: Language): string {
  return LABELS[list]?.[value]?.[language] ?? value;
}
