import type { ToldEvent } from '#engine';
import { heading, section, table } from './document.js';
import type { Block } from './document.js';
import type { MinutesTelling } from './minutes-telling.js';
import type { Story } from './story.js';

type Raised = ToldEvent<'ObjectionRaised'>;

/** Objections and blocks, what each touches and suggests, and step by step how it ended (part 1, 4.6). */
export function objections(t: MinutesTelling, round: Story): readonly Block[] {
  const head = t.heads(
    { fr: 'De', en: 'By' },
    { fr: 'Objection', en: 'Objection' },
    { fr: 'Raison et changement proposé', en: 'Reason and suggested change' },
    { fr: 'Ce qu’elle est devenue', en: 'What became of it' },
  );
  const rows = round
    .all('ObjectionRaised')
    .map((raised) => [
      t.partner(raised.data.partnerId),
      what(t, raised),
      texts(t, round, raised),
      [...steps(t, round, raised), end(t, raised)],
    ]);
  return section(heading(3, t.say({ fr: 'Objections', en: 'Objections' })), table(head, rows));
}

function what(t: MinutesTelling, { data, ...event }: Raised): readonly string[] {
  const about = `${t.say({ fr: 'touche', en: 'touches' })} ${t.label('touches', data.touches.sort)}`;
  const due =
    data.reasonDueAt === undefined
      ? []
      : [`${t.say({ fr: 'raison attendue jusqu’au', en: 'reason awaited until' })} ${t.moment(data.reasonDueAt)}`];
  return [t.label('form', data.form), t.label('objectionKind', data.kind), about, t.whenAndWhere(event), ...due];
}

function texts(t: MinutesTelling, round: Story, raised: Raised): readonly string[] {
  const given = round.of(raised.data.objectionId, 'ObjectionReasonGiven');
  const reason = [raised, ...given].find((event) => 'reason' in event.texts);
  return [
    t.text(reason?.texts['reason']),
    ...('suggestedChange' in raised.texts
      ? [`${t.say({ fr: 'Changement : ', en: 'Change: ' })}${t.text(raised.texts['suggestedChange'])}`]
      : []),
  ];
}

const STEPS = [
  ...(['ObjectionReasonGiven', 'ObjectionTested', 'ObjectionContested', 'ObjectionReclassified'] as const),
  ...([
    'ObjectionOrphaned',
    'ObjectionAdopted',
    'ObjectionLapsed',
    'ObjectionWithdrawn',
    'ObjectionAbandoned',
  ] as const),
  ...([
    'ObjectionAbandonmentContested',
    'ObjectionIntegrated',
    'ObjectionResolutionConfirmed',
    'ObjectionResolved',
  ] as const),
];

function steps(t: MinutesTelling, round: Story, { data }: Raised): readonly string[] {
  return round.of(data.objectionId, ...STEPS).map((step) => {
    const text = step.texts['reason'] ?? step.texts['note'];
    const said = text === undefined || step.type === 'ObjectionReasonGiven' ? '' : `${t.colon}${t.text(text)}`;
    return `${t.label('event', step.type)}${detail(t, round, step, data)}, ${t.whenAndWhere(step)}${said}`;
  });
}

function detail(
  t: MinutesTelling,
  round: Story,
  step: ToldEvent<(typeof STEPS)[number]>,
  raised: Raised['data'],
): string {
  switch (step.type) {
    case 'ObjectionTested':
      return ` (${t.label('form', step.data.form)})`;
    case 'ObjectionContested':
      return `${t.colon}${t.partner(step.data.partnerId)} ${t.label('says', step.data.says)}`;
    case 'ObjectionReclassified':
      return ` (${t.label('cause', step.data.cause)})`;
    case 'ObjectionOrphaned':
      return ` (${t.say({ fr: 'à reprendre avant le', en: 'to be adopted by' })} ${t.moment(step.data.adoptBy)})`;
    case 'ObjectionAdopted': {
      const by = round.first('ObjectionRaised', (one) => one.data.objectionId === step.data.byObjectionId);
      return `${t.colon}${t.partner(by?.data.partnerId)}`;
    }
    case 'ObjectionAbandoned':
      return ` (${t.say({ fr: 'invité le', en: 'invited on' })} ${t.day(step.data.invitedOn)})`;
    case 'ObjectionIntegrated':
      return ` (version ${step.data.version})`;
    case 'ObjectionResolutionConfirmed':
      return ` (${t.label('side', step.data.side)})`;
    case 'ObjectionWithdrawn':
      return withdrawal(t, round, step.seq, raised);
    default:
      return '';
  }
}

/** An objection lives through its position: what took that away withdrew it too (part 1, 4.4). */
function withdrawal(t: MinutesTelling, round: Story, seq: number, { positionId, partnerId }: Raised['data']): string {
  const same = round.events.filter((event) => event.seq === seq);
  if (same.some(({ type, data }) => type === 'PositionContested' && data.positionId === positionId)) {
    return t.say({
      fr: ' (sa position a été contestée et ne compte plus)',
      en: ' (its position was contested and counts no more)',
    });
  }
  if (same.some(({ type }) => type === 'PartnerRecused')) {
    return t.say({ fr: ' (son mandataire s’est déporté)', en: ' (its proxy holder recused itself)' });
  }
  const isChanged = same.some((event) => event.type.startsWith('Position') && t.story.partnerOf(event) === partnerId);
  return isChanged
    ? t.say({ fr: ' (le partenaire a pris une autre position)', en: ' (the partner took another position)' })
    : '';
}

function end(t: MinutesTelling, { data }: Raised): string {
  const shown = t.facts.objections.find(({ objectionId }) => objectionId === data.objectionId);
  if (!shown) return '';
  const why = shown.status === 'not-counted' && shown.why !== null ? ` (${t.label('why', shown.why)})` : '';
  return `${t.say({ fr: 'Issue :', en: 'End:' })} ${t.label('objectionStatus', shown.status)}${why}`;
}
