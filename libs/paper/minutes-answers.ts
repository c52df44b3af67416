import { refusedRatification } from '#deliberation';
import type { Outcome } from '#contracts';
import type { ToldEvent } from '#engine';
import { addHours } from '#kernel';
import type { Id } from '#kernel';
import { heading, table } from './document.js';
import type { Block, Cell } from './document.js';
import type { MinutesTelling } from './minutes-telling.js';
import type { PositionEvent, Story } from './story.js';

type Opened = ToldEvent<'RoundOpened'>;

/** Every position in the order of the ledger: what, how, whether it was counted and why not; then those who stayed silent. */
export function answers(t: MinutesTelling, opened: Opened, round: Story): readonly Block[] {
  const head = t.heads(
    { fr: 'Partenaire', en: 'Partner' },
    { fr: 'Position', en: 'Position' },
    { fr: 'Comment', en: 'How' },
    { fr: 'Comptée', en: 'Counted' },
    { fr: 'Raison donnée', en: 'Reason given' },
  );
  const rows = [...round.positions.map((position) => answer(t, round, position)), ...silent(t, opened, round)];
  return [heading(3, t.say({ fr: 'Qui a répondu quoi', en: 'Who answered what' })), ...table(head, rows)];
}

function answer(t: MinutesTelling, round: Story, position: PositionEvent): readonly Cell[] {
  const { partnerId, value, standing, late, positionId } = position.data;
  const substitute = standing === 'substitute' ? [t.label('standing', standing)] : [];
  const how = [
    t.whenAndWhere(position),
    ...substitute,
    ...('statedAt' in position.data ? onBehalf(t, round, position as ToldEvent<'PositionRecordedOnBehalf'>) : []),
    ...(position.type === 'PositionTaken' ? taken(t, position) : []),
    ...ratification(t, round, position),
  ];
  const counted = late ? [t.label('why', 'late')] : countedIn(t, round, positionId);
  return [t.partner(partnerId), t.label('position', value), how, counted, reasons(t, round, position)];
}

function taken(t: MinutesTelling, { data }: ToldEvent<'PositionTaken'>): readonly string[] {
  const { proxyId, reaffirms } = data;
  const holder = proxyId && t.story.first('ProxyGiven', (given) => given.data.proxyId === proxyId)?.data.holderId;
  return [
    ...(proxyId === undefined ? [] : [`${t.label('channel', 'proxy')}${t.colon}${t.partner(holder)}`]),
    ...(reaffirms === undefined
      ? []
      : [t.say({ fr: 'réaffirme une position d’avant', en: 'affirms an earlier position again' })]),
  ];
}

/** Who told it, by which means, who had spoken and when, whether the partner was told and contested it (part 1, 4.8). */
function onBehalf(t: MinutesTelling, round: Story, position: ToldEvent<'PositionRecordedOnBehalf'>): readonly string[] {
  const { means, statedAt, speakerMandateId, evidenceHash, positionId } = position.data;
  const by = `${t.label('channel', 'on-behalf')} ${t.label('means', means)}${t.colon}${t.actor(position)}`;
  const said = t.say({ fr: 'dit par', en: 'said by' });
  const notices = round.all('PartnerNotified').filter(({ data }) => data.positionId === positionId);
  const evidence = 'evidence' in position.texts ? `${t.colon}${t.text(position.texts['evidence'])}` : '';
  return [
    by,
    `${said} ${t.person(speakerMandateId)}, ${t.moment(statedAt)}`,
    `${t.say({ fr: 'preuve', en: 'evidence' })} ${evidenceHash}${evidence}`,
    ...notices.map(
      ({ data, ...event }) =>
        `${t.say({ fr: 'partenaire avisé', en: 'partner told' })}${t.colon}${t.label('notification', data.status)}, ${t.label('notification', data.channel)}, ${data.deliveredAt === undefined ? t.when(event) : t.moment(data.deliveredAt)}, ${t.entry(event)}`,
    ),
    ...round
      .of(positionId, 'PositionContested')
      .map((one) => `${t.label('cause', 'contested')}, ${t.whenAndWhere(one)}`),
  ];
}

/** What waits for the partner's own body, and what it said. */
function ratification(t: MinutesTelling, round: Story, { data }: PositionEvent): readonly string[] {
  if (!data.adReferendum) return [];
  const [answered] = round.of(data.positionId, 'PositionRatified', 'RatificationRefused');
  const by =
    data.ratifyBy === undefined
      ? ''
      : t.say({ fr: ` au plus tard le ${t.day(data.ratifyBy)}`, en: ` by ${t.day(data.ratifyBy)}` });
  const asked = `${t.say({ fr: 'à ratifier', en: 'to be ratified' })}${by}`;
  if (!answered) return [asked];
  const cause = answered.type === 'RatificationRefused' ? `, ${t.label('cause', answered.data.cause)}` : '';
  return [asked, `${t.label('event', answered.type)}${cause}, ${t.whenAndWhere(answered)}`];
}

