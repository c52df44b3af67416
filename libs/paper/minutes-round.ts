import type { ToldEvent } from '#engine';
import { answers } from './minutes-answers.js';
import { ballots } from './minutes-ballots.js';
import { objections } from './minutes-objections.js';
import { facts, heading, section, table } from './document.js';
import type { Block } from './document.js';
import { results } from './minutes-result.js';
import type { MinutesTelling } from './minutes-telling.js';
import type { Story } from './story.js';

type Opened = ToldEvent<'RoundOpened'>;

/** One round: who was asked what under which charter, who answered what, objections, and what it came to (part 1, 4.2-4.8). */
export function roundTold(t: MinutesTelling, opened: Opened): readonly Block[] {
  const round = t.story.inRound(opened.data.roundId);
  return [
    heading(2, `${t.say({ fr: 'Tour', en: 'Round' })} ${opened.data.roundNumber}`),
    ...asked(t, opened),
    ...electorate(t, opened, round),
    ...extensions(t, round),
    ...proxies(t, opened, round),
    ...answers(t, opened, round),
    ...ballots(t, opened, round),
    ...objections(t, round),
    ...results(t, opened, round),
  ];
}

function asked(t: MinutesTelling, opened: Opened): readonly Block[] {
  const { data, hash } = opened;
  const { policy, version, textHash, charterVersion, charterHash, options } = data;
  const choice = options.map((optionId) => `${t.option(optionId, options)} = ${optionId}`).join(', ');
  return facts(
    t.fact({ fr: 'Version soumise', en: 'Version asked' }, `${version} (${textHash})`),
    t.fact({ fr: 'Options', en: 'Options' }, choice || undefined),
    t.fact({ fr: 'Méthode', en: 'Method' }, `${t.label('method', policy.method)}${fallback(t, opened)}`),
    t.fact(
      { fr: 'Essai', en: 'Attempt' },
      policy.maxRounds === undefined ? undefined : `${data.attempt} / ${policy.maxRounds}`,
    ),
    t.fact({ fr: 'Silence', en: 'Silence' }, policy.silence && t.label('silence', policy.silence)),
    t.fact({ fr: 'Charte', en: 'Charter' }, `version ${charterVersion} (${charterHash})`),
    t.fact({ fr: 'Ouvert par', en: 'Opened by' }, t.actor(opened)),
    t.fact({ fr: 'Ouvert', en: 'Opened' }, t.moment(data.opensAt)),
    t.fact({ fr: 'Au moins jusqu’au', en: 'Open at least until' }, t.moment(data.minOpenUntil)),
    t.fact({ fr: 'Échéance', en: 'Deadline' }, t.moment(data.closesAt)),
    t.fact({ fr: 'Plancher', en: 'Floor' }, floorOf(t, data)),
    t.fact({ fr: 'Inscription de l’ouverture', en: 'Entry of the opening' }, `${t.entry(opened)}, ${hash}`),
  );
}

/** Why the method is not the one before: an earlier round on the same version fell back on it (part 1, 4.5). */
function fallback(t: MinutesTelling, { data, seq }: Opened): string {
  const from = t.proposal
    .all('RoundOpened')
    .find(
      (one) =>
        one.seq < seq && one.data.version === data.version && one.data.policy.fallback?.method === data.policy.method,
    );
  if (!from || from.data.policy.method === data.policy.method) return '';
  const { roundNumber } = from.data;
  return t.say({
    fr: `, repli prévu par la charte après le tour ${roundNumber}`,
    en: `, the fallback of the charter after round ${roundNumber}`,
  });
}

function floorOf(t: MinutesTelling, { floor }: Opened['data']): string {
  return t.say({
    fr: `${floor.partners} partenaires de ${floor.kinds} natures`,
    en: `${floor.partners} partners of ${floor.kinds} kinds`,
  });
}

