import type { Language } from '#words';

const NO_BREAK = '\u00a0';

/** The product's own words as French is printed: no line breaks before its high signs, nor inside its quotation marks. */
export function typeset(text: string, language: Language): string {
  if (language === 'en') return text;
  return text.replace(/ (?=[:;!?»])/g, NO_BREAK).replace(/« /g, `«${NO_BREAK}`);
}

export const COLON: Readonly<Record<Language, string>> = { fr: typeset(' : ', 'fr'), en: ': ' };
export const SEMICOLON: Readonly<Record<Language, string>> = { fr: typeset(' ; ', 'fr'), en: '; ' };
