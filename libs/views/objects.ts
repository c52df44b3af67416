import { COMMAND_NAMES, commandDefinition, definitionOf } from '#contracts';
import type { DomainEvent } from '#contracts';
import type { Instant, Json } from '#kernel';
import type { EventMeta, Projection, Row } from './view.js';

/** Acts that an object keeps: the newest by seq. */
export const MAX_ACTS = 100;

/** One act on the object. `data` stands here when it tells of the act alone, not of the object. */
export interface ObjectAct {
  readonly type: string;
  readonly seq: number;
  readonly index: number;
  readonly at: Instant;
  readonly data?: Readonly<Record<string, Json>>;
}

/** An object of a collection of the HTTP page, 1.1 rule 2. */
export interface ObjectDoc {
  readonly id: string;
  readonly collection: string;
  readonly createdSeq: number;
  /** The last entry with an event on the object, or whose subject it is (`ETag`; HTTP page, 2.2). */
  readonly lastSeq: number;
  /** Public data of its events; of a field that several set, the last in the order of effective day, seq and place. */
  readonly data: Readonly<Record<string, Json>>;
  /** Where the opening of each sealed text of the object is found: the last event that has it. */
  readonly texts: Readonly<Record<string, { readonly seq: number; readonly event: number }>>;
  readonly acts: readonly ObjectAct[];
  /** Place of the first event of the object. */
  readonly first: string;
  /** Place of the event that set a field or text, where that was not the first: so the merge comes out alike in any order. */
  readonly setBy: Readonly<Record<string, string>>;
}

/** Fields by whose equality a collection is filtered (HTTP page, 1.3). */
const FILTERS = [
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
];

/** Their amounts and partners are those of the act: the object's own stay as they were. */
const OF_THE_ACT: ReadonlySet<string> = new Set([
  'CarrierEnded',
  'CommitmentReleased',
  'ContributionAcknowledged',
  'ContributionContested',
  'ContestationLifted',
  'ContributionCorrected',
  'ContributionValued',
  'GuaranteeCalled',
  'GuaranteeReleased',
  'ObjectionContested',
  'PartnerNotified',
  'PartnerRecused',
  'ResponsibilityAccepted',
  'RoundReevaluated',
  'LateObjectionFiled',
  'DelegatedDecisionTaken',
]);

/** Of these the object takes that member alone. */
const ONLY: Partial<Readonly<Record<DomainEvent['type'], string>>> = { DecisionReviewed: 'reviewOn' };
const NOTICES: ReadonlySet<string> = new Set([
  'PledgeLapsed',
  'CommitmentRatificationRefused',
  'GuaranteeRatificationRefused',
  'GuaranteeExpired',
]);

const VERSIONED = ['charterVersion', 'territoryVersion'];

/** The collection that an id field names: that of the command which makes it, or of the events that no command makes alone. */
const COLLECTIONS: ReadonlyMap<string, string> = new Map([
  ...COMMAND_NAMES.flatMap((name): [string, string][] => {
    const { creates } = commandDefinition(name);
    return creates ? [[creates.field, creates.collection]] : [];
  }),
  ['accessId', 'accesses'],
  ['decisionId', 'decisions'],
  ['enablingId', 'decisions'],
  ['endedMandateId', 'mandates'],
  ['objectionId', 'objections'],
  ['obligationId', 'commitments'],
]);

/** The collection whose objects a field names by their id. */
export function collectionOf(field: string): string | undefined {
  return COLLECTIONS.get(field);
}

/** Key of an object's row; `list({ prefix: 'partners/' })` gives a collection. */
export function objectKey(collection: string, id: string): string {
  return `${collection}/${id}`;
}

/** Tag of the objects of a collection that have a value in a field; only the fields of the HTTP page, 1.3. */
export function objectTag(collection: string, field: string, value: string): string {
  return `${collection} ${field}=${value}`;
}

/** One row for each object of each collection. The alliance itself is `alliances/<a>`; an audit is an access. */
export const objects: Projection<ObjectDoc> = {
  name: 'objects',
  version: 3,
  touches: (event, { alliance }) => {
    if (isNotice(event)) return [];
    const own = ownKey(event, alliance);
    return definitionOf(event.type).subject === 'round' && event.subject
      ? [own, `rounds/${event.subject.slice(6)}`]
      : [own];
  },
  evolve: (row, event, meta, key) =>
    key === ownKey(event, meta.alliance) ? withEvent(row, event, meta, key) : row && seenAt(row, meta.seq),
};

