import { countingTold, STATUS_QUO } from '#deliberation';
import type { CountingTold } from '#deliberation';
import type { ToldEvent } from '#engine';
import { heading, section, table } from './document.js';
import type { Block, Cell } from './document.js';
import type { MinutesTelling } from './minutes-telling.js';
import type { Story } from './story.js';

/** Ballots of each partner, how they were counted, what was selected and in which order the options came (part 1, 4.5, M10). */
export function ballots(t: MinutesTelling, { data }: ToldEvent<'RoundOpened'>, round: Story): readonly Block[] {
  const options = data.options;
  if (options.length === 0) return [];
  const withBallot = round.positions.filter((position) => position.data.ballot !== undefined);
  const head = t.heads(
    { fr: 'Partenaire', en: 'Partner' },
    { fr: 'Bulletin', en: 'Ballot' },
    { fr: 'Inscription', en: 'Entry' },
  );
  const rows = withBallot.map((position): Cell[] => [
    t.partner(position.data.partnerId),
    (position.data.ballot ?? []).map(({ optionId, score }) => `${t.option(optionId, options)} = ${score}`).join(', '),
    t.entry(position),
  ]);
  return [
    ...section(heading(3, t.say({ fr: 'Bulletins', en: 'Ballots' })), table(head, rows)),
    ...counting(t, data, round),
  ];
}

function counting(
  t: MinutesTelling,
  { options, policy }: ToldEvent<'RoundOpened'>['data'],
  round: Story,
): readonly Block[] {
  const outcome = round.first('RoundClosed')?.data.outcome;
  // Without a quorum, or a ballot, nothing was compared.
  if (outcome?.result !== 'selected' && outcome?.result !== 'inconclusive:tie') return [];
  const scores = outcome.counted.flatMap((id) => {
    const ballot = round.positionOf(id)?.data.ballot;
    return ballot ? [new Map(ballot.map(({ optionId, score }) => [optionId, score]))] : [];
  });
  const told = countingTold(policy.method, scores, [...options, STATUS_QUO]);
  return section(heading(3, t.say({ fr: 'Dépouillement', en: 'Counting' })), told ? steps(t, told, options) : []);
}

function steps(t: MinutesTelling, told: CountingTold, options: readonly string[]): readonly Block[] {
  if (told.by === 'turns') {
    const head = t.heads(
      { fr: 'Tour de dépouillement', en: 'Turn of counting' },
      { fr: 'Bulletins par option', en: 'Ballots by option' },
      { fr: 'Issue', en: 'End' },
    );
    const rows = told.turns.map(({ counts, selected, leaving }, place): Cell[] => [
      String(place + 1),
      counts.map(([option, count]) => `${t.option(option, options)} = ${count}`).join(', '),
      selected !== null
        ? `${t.option(selected, options)}${t.colon}${t.say({ fr: 'retenue', en: 'selected' })}`
        : leaving.length > 0
          ? `${leaving.map((option) => t.option(option, options)).join(', ')}${t.colon}${t.say({ fr: 'sort', en: 'leaves' })}`
          : t.say({ fr: 'égalité', en: 'a tie' }),
    ]);
    return table(head, rows);
  }
  const figures =
    told.by === 'sums'
      ? { fr: 'Somme', en: 'Sum' }
      : { fr: 'Mention majoritaire, puis les suivantes', en: 'Majority grade, then the next ones' };
  const head = t.heads({ fr: 'Option', en: 'Option' }, figures);
  return table(
    head,
    told.options.map(([option, all]) => [t.option(option, options), all.join(', ')]),
  );
}
