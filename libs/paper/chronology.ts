import type { ToldEvent } from '#engine';
import type { Id } from '#kernel';
import { heading, table } from './document.js';
import type { Block, Cell } from './document.js';
import type { Texts } from '#words';
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
  return `${t.label('event', event.type)}${said === '' ? '' : `${t.colon}${said}`}`;
}

const DECISION: Texts = { fr: 'décision', en: 'decision' };

type Detail = (t: MinutesTelling, value: never) => string | undefined;
const label =
  (list: Parameters<MinutesTelling['label']>[0]): Detail =>
  (t, value) =>
    t.label(list, value);
const moment =
  (before: Texts): Detail =>
  (t, value) =>
    `${t.say(before)} ${t.moment(value)}`;
const day =
  (before: Texts): Detail =>
  (t, value) =>
    `${t.say(before)} ${t.day(value)}`;
const UNTIL: Texts = { fr: 'jusqu’au', en: 'until' };

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
  statedAt: moment({ fr: 'dit le', en: 'said on' }),
  deliveredAt: moment({ fr: 'remis le', en: 'delivered on' }),
  closesAt: moment(UNTIL),
  adoptBy: moment(UNTIL),
  windowEnds: moment(UNTIL),
  reasonDueAt: moment(UNTIL),
  ratifyBy: day({ fr: 'au plus tard le', en: 'by' }),
  reviewOn: day({ fr: 'revue le', en: 'review on' }),
  effectiveFrom: day({ fr: 'effet à partir du', en: 'in effect from' }),
  actOn: day({ fr: 'acte du', en: 'act of' }),
  invitedOn: day({ fr: 'invité le', en: 'invited on' }),
  dueOn: day({ fr: 'dû le', en: 'due on' }),
  late: (t, value: boolean) => (value ? t.label('why', 'late') : undefined),
  adReferendum: (t, value: boolean) => (value ? t.say({ fr: 'à ratifier', en: 'to be ratified' }) : undefined),
  dissent: (t, value: readonly Id[]) =>
    value.length > 0 ? `${t.say({ fr: 'en désaccord', en: 'dissenting' })} ${t.partners(value)}` : undefined,
  decisionId: (t, value) =>
    value === t.facts.decision?.decisionId ? undefined : `${t.say(DECISION)} ${t.decision(value)}`,
  enablingId: (t, value) => `${t.say(DECISION)} ${t.decision(value)}`,
  byDecisionId: (t, value) => `${t.say({ fr: 'par la décision', en: 'by decision' })} ${t.decision(value)}`,
};