/** Notices of the clock that enter no view (part 2, 1.4): what they tell is computed from dates. */
function isNotice({ type, dueAt }: DomainEvent): boolean {
  return type === 'CommitmentDefaulted' || (dueAt !== undefined && NOTICES.has(type));
}

function ownKey(event: DomainEvent, alliance: string): string {
  const data = event.data as Readonly<Record<string, unknown>>;
  const isField = (name: string): boolean =>
    definitionOf(event.type).subject === 'alliance'
      ? VERSIONED.includes(name)
      : COLLECTIONS.has(name) && data[name] !== undefined;
  const field = Object.keys(definitionOf(event.type).public).find(isField);
  return field === undefined
    ? `alliances/${alliance}`
    : objectKey(COLLECTIONS.get(field) ?? field, String(data[field]));
}

function seenAt(row: Row<ObjectDoc>, seq: number): Row<ObjectDoc> {
  return { ...row, doc: { ...row.doc, lastSeq: Math.max(row.doc.lastSeq, seq) } };
}

function withEvent(row: Row<ObjectDoc> | undefined, event: DomainEvent, meta: EventMeta, key: string): Row<ObjectDoc> {
  const doc = row?.doc ?? emptyObject(key, meta.seq);
  const isOwn = !OF_THE_ACT.has(event.type);
  const own = isOwn ? merge(doc, event, meta) : doc;
  const { type } = event;
  const data = event.data as unknown as Readonly<Record<string, Json>>;
  const { seq, index, at } = meta;
  const act: ObjectAct = { type, seq, index, at, ...(isOwn && ONLY[type] === undefined ? {} : { data }) };
  const acts = withAct(doc.acts, act);
  const next: ObjectDoc = {
    ...own,
    createdSeq: Math.min(doc.createdSeq, seq),
    lastSeq: Math.max(doc.lastSeq, seq),
    acts,
  };
  return { doc: next, tags: isOwn || !row ? tagsOf(next) : row.tags };
}

/** Nearly always the newest: then nothing has to be sorted. */
function withAct(acts: readonly ObjectAct[], act: ObjectAct): readonly ObjectAct[] {
  const last = acts.at(-1);
  const next = [...acts, act];
  if (last && comparePlaces(last, act) > 0) next.sort(comparePlaces);
  return next.length > MAX_ACTS ? next.slice(-MAX_ACTS) : next;
}

function comparePlaces(a: ObjectAct, b: ObjectAct): number {
  return a.seq - b.seq || a.index - b.index;
}

function emptyObject(key: string, seq: number): ObjectDoc {
  const slash = key.indexOf('/');
  const [collection, id] = [key.slice(0, slash), key.slice(slash + 1)];
  return { id, collection, createdSeq: seq, lastSeq: seq, data: {}, texts: {}, acts: [], first: '', setBy: {} };
}

/** Written without lists in between: of all that a view does this is done most often. */
function merge(doc: ObjectDoc, event: DomainEvent, meta: EventMeta): ObjectDoc {
  const place = `${meta.effectiveDay} ${String(meta.seq).padStart(15, '0')} ${String(meta.index).padStart(3, '0')}`;
  const isFirst = doc.first === '' || place < doc.first;
  const setBy = isFirst ? settersOf(doc) : { ...doc.setBy };
  const takes = (name: string): boolean => {
    if ((setBy[name] ?? '') > place) return false;
    if (!isFirst) setBy[name] = place;
    return true;
  };
  const data = { ...doc.data };
  const given = event.data as unknown as Readonly<Record<string, Json>>;
  for (const name of Object.keys(given)) {
    if ((ONLY[event.type] ?? name) === name && takes(name)) data[name] = given[name] as Json;
  }
  const texts = { ...doc.texts };
  for (const name of Object.keys(event.sealed ?? {})) {
    const isThere = event.sealed?.[name] !== undefined;
    if (isThere && takes(`sealed ${name}`)) texts[name] = { seq: meta.seq, event: meta.index };
  }
  return { ...doc, data, texts, first: isFirst ? place : doc.first, setBy };
}

/** With those that the first event set named too, for when an earlier one is found. */
function settersOf({ data, texts, first, setBy }: ObjectDoc): Record<string, string> {
  const names = [...Object.keys(data), ...Object.keys(texts).map((name) => `sealed ${name}`)];
  return Object.fromEntries(names.map((name) => [name, setBy[name] ?? first]));
}

function tagsOf({ collection, data }: ObjectDoc): string[] {
  return FILTERS.flatMap((field) => {
    const value = data[field];
    return typeof value === 'string' ? [objectTag(collection, field, value)] : [];
  });
}
