import english from './catalogue/en.json' with { type: 'json' };
import faults from './catalogue/faults.json' with { type: 'json' };
import french from './catalogue/fr.json' with { type: 'json' };
import type { ProblemCode } from './statuses.js';

export type Language = 'fr' | 'en';

interface Words {
  readonly title: string;
  readonly detail: string;
}

const CATALOGUE: Readonly<Record<Language, Readonly<Record<string, Words>>>> = { fr: french, en: english };

/** What a code means, in plain words of the caller's language. A test holds that every code has both. */
export function titleAndDetail(code: ProblemCode, language: Language): Words {
  return CATALOGUE[language][code] ?? { title: code, detail: '' };
}

const FAULTS: Readonly<Record<string, Readonly<Record<Language, string>>>> = faults;

/** What is wrong with one member, as a sentence goes on after its name; nothing for a code that says it all. */
export function faultDetail(code: string, language: Language): string | undefined {
  return FAULTS[code]?.[language];
}

export function catalogueCodes(language: Language): readonly string[] {
  return Object.keys(CATALOGUE[language]);
}