/** Who was asked, how each was told of it, who left or had no representative meanwhile. */
function electorate(t: MinutesTelling, { data, seq }: Opened, round: Story): readonly Block[] {
  const hasColleges = data.electorate.some(({ collegeId }) => collegeId !== undefined);
  const head = t.heads(
    { fr: 'Partenaire', en: 'Partner' },
    { fr: 'Nature', en: 'Kind' },
    ...(hasColleges ? [{ fr: 'Collège', en: 'College' }] : []),
    { fr: 'Avisé', en: 'Notified' },
    { fr: 'Pendant le tour', en: 'During the round' },
  );
  const until = round.first('RoundClosed')?.seq ?? Infinity;
  const rows = data.electorate.map(({ partnerId, kind, collegeId }) => [
    t.partner(partnerId),
    t.label('partnerKind', kind),
    ...(hasColleges ? [collegeId === undefined ? '' : t.college(collegeId, data.charterHash)] : []),
    notices(t, round, partnerId),
    departures(t, round, partnerId, [seq, until]),
  ]);
  const title = `${t.say({ fr: 'Corps votant à l’ouverture :', en: 'Electorate at the opening:' })} ${rows.length}`;
  return [heading(3, title), ...table(head, rows)];
}

function notices(t: MinutesTelling, round: Story, partnerId: string): readonly string[] {
  const told = round
    .all('PartnerNotified')
    .filter(({ data }) => data.partnerId === partnerId && data.positionId === undefined);
  return told.map(({ data, ...event }) => {
    const { channel, status, deliveredAt } = data;
    const failed = status === 'failed' ? `${t.label('notification', status)} : ` : '';
    return `${failed}${t.label('notification', channel)}, ${deliveredAt === undefined ? t.when(event) : t.moment(deliveredAt)}, ${t.entry(event)}`;
  });
}

function departures(
  t: MinutesTelling,
  round: Story,
  partnerId: string,
  [from, until]: readonly [number, number],
): readonly string[] {
  const recused = round.all('PartnerRecused');
  const left = t.story
    .all('PartnerWithdrew', 'PartnerExcluded', 'PartnerBecameUnrepresented')
    .filter(({ seq }) => seq > from && seq <= until);
  return [...recused, ...left]
    .filter(({ data }) => data.partnerId === partnerId)
    .map((event) => {
      const reason = 'reason' in event.texts ? `${t.colon}${t.text(event.texts['reason'])}` : '';
      return `${t.label('event', event.type)}, ${t.whenAndWhere(event)}${reason}`;
    });
}

function extensions(t: MinutesTelling, round: Story): readonly Block[] {
  const head = t.heads(
    { fr: 'Le', en: 'At' },
    { fr: 'Pourquoi', en: 'Why' },
    { fr: 'Nouvelle échéance', en: 'New deadline' },
  );
  const rows = round
    .all('RoundExtended')
    .map((one) => [
      t.whenAndWhere(one),
      [t.label('cause', one.data.cause), ...('reason' in one.texts ? [t.text(one.texts['reason'])] : [])],
      t.moment(one.data.closesAt),
    ]);
  return section(heading(3, t.say({ fr: 'Échéance reportée', en: 'Deadline moved' })), table(head, rows));
}

/** Proxies that held in the round: given, used or not, and how each ended (part 1, 4.8). */
function proxies(t: MinutesTelling, { data }: Opened, round: Story): readonly Block[] {
  const isAsked = (id: string) => data.electorate.some(({ partnerId }) => partnerId === id);
  const given = t.story
    .all('ProxyGiven')
    .filter((one) => (one.data.roundId ?? data.roundId) === data.roundId && isAsked(one.data.giverId));
  const head = t.heads(
    { fr: 'Mandant', en: 'Giver' },
    { fr: 'Mandataire', en: 'Holder' },
    { fr: 'Donnée', en: 'Given' },
    { fr: 'Employée', en: 'Used' },
    { fr: 'Terminée', en: 'Ended' },
  );
  const rows = given.map((one) => {
    const { proxyId, giverId, holderId, validFrom, validTo, roundId } = one.data;
    const span = roundId === undefined ? [`${t.day(validFrom)} – ${t.day(validTo)}`] : [];
    const used = round.all('PositionTaken').filter((position) => position.data.proxyId === proxyId);
    const ends = t.story.of(proxyId, 'ProxyRevoked');
    return [
      t.partner(giverId),
      t.partner(holderId),
      [t.whenAndWhere(one), ...span],
      used.length === 0 ? t.yesOrNo(false) : used.map((position) => t.whenAndWhere(position)),
      ends.map((end) => `${t.label('cause', end.data.cause)}, ${t.whenAndWhere(end)}`),
    ];
  });
  return section(heading(3, t.say({ fr: 'Procurations', en: 'Proxies' })), table(head, rows));
}
