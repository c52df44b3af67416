import { id } from '#contracts';
import type { Id } from '#kernel';
import { defineView, objectKey, objects, textPlace } from '#views';
import type { Readers } from '#views';
import { handoverDossierView } from './handover-dossier.view.js';
import type { HandoverDossier } from './handover-dossier.view.js';
import { namesFor, NAMING } from './paper-names.js';
import type { PaperNames } from './paper-names.js';

export interface HandoverAnswer extends PaperNames {
  readonly dossier: HandoverDossier;
  /** Places of the sealed names of persons, by mandate. */
  readonly persons: Readonly<Record<Id, string | null>>;
  /** Places of the sealed statements, by objective. */
  readonly statements: Readonly<Record<string, string | null>>;
}

/** A handover dossier with the places of all names and texts that its page tells (part 2, 6); null for an unknown partner. */
export const handoverPaperView = defineView({
  name: 'handover-paper',
  projections: [...new Set([...handoverDossierView.projections, ...NAMING])],
  params: { partnerId: id() },
  async answer(readers, { partnerId }, asOf): Promise<HandoverAnswer | null> {
    const { dossier } = await handoverDossierView.answer(readers, { partnerId }, asOf);
    if (!dossier) return null;
    const mandates = dossier.mandates.map(({ mandateId }) => mandateId);
    const objectives = dossier.objectives.map(({ objectiveId }) => objectiveId);
    return {
      ...{ dossier, ...(await namesFor(readers, asOf)) },
      persons: await placesOf(readers, 'mandates', mandates, 'name'),
      statements: await placesOf(readers, 'objectives', objectives, 'statement'),
    };
  },
});

/** Where a sealed text of each object stands, by the object. */
async function placesOf(readers: Readers, collection: string, ids: readonly string[], name: string) {
  const places: Record<string, string | null> = {};
  for (const one of ids) {
    const text = (await readers(objects).get(objectKey(collection, one)))?.doc.texts[name];
    places[one] = text ? textPlace({ seq: text.seq, index: text.event }, name) : null;
  }
  return places;
}
