import type { ToldEvent } from '#engine';
import type { Id } from '#kernel';
import { resultSentence } from '#words';
import { heading, section, table } from './document.js';
import type { Block, Cell } from './document.js';
import { actsUnder } from './minutes-delegation.js';
import type { MinutesTelling } from './minutes-telling.js';
import { typeset } from './typography.js';

/** What became of a decision: conditions, ratifications, effects, reviews, suspension and end, with dates and `seq` (part 1, 4.8 and 4.9). */
export function decisionLife(t: MinutesTelling): readonly Block[] {
  const decisionId = t.facts.decision?.decisionId;
  if (decisionId === undefined) return [];
  return section(heading(2, t.say({ fr: 'Après l’adoption', en: 'After the adoption' })), [
    ...steps(t, decisionId),
    ...conditionsMet(t, decisionId),
    ...ratifications(t, decisionId),
    ...reviews(t, decisionId),
    ...lateObjections(t, decisionId),
    ...actsUnder(t),
  ]);
}

const STEPS = [
  ...(['DecisionTookEffect', 'DecisionSuspended', 'DecisionResumed', 'DecisionAnnulled', 'DecisionLapsed'] as const),
  ...(['DecisionExpired', 'DecisionSuperseded', 'DecisionRevoked', 'ReviewRequested', 'ReviewDue'] as const),
  ...(['DecisionReviewed', 'PartnerExcluded'] as const),
];

function steps(t: MinutesTelling, decisionId: Id): readonly Block[] {
  const head = t.heads(
    { fr: 'Le', en: 'At' },
    { fr: 'Ce qui s’est passé', en: 'What happened' },
    { fr: 'Précisions', en: 'Details' },
  );
  const rows = t.story
    .all(...STEPS)
    .filter(
      ({ data }) => data.decisionId === decisionId || ('byDecisionId' in data && data.byDecisionId === decisionId),
    )
    .map((step): Cell[] => [t.whenAndWhere(step), what(t, step, decisionId), details(t, step, decisionId)]);
  return table(head, rows);
}

function what(t: MinutesTelling, step: ToldEvent<(typeof STEPS)[number]>, decisionId: Id): string {
  const replaces = step.type === 'DecisionSuperseded' && step.data.decisionId !== decisionId;
  return replaces ? t.say({ fr: 'remplace une décision', en: 'replaces a decision' }) : t.label('event', step.type);
}

function details(t: MinutesTelling, step: ToldEvent<(typeof STEPS)[number]>, decisionId: Id): readonly string[] {
  const reason = 'reason' in step.texts ? [t.text(step.texts['reason'])] : [];
  switch (step.type) {
    case 'DecisionSuspended':
    case 'DecisionResumed':
      return [t.label('cause', step.data.cause)];
    case 'DecisionSuperseded': {
      const other = step.data.decisionId === decisionId ? step.data.byDecisionId : step.data.decisionId;
      return [t.decision(other)];
    }
    case 'ReviewRequested':
      return [
        `${t.actor(step)}, ${t.say({ fr: 'revue le', en: 'review on' })} ${t.day(step.data.reviewOn)}`,
        ...reason,
      ];
    case 'DecisionReviewed':
      return [
        `${t.label('reviewOutcome', step.data.outcome)}${step.data.reviewOn === undefined ? '' : `, ${t.say({ fr: 'prochaine revue le', en: 'next review on' })} ${t.day(step.data.reviewOn)}`}`,
      ];
    case 'PartnerExcluded':
      return [t.partner(step.data.partnerId), ...reason];
    default:
      return reason;
  }
}

/** Conditions precedent, and what was promised and guaranteed for them, act by act. */
function conditionsMet(t: MinutesTelling, decisionId: Id): readonly Block[] {
  const adopted = t.story.first('DecisionAdopted', ({ data }) => data.decisionId === decisionId);
  const head = t.heads(
    { fr: 'Condition préalable', en: 'Condition precedent' },
    { fr: 'Au plus tard', en: 'By' },
    { fr: 'Ce qui a été engagé', en: 'What was committed' },
  );
  const rows = (adopted?.data.conditions ?? []).map((one): Cell[] => [
    `${t.quantity(one.atLeast, one)} (${t.label('kind', one.kind)})`,
    t.day(one.by),
    orNothing(t, one.kind === 'guarantee' ? guaranteed(t, one.unit) : committed(t, one)),
  ]);
  return section(heading(3, t.say({ fr: 'Conditions préalables', en: 'Conditions precedent' })), table(head, rows));
}

function orNothing(t: MinutesTelling, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [t.say({ fr: 'rien', en: 'nothing' })] : lines;
}

function committed(
  t: MinutesTelling,
  { kind, unit }: { readonly kind: string; readonly unit: string },
): readonly string[] {
  return t.story
    .all('CommitmentMade')
    .filter(({ data }) => data.kind === kind && data.unit === unit)
    .flatMap((made) => {
      const later = t.story.of(
        made.data.commitmentId,
        'CommitmentRatified',
        'CommitmentRatificationRefused',
        'CommitmentReleased',
      );
      const amount = `${t.partner(made.data.providerId)}${t.colon}${t.quantity(made.data.amount, made.data)}`;
      return [
        `${amount}, ${t.whenAndWhere(made)}`,
        ...later.map(
          (one) =>
            `${t.label('event', one.type)}${one.type === 'CommitmentReleased' ? ` (${t.quantity(one.data.amount, made.data)})` : ''}, ${t.whenAndWhere(one)}`,
        ),
      ];
    });
}

