import english from './catalogue/en.json' with { type: 'json' };
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

export function catalogueCodes(language: Language): readonly string[] {
  return Object.keys(CATALOGUE[language]);
}
