import type { Outcome, Tallies } from '#contracts';
import type { ToldEvent } from '#engine';
import type { Fact } from './document.js';
import type { MinutesTelling } from './minutes-telling.js';
import { typeset } from './typography.js';

type Policy = ToldEvent<'RoundOpened'>['data']['policy'];

/** The numbers of an outcome, each with the rule that asks for it, so that a reader can do the sum again (part 1, 4.4 and 4.5). */
export function arithmetic(t: MinutesTelling, outcome: Outcome, policy: Policy): readonly (Fact | undefined)[] {
  const { eligible, participation, deemed, silent, quorumRequired, minFavourRequired, expressed, tallies } = outcome;
  const counts = (Object.keys(tallies) as (keyof Tallies)[]).filter((name) => tallies[name] > 0);
  const { quorum, minFavour } = policy;
  const told = (value: string) => typeset(value, t.language);
  return [
    t.fact({ fr: 'Corps votant à la clôture', en: 'Electorate at the closing' }, String(eligible)),
    t.fact(
      { fr: 'Participation', en: 'Participation' },
      `${participation} + ${t.say({ fr: 'réputés', en: 'deemed' })} ${deemed} + ${t.say({ fr: 'sans réponse', en: 'without an answer' })} ${silent} = ${eligible}`,
    ),
    t.fact(
      { fr: 'Décompte', en: 'Count' },
      counts.map((name) => told(`${t.label('tally', name)} : ${tallies[name]}`)).join(', ') || '0',
    ),
    t.fact(
      { fr: 'Quorum', en: 'Quorum' },
      quorumRequired === null || !quorum
        ? undefined
        : `${share(t, quorum)} ${t.say({ fr: 'de', en: 'of' })} ${eligible} = ${quorumRequired} ; ${participation}`,
    ),
    t.fact(
      { fr: 'Accords exigés', en: 'Agreements required' },
      minFavourRequired === null || !minFavour
        ? undefined
        : `max(${minFavour.least}, ${minFavour.num}/${minFavour.den} ${t.say({ fr: 'de', en: 'of' })} ${eligible}) = ${minFavourRequired} ; ${favour(tallies)}`,
    ),
    t.fact({ fr: 'Exprimés', en: 'Expressed' }, expressed === null ? undefined : String(expressed)),
    t.fact({ fr: 'Règle de la méthode', en: 'Rule of the method' }, ruleOf(t, outcome, policy)),
  ];
}

function share(t: MinutesTelling, { num, den, strict }: { num: number; den: number; strict?: boolean }): string {
  const over = strict === true ? t.say({ fr: 'plus de', en: 'more than' }) : t.say({ fr: 'au moins', en: 'at least' });
  return `${over} ${num}/${den}`;
}

function favour({ agree, concern }: Tallies): number {
  return agree + concern;
}

/** What the method compares, as whole numbers. */
function ruleOf(t: MinutesTelling, outcome: Outcome, policy: Policy): string | undefined {
  const { tallies, eligible, silent, expressed } = outcome;
  const pro = favour(tallies);
  const { agreed, asides, blocks, against, objections } = names(t);
  switch (outcome.appliedMethod) {
    case 'consent':
    case 'silent-consent':
      return `${objections} ${tallies.object} (0) ; ${t.say({ fr: 'sans réponse', en: 'without an answer' })} ${silent} (0)`;
    case 'consensus':
      return `${blocks} ${tallies.block} (0) ; ${agreed} ${pro} > ${asides} ${tallies.standAside}`;
    case 'consensus-minus-n':
      return `${blocks} ${tallies.block} ≤ n = ${policy.n ?? 1} ; ${agreed} ${pro} > ${asides} + ${blocks} ${tallies.standAside + tallies.block}`;
    case 'unanimity':
      return `${agreed} ${pro} = ${eligible}`;
    case 'simple-majority':
      return `${agreed} ${pro} > ${against} ${tallies.against}`;
    case 'absolute-majority':
      return `2 × ${pro} = ${2 * pro} > ${eligible}`;
    case 'super-majority': {
      const { num = 0, den = 1, strict } = policy;
      const base = policy.basis === 'eligible' ? eligible : (expressed ?? 0);
      return `${pro} × ${den} = ${pro * den} ${strict === true ? '>' : '≥'} ${num} × ${base} = ${num * base} (${num}/${den} ${t.label('basis', policy.basis ?? 'expressed')})`;
    }
    default:
      return undefined;
  }
}

function names(t: MinutesTelling) {
  return {
    agreed: t.label('tally', 'agree'),
    asides: t.label('tally', 'standAside'),
    blocks: t.label('tally', 'block'),
    against: t.label('tally', 'against'),
    objections: t.label('tally', 'object'),
  };
}
