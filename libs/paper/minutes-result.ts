import type { Outcome } from '#contracts';
import { refusedRatification } from '#deliberation';
import type { ToldEvent } from '#engine';
import { resultSentence } from '#words';
import { arithmetic } from './arithmetic.js';
import { facts, heading, table } from './document.js';
import type { Block, Cell } from './document.js';
import type { MinutesTelling } from './minutes-telling.js';
import type { PositionEvent, Story } from './story.js';
import { typeset } from './typography.js';

type Opened = ToldEvent<'RoundOpened'>;
type Judged = ToldEvent<'RoundClosed' | 'RoundReevaluated'>;

/** The result at the closing with its arithmetic, and each later computation with the fact that made it necessary (part 1, 4.8). */
export function results(t: MinutesTelling, opened: Opened, round: Story): readonly Block[] {
  const closed = round.first('RoundClosed');
  if (!closed)
    return [{ sort: 'paragraph', text: t.say({ fr: 'Ce tour est encore ouvert.', en: 'This round is still open.' }) }];
  const again = round.all('RoundReevaluated');
  const title =
    again.length === 0
      ? t.say({ fr: 'Résultat', en: 'Result' })
      : t.say({ fr: 'Résultat à la clôture', en: 'Result at the closing' });
  return [
    heading(3, title),
    ...told(t, opened, closed, round),
    ...again.flatMap((one) => [
      heading(3, `${t.say({ fr: 'Résultat recalculé', en: 'Result computed again' })}, ${t.whenAndWhere(one)}`),
      { sort: 'paragraph' as const, text: because(t, opened, round, one) },
      ...told(t, opened, one, round),
    ]),
  ];
}

function told(t: MinutesTelling, { data }: Opened, judged: Judged, round: Story): readonly Block[] {
  const { outcome, evaluatorVersion, inputHash } = judged.data;
  const closing =
    judged.type === 'RoundClosed'
      ? `${t.moment(judged.data.closedAt)}, ${t.label('closing', judged.data.closing)}`
      : undefined;
  return [
    { sort: 'paragraph', text: typeset(resultSentence(outcome, t.language), t.language) },
    ...facts(
      t.fact({ fr: 'Clos', en: 'Closed' }, closing),
      ...arithmetic(t, outcome, data.policy),
      ...choice(t, outcome, data.options),
      t.fact(
        { fr: 'En désaccord', en: 'Dissenting' },
        outcome.dissent.length > 0 ? t.partners(outcome.dissent) : undefined,
      ),
      t.fact({ fr: 'Inscription', en: 'Entry' }, `${t.entry(judged)}, ${judged.hash}`),
      t.fact({ fr: 'Empreinte des données du calcul', en: 'Hash of what was computed' }, inputHash),
      t.fact({ fr: 'Version du calcul', en: 'Version of the computation' }, String(evaluatorVersion)),
    ),
    ...colleges(t, data, judged, round),
  ];
}

function choice(t: MinutesTelling, { selected, ranking }: Outcome, options: readonly string[]) {
  return [
    t.fact(
      { fr: 'Option retenue', en: 'Option selected' },
      selected === null
        ? undefined
        : `${t.option(selected, options)}${selected === 'status-quo' ? '' : ` (${selected})`}`,
    ),
    t.fact(
      { fr: 'Classement', en: 'Ranking' },
      ranking.length === 0
        ? undefined
        : ranking.map((option, place) => `${place + 1}. ${t.option(option, options)}`).join(t.semicolon),
    ),
  ];
}

/** Why a closed round was computed again. */
function because(t: MinutesTelling, opened: Opened, round: Story, { data }: ToldEvent<'RoundReevaluated'>): string {
  const position = round.positionOf(data.positionId);
  const whose = t.partner(position?.data.partnerId);
  const [fact] = round.of(data.positionId, data.cause === 'contested' ? 'PositionContested' : 'RatificationRefused');
  const where = fact ? ` (${t.whenAndWhere(fact)})` : '';
  const asNow = t.label('countsAs', refusedRatification(opened.data.policy.method) ?? 'abstain');
  return data.cause === 'contested'
    ? t.say({
        fr: `${whose} a contesté la position rapportée pour lui${where} : elle ne compte plus.`,
        en: `${whose} contested the position recorded on its behalf${where}: it counts no more.`,
      })
    : t.say({
        fr: `La position de ${whose} n’a pas été ratifiée${where} : elle compte désormais comme ${asNow}.`,
        en: `The position of ${whose} was not ratified${where}: it counts as ${asNow} from now on.`,
      });
}

/** For and against in each college, where the policy has the condition and the partners have colleges (part 1, 4.5). */
function colleges(
  t: MinutesTelling,
  { policy, electorate, charterHash }: Opened['data'],
  judged: Judged,
  round: Story,
): readonly Block[] {
  if (policy.collegeCondition !== true) return [];
  const { outcome } = judged.data;
  const ids = [...new Set(electorate.flatMap(({ collegeId }) => collegeId ?? []))];
  const head = t.heads(
    { fr: 'Collège', en: 'College' },
    { fr: 'Membres', en: 'Members' },
    { fr: 'Pour', en: 'For' },
    { fr: 'Contre', en: 'Against' },
    { fr: 'S’oppose', en: 'Is against' },
  );
  const rows = ids.map((id): Cell[] => {
    const members = electorate.filter(({ collegeId }) => collegeId === id).map(({ partnerId }) => partnerId);
    const counted = outcome.counted.flatMap((positionId) => round.positionOf(positionId) ?? []);
    const sides = counted
      .filter(({ data }) => members.includes(data.partnerId))
      .map((position) => sideOf(round, position, judged));
    const times = (side: string) => String(sides.filter((one) => one === side).length);
    return [
      t.college(id, charterHash),
      t.partners(members),
      times('for'),
      times('against'),
      t.yesOrNo(outcome.collegesAgainst.includes(id)),
    ];
  });
  return [heading(3, t.say({ fr: 'Collèges', en: 'Colleges' })), ...table(head, rows)];
}

/** As it counted: an agreement not ratified, or a block that does not qualify, is on no side. */
function sideOf(round: Story, { data }: PositionEvent, { seq }: Judged): 'for' | 'against' | 'neither' {
  const isRefused = round.of(data.positionId, 'RatificationRefused').some((refused) => refused.seq <= seq);
  const objection = round.first('ObjectionRaised', (raised) => raised.data.positionId === data.positionId);
  const isFallen = objection !== undefined && round.of(objection.data.objectionId, 'ObjectionReclassified').length > 0;
  if (data.value.startsWith('agree')) return isRefused ? 'neither' : 'for';
  if (data.value === 'against') return 'against';
  return data.value === 'block' && !isFallen ? 'against' : 'neither';
}