/** At the closing, and where a later computation says otherwise. */
function countedIn(t: MinutesTelling, round: Story, positionId: Id): readonly string[] {
  const closed = round.first('RoundClosed');
  if (!closed) return [];
  const method = round.first('RoundOpened')?.data.policy.method;
  const first = countedBy(t, closed.data.outcome, positionId);
  const lines = [first];
  for (const again of round.all('RoundReevaluated')) {
    const { outcome, cause } = again.data;
    const isRefused = cause !== 'contested' && again.data.positionId === positionId;
    const as = isRefused && method ? `, ${t.label('countsAs', refusedRatification(method) ?? 'abstain')}` : '';
    const now = `${countedBy(t, outcome, positionId)}${as}`;
    if (now !== lines.at(-1)) lines.push(now);
  }
  const [, ...later] = lines;
  return [first, ...later.map((line) => `${t.say({ fr: 'recalcul :', en: 'computed again:' })} ${line}`)];
}

function countedBy(t: MinutesTelling, { counted, notCounted }: Outcome, positionId: Id): string {
  const out = notCounted.find((one) => one.positionId === positionId);
  if (out) return `${t.yesOrNo(false)}, ${t.label('why', out.why)}`;
  return t.yesOrNo(counted.includes(positionId));
}

function reasons(t: MinutesTelling, round: Story, { data, texts }: PositionEvent): readonly string[] {
  const named = (name: string, title: string) => (name in texts ? [`${title}${t.text(texts[name])}`] : []);
  const contested = round.of(data.positionId, 'PositionContested').filter((one) => 'reason' in one.texts);
  return [
    ...named('reason', ''),
    ...named('concern', t.say({ fr: 'Réserve : ', en: 'Concern: ' })),
    ...named('internalSplit', t.say({ fr: 'Désaccord interne : ', en: 'Internal split: ' })),
    ...contested.map((one) => `${t.say({ fr: 'Contestée : ', en: 'Contested: ' })}${t.text(one.texts['reason'])}`),
  ];
}

/** Partners without any position that was counted, and whether their silence was consent (part 1, 4.4). */
function silent(t: MinutesTelling, opened: Opened, round: Story): readonly (readonly Cell[])[] {
  const outcome = round.first('RoundClosed')?.data.outcome;
  const counted = new Set(outcome?.counted.map((id) => round.positionOf(id)?.data.partnerId));
  const isOut = (partnerId: Id) =>
    [...round.all('PartnerRecused'), ...t.story.all('PartnerWithdrew', 'PartnerExcluded')].some(
      ({ data }) => data.partnerId === partnerId,
    );
  const quiet = opened.data.electorate
    .map(({ partnerId }) => partnerId)
    .filter((partnerId) =>
      outcome
        ? !counted.has(partnerId) && !isOut(partnerId)
        : !round.positions.some(({ data }) => data.partnerId === partnerId),
    );
  const deemed = quiet.filter((partnerId) => isDeemed(opened, round, partnerId));
  const isSure = outcome !== undefined && deemed.length === outcome.deemed;
  const names = {
    deemed: deemedTold(t, opened),
    none: t.say({ fr: 'sans réponse', en: 'no answer' }),
  };
  return quiet.map((partnerId) => [
    t.partner(partnerId),
    isSure && deemed.includes(partnerId) ? names.deemed : names.none,
    '',
    '',
    '',
  ]);
}

/** By which proof: the round was told of long enough before it closed, and nothing was answered (part 1, 4.4). */
function deemedTold(t: MinutesTelling, { data }: Opened): string {
  const days = data.policy.noticeDays ?? 0;
  return t.say({
    fr: `silence : réputé d’accord (avis reçu au moins ${days} × 24 h avant la clôture)`,
    en: `silence: deemed to agree (notice delivered at least ${days} × 24 h before the closing)`,
  });
}

function isDeemed({ data }: Opened, round: Story, partnerId: Id): boolean {
  const closed = round.first('RoundClosed');
  const delivered = round
    .all('PartnerNotified')
    .filter(
      (one) => one.data.partnerId === partnerId && one.data.positionId === undefined && one.data.status === 'delivered',
    )
    .map((one) => one.data.deliveredAt ?? one.at)
    .sort()[0];
  const latest = closed && addHours(closed.data.closedAt, -24 * (data.policy.noticeDays ?? 0));
  const hadPosition = round.positions.some((one) => one.data.partnerId === partnerId);
  return delivered !== undefined && latest !== undefined && delivered <= latest && !hadPosition;
}
