import { RESOURCE_KIND_TABLE } from '#contracts';
import type { Language, Texts } from '../subcommand.js';

/** Words of the domain as people read them (part 1, sections 3 and 4; part 2, sections 1 and 2). */
const LABELS: Readonly<Record<string, Readonly<Record<string, Texts>>>> = {
  method: {
    consent: { fr: 'consentement', en: 'consent' },
    unanimity: { fr: 'unanimité', en: 'unanimity' },
    'simple-majority': { fr: 'majorité simple', en: 'simple majority' },
    'super-majority': { fr: 'majorité qualifiée', en: 'super-majority' },
    'absolute-majority': { fr: 'majorité absolue', en: 'absolute majority' },
  },
  status: {
    pending: { fr: 'en attente', en: 'pending' },
    'in-force': { fr: 'en vigueur', en: 'in force' },
    expired: { fr: 'expirée', en: 'expired' },
    superseded: { fr: 'remplacée', en: 'superseded' },
  },
  decisionType: {
    ordinary: { fr: 'courante', en: 'ordinary' },
    orientation: { fr: 'orientation', en: 'orientation' },
    facilitator: { fr: 'animation', en: 'facilitator' },
    'resource-call': { fr: 'appel à contribution', en: 'resource call' },
    carrier: { fr: 'portage', en: 'carrier' },
    admission: { fr: 'admission', en: 'admission' },
    exclusion: { fr: 'exclusion', en: 'exclusion' },
    'charter-change': { fr: 'changement de charte', en: 'charter change' },
    structuring: { fr: 'structuration', en: 'structuring' },
    dissolution: { fr: 'dissolution', en: 'dissolution' },
  },
  unit: {
    piece: { fr: 'pièces', en: 'pieces' },
    hour: { fr: 'heures', en: 'hours' },
    day: { fr: 'jours', en: 'days' },
    act: { fr: 'actes', en: 'acts' },
  },
  column: {
    committed: { fr: 'engagé', en: 'promised' },
    fulfilled: { fr: 'réalisé', en: 'kept' },
    open: { fr: 'dû', en: 'open' },
    given: { fr: 'attesté', en: 'given' },
    awaiting: { fr: 'attente', en: 'awaited' },
    contested: { fr: 'contesté', en: 'disputed' },
    inDefault: { fr: 'défaut', en: 'default' },
  },
  kind: Object.fromEntries(RESOURCE_KIND_TABLE.map(({ kind, label }) => [kind, label])),
};

/** The word for a value in a language; the value itself where the pages give no word. */
export function labelOf(list: string, value: string, language: Language): string {
  return LABELS[list]?.[value]?.[language] ?? value;
}
