import {
  code,
  COMMAND_NAMES,
  commandDefinition,
  DECISION_TYPES,
  id as idField,
  oneOf,
  optional,
  PARTNER_KINDS,
  RAISED_KINDS,
  RESOURCE_KINDS,
} from '#contracts';
import type { Field } from '#contracts';
import { defineView, objectKey, objects, objectTag } from '#views';
import type { KeyedRow, ObjectDoc } from '#views';

/** Objects that no command makes by itself: decisions and objections come of rounds and positions. */
const BORN_OTHERWISE = ['decisions', 'objections'];

/** The collections of rule 2 (HTTP page, 1.1) that this program fills. */
export const COLLECTIONS: readonly string[] = [
  ...new Set([
    ...COMMAND_NAMES.flatMap((name) => commandDefinition(name).creates?.collection ?? []),
    ...BORN_OTHERWISE,
  ]),
].sort();

/** Fields by whose equality a collection is filtered (HTTP page, 1.3). */
export const FILTERS = [
  'partnerId',
  'proposalId',
  'roundId',
  'decisionId',
  'requestId',
  'kind',
  'unit',
  'decisionType',
  'subjectKey',
  'stakeId',
] as const;

/** Rows looked at for one page, at most, when several filters are given. */
const MAX_LOOKED_AT = 2_000;

export interface Shown extends Omit<ObjectDoc, 'first' | 'setBy'> {
  readonly key: string;
}

export interface ObjectPage {
  readonly items: readonly Omit<Shown, 'key'>[];
  /** Key behind which the next page begins. */
  readonly next?: string;
}

const text = (): Field<string> => code(/^[\x21-\x7e]+$/, 200);
/** What a filter can be equal to: an unknown word is refused, since it would show nothing as if there were nothing. */
export const FILTER_FIELDS: Readonly<Record<(typeof FILTERS)[number], Field<string | undefined>>> = {
  ...{ partnerId: optional(idField()), proposalId: optional(idField()), roundId: optional(idField()) },
  ...{ decisionId: optional(idField()), requestId: optional(idField()), stakeId: optional(idField()) },
  ...{ subjectKey: optional(idField()), unit: optional(code()), decisionType: optional(oneOf(...DECISION_TYPES)) },
  kind: optional(oneOf(...new Set([...PARTNER_KINDS, ...RESOURCE_KINDS, ...RAISED_KINDS]))),
};

export const objectView = defineView({
  name: 'object',
  projections: [objects],
  params: { collection: text(), id: text() },
  answer: async (readers, { collection, id }) => {
    const row = await readers(objects).get(objectKey(storedIn(collection), id));
    return row && isIn(collection, row.doc) ? shown(collection, row.doc) : undefined;
  },
});

export const objectListView = defineView({
  name: 'objects',
  projections: [objects],
  params: { collection: text(), limit: text(), after: optional(text()), ...FILTER_FIELDS },
  answer: async (readers, { collection, limit, after, ...wanted }): Promise<ObjectPage> => {
    const given = Object.entries(wanted) as [string, string][];
    const [first] = given;
    const stored = storedIn(collection);
    const query = first ? { tag: objectTag(stored, ...first) } : { prefix: `${stored}/` };
    const rows = await readers(objects).list(query, MAX_LOOKED_AT, after);
    const fits = ({ doc }: KeyedRow<ObjectDoc>) =>
      isIn(collection, doc) && given.every(([field, value]) => doc.data[field] === value);
    return pageOf(collection, rows, fits, Number(limit));
  },
});

function pageOf(
  collection: string,
  rows: readonly KeyedRow<ObjectDoc>[],
  fits: (row: KeyedRow<ObjectDoc>) => boolean,
  limit: number,
): ObjectPage {
  const found = rows.filter(fits);
  const page = found.slice(0, limit);
  const isCut = found.length > limit;
  const last = isCut ? page.at(-1) : rows.length === MAX_LOOKED_AT ? rows.at(-1) : undefined;
  return { items: page.map(({ doc }) => shown(collection, doc)), ...(last ? { next: last.key } : {}) };
}

/** An audit is an access too, and stands among them. */
function storedIn(collection: string): string {
  return collection === 'audits' ? 'accesses' : collection;
}

function isIn(collection: string, doc: ObjectDoc): boolean {
  return collection !== 'audits' || doc.acts.some(({ type }) => type === 'AuditOpened');
}

function shown(collection: string, doc: ObjectDoc): Omit<Shown, 'key'> {
  const { first: _first, setBy: _setBy, ...rest } = doc;
  return { ...rest, collection };
}
