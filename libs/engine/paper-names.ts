import { membersView } from '#alliance';
import type { Id } from '#kernel';
import { objectKey, objects, objectTag } from '#views';
import type { AsOf, ObjectDoc, Projection, Readers } from '#views';

/** Carriers that a page tells of, at most. */
const MAX_CARRIERS = 1_000;

/** A decision, and the entry in which it was adopted. */
export interface DecisionNamed {
  readonly decisionId: Id;
  readonly seq: number | null;
}

/** Who holds money for the alliance, and by which decision. */
export interface CarrierNamed {
  readonly carrierId: Id;
  readonly partnerId: Id | null;
  /** Place of its sealed name. */
  readonly name: string | null;
  readonly decision: DecisionNamed;
}

/** What every page names: places of sealed names, and who carries money. The alliance itself owns and receives nothing. */
export interface PaperNames {
  readonly alliance: string;
  /** In which days and hours are told. */
  readonly timeZone: string;
  /** By partner. */
  readonly names: Readonly<Record<Id, string>>;
  /** In the order in which they were designated. */
  readonly carriers: readonly CarrierNamed[];
  /** By which the alliance became a legal entity, which holds its money since. */
  readonly structuring: DecisionNamed | null;
}

export const NAMING: readonly Projection[] = [...membersView.projections, objects];

export async function namesFor(readers: Readers, asOf: AsOf): Promise<PaperNames> {
  const { partners } = await membersView.answer(readers, {}, asOf);
  const rows = readers(objects);
  const carriers = (await rows.list({ prefix: objectKey('carriers', '') }, MAX_CARRIERS)).map(({ doc }) => doc);
  const inOrder = [...carriers].sort((a, b) => a.createdSeq - b.createdSeq);
  const structured = await rows.list({ tag: objectTag('decisions', 'decisionType', 'structuring') }, MAX_CARRIERS);
  const structuring = structured.map(({ doc }) => doc).sort((a, b) => a.createdSeq - b.createdSeq);
  return {
    alliance: '0/0/name',
    timeZone: asOf.timeZone,
    names: Object.fromEntries(partners.map(({ partnerId, legalName }) => [partnerId, legalName])),
    carriers: await Promise.all(inOrder.map((doc) => carrierNamed(readers, doc))),
    structuring: structuring.map(({ id, createdSeq }) => ({ decisionId: id as Id, seq: createdSeq })).at(-1) ?? null,
  };
}

async function carrierNamed(readers: Readers, { id, data, texts }: ObjectDoc): Promise<CarrierNamed> {
  const decisionId = data['decisionId'] as Id;
  const decision = (await readers(objects).get(objectKey('decisions', decisionId)))?.doc;
  const { name } = texts;
  return {
    carrierId: id as Id,
    partnerId: (data['partnerId'] as Id | undefined) ?? null,
    name: name === undefined ? null : `${String(name.seq)}/${String(name.event)}/name`,
    decision: { decisionId, seq: decision?.createdSeq ?? null },
  };
}