function guaranteed(t: MinutesTelling, currency: string): readonly string[] {
  return t.story
    .all('GuaranteeOffered')
    .filter(({ data }) => data.currency === currency)
    .flatMap((offered) => {
      const { guaranteeId, obligorId, cap } = offered.data;
      const later = t.story.of(
        guaranteeId,
        'GuaranteeRatified',
        'GuaranteeRatificationRefused',
        'GuaranteeEnteredIntoForce',
        'GuaranteeReleased',
        'GuaranteeExpired',
      );
      return [
        `${t.partner(obligorId)}${t.colon}${t.figure(cap, currency)} ${currency}, ${t.whenAndWhere(offered)}`,
        ...later.map((one) => `${t.label('event', one.type)}, ${t.whenAndWhere(one)}`),
      ];
    });
}

/** Whose own body had to confirm a position, and what it said. */
function ratifications(t: MinutesTelling, decisionId: Id): readonly Block[] {
  const head = t.heads(
    { fr: 'Partenaire', en: 'Partner' },
    { fr: 'Au plus tard', en: 'By' },
    { fr: 'Réponse', en: 'Answer' },
    { fr: 'Acte', en: 'Act' },
  );
  const rounds = new Set(t.proposal.all('RoundOpened').map(({ data }) => data.roundId));
  const asked = t.story.positions.filter(({ data }) => data.adReferendum && rounds.has(data.roundId));
  const rows = asked.map(({ data }): Cell[] => {
    const [answer] = t.story.of(data.positionId, 'PositionRatified', 'RatificationRefused');
    const waiting = t.say({ fr: 'attendue', en: 'awaited' });
    const cause = answer?.type === 'RatificationRefused' ? `, ${t.label('cause', answer.data.cause)}` : '';
    const act = answer && [
      answer.data.actOn === undefined ? '' : t.day(answer.data.actOn),
      answer.data.actHash ?? '',
      'act' in answer.texts ? t.text(answer.texts['act']) : '',
    ];
    return [
      t.partner(data.partnerId),
      t.day(data.ratifyBy),
      answer ? `${t.label('event', answer.type)}${cause}, ${t.whenAndWhere(answer)}` : waiting,
      (act ?? []).filter((line) => line !== ''),
    ];
  });
  const awaiting =
    t.story.first('DecisionAdopted', ({ data }) => data.decisionId === decisionId)?.data.awaitingRatification ?? [];
  const text = `${t.say({ fr: 'Attendues à l’adoption :', en: 'Awaited at the adoption:' })} ${t.partners(awaiting)}`;
  return section(
    heading(3, t.say({ fr: 'Ratifications', en: 'Ratifications' })),
    rows.length === 0 ? [] : [...table(head, rows), { sort: 'paragraph', text }],
  );
}

/** Proposals to review it, and what their rounds came to. */
function reviews(t: MinutesTelling, decisionId: Id): readonly Block[] {
  const head = t.heads(
    { fr: 'Revue proposée', en: 'Review proposed' },
    { fr: 'Pour', en: 'To' },
    { fr: 'Tours', en: 'Rounds' },
  );
  const asked = t.story.all('ProposalSubmitted').filter(({ data }) => data.reviewOf === decisionId);
  const rows = asked.map((one): Cell[] => {
    const { proposalId, reviewOutcome } = one.data;
    const drafted = t.story.first('ProposalDrafted', ({ data }) => data.proposalId === proposalId);
    const rounds = t.story.all('RoundOpened').filter(({ data }) => data.proposalId === proposalId);
    return [
      [t.text(drafted?.texts['title']), t.whenAndWhere(one)],
      reviewOutcome ? t.label('reviewOutcome', reviewOutcome) : '',
      rounds.map((round) => sentences(t, round)),
    ];
  });
  return section(heading(3, t.say({ fr: 'Revues', en: 'Reviews' })), table(head, rows));
}

function sentences(t: MinutesTelling, { data, ...opened }: ToldEvent<'RoundOpened'>): string {
  const judged = t.story.inRound(data.roundId).all('RoundClosed', 'RoundReevaluated');
  const told = judged.map(
    (one) => `${t.whenAndWhere(one)}${t.colon}${typeset(resultSentence(one.data.outcome, t.language), t.language)}`,
  );
  return [`${t.label('event', 'RoundOpened')}, ${t.whenAndWhere(opened)}`, ...told].join(t.semicolon);
}

/** Objections after the closing: kept as concerns, they change no result (part 1, 4.6). */
function lateObjections(t: MinutesTelling, decisionId: Id): readonly Block[] {
  const head = t.heads(
    { fr: 'De', en: 'By' },
    { fr: 'Nature', en: 'Kind' },
    { fr: 'Raison', en: 'Reason' },
    { fr: 'Le', en: 'At' },
  );
  const rows = t.story
    .of(decisionId, 'LateObjectionFiled')
    .map((one): Cell[] => [
      t.partner(one.data.partnerId),
      t.label('objectionKind', one.data.kind),
      t.text(one.texts['reason']),
      t.whenAndWhere(one),
    ]);
  return section(heading(3, t.say({ fr: 'Objections tardives', en: 'Late objections' })), table(head, rows));
}
