import type { ToldEvent } from '#engine';
import type { Id } from '#kernel';
import { heading, table } from './document.js';
import type { Block, Cell } from './document.js';
import type { MinutesTelling } from './minutes-telling.js';

/** Every event that the minutes know of, in the order of the ledger, and the hash of each entry. */
export function chronology(t: MinutesTelling): readonly Block[] {
  const head = t.heads(
    { fr: 'seq', en: 'seq' },
    { fr: 'Le', en: 'At' },
    { fr: 'Par', en: 'By' },
    { fr: 'Ce qui s’est passé', en: 'What happened' },
  );
  const rows = t.facts.events.map((event): Cell[] => [
    String(event.seq),
    t.when(event),
    t.actor(event),
    what(t, event),
  ]);
  const hashes = new Map(t.facts.events.map(({ seq, hash }) => [seq, hash]));
  const entries = t.heads({ fr: 'seq', en: 'seq' }, { fr: 'Empreinte de l’inscription', en: 'Hash of the entry' });
  return [
    heading(2, t.say({ fr: 'Chronologie', en: 'Chronology' })),
    ...small(table(head, rows)),
    heading(2, t.say({ fr: 'Empreintes des inscriptions', en: 'Hashes of the entries' })),
    ...small(
      table(
        entries,
        [...hashes].map(([seq, hash]) => [String(seq), hash]),
      ),
    ),
  ];
}

function small(blocks: readonly Block[]): readonly Block[] {
  return blocks.map((block) => (block.sort === 'table' ? { ...block, small: true } : block));
}

/** What an event says in its own public fields, and about whom. */
function what(t: MinutesTelling, event: ToldEvent): string {
  const partner = t.story.partnerOf(event);
  const isBySelf = event.actor.kind === 'representative' && event.actor.partner === partner;
  const details = Object.entries(event.data).flatMap(([name, value]) => {
    const told = value === undefined ? undefined : DETAILS[name]?.(t, value as never);
    return told === undefined ? [] : [told];
  });
  const whose = partner === undefined || isBySelf ? [] : [t.partner(partner)];
  const said = [...whose, ...details].join(', ');
  return `${t.label('event', event.type)}${said === '' ? '' : `${t.say({ fr: ' : ', en: ': ' })}${said}`}`;
}

type Detail = (t: MinutesTelling, value: never) => string | undefined;
const label =
  (list: Parameters<MinutesTelling['label']>[0]): Detail =>
  (t, value) =>
    t.label(list, value);
const moment: Detail = (t, value) => t.moment(value);
const day: Detail = (t, value) => t.day(value);

/** The fields that say most, by name; ids and hashes stand elsewhere. */
const DETAILS: Readonly<Record<string, Detail>> = {
  decisionType: label('decisionType'),
  value: label('position'),
  version: (_, value) => `version ${String(value)}`,
  baseVersion: (_, value) => `version ${String(value)}`,
  roundNumber: (t, value) => `${t.say({ fr: 'tour', en: 'round' })} ${String(value)}`,
  holderId: (t, value) => `→ ${t.partner(value)}`,
  method: label('method'),
  cause: label('cause'),
  channel: (t, value: string) => t.label(value in { direct: 1, proxy: 1 } ? 'channel' : 'notification', value),
  status: label('notification'),
  means: label('means'),
  form: label('form'),
  says: label('says'),
  side: label('side'),
  because: label('because'),
  followUp: label('followUp'),
  closing: label('closing'),
  reviewOutcome: label('reviewOutcome'),
  outcome: (t, value: string | { readonly result: string }) =>
    typeof value === 'string' ? t.label('reviewOutcome', value) : t.label('result', value.result),
  statedAt: moment,
  deliveredAt: moment,
  closesAt: moment,
  adoptBy: moment,
  windowEnds: moment,
  reasonDueAt: moment,
  ratifyBy: day,
  reviewOn: day,
  effectiveFrom: day,
  actOn: day,
  invitedOn: day,
  dueOn: day,
  late: (t, value) => (value ? t.label('why', 'late') : undefined),
  adReferendum: (t, value) => (value ? t.say({ fr: 'à ratifier', en: 'to be ratified' }) : undefined),
  dissent: (t, value: readonly Id[]) =>
    value.length > 0 ? `${t.say({ fr: 'en désaccord', en: 'dissenting' })} ${t.partners(value)}` : undefined,
  byDecisionId: (t, value) => t.decision(value),
};
