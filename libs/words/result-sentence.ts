import type { Outcome, Tallies } from '#contracts';
import { labelOf } from './label.js';
import type { Language, Texts } from './label.js';

/** One and several of something that is counted. */
interface Counted {
  readonly one: Texts;
  readonly several: Texts;
}

const TALLIES: Readonly<Record<keyof Tallies, Counted>> = {
  agree: { one: { fr: 'accord', en: 'agreement' }, several: { fr: 'accords', en: 'agreements' } },
  concern: {
    one: { fr: 'accord avec réserve', en: 'agreement with a concern' },
    several: { fr: 'accords avec réserve', en: 'agreements with a concern' },
  },
  abstain: { one: { fr: 'abstention', en: 'abstention' }, several: { fr: 'abstentions', en: 'abstentions' } },
  standAside: {
    one: { fr: 'mise à l’écart', en: 'stand-aside' },
    several: { fr: 'mises à l’écart', en: 'stand-asides' },
  },
  against: { one: { fr: 'contre', en: 'against' }, several: { fr: 'contre', en: 'against' } },
  object: { one: { fr: 'objection', en: 'objection' }, several: { fr: 'objections', en: 'objections' } },
  block: { one: { fr: 'blocage', en: 'block' }, several: { fr: 'blocages', en: 'blocks' } },
  reclassified: {
    one: { fr: 'objection requalifiée en réserve', en: 'objection reclassified as a concern' },
    several: { fr: 'objections requalifiées en réserves', en: 'objections reclassified as concerns' },
  },
  ballots: { one: { fr: 'bulletin', en: 'ballot' }, several: { fr: 'bulletins', en: 'ballots' } },
};
const PARTNERS: Counted = {
  one: { fr: 'partenaire', en: 'partner' },
  several: { fr: 'partenaires', en: 'partners' },
};
const COLLEGES: Counted = { one: { fr: 'collège', en: 'college' }, several: { fr: 'collèges', en: 'colleges' } };

/** Why a round ended as it did, in one sentence made of the outcome's fields alone (part 1, 4.3). */
export function resultSentence(outcome: Outcome, language: Language): string {
  const { result, appliedMethod } = outcome;
  const method = labelOf('method', appliedMethod, language);
  const lead = `${capital(labelOf('result', result, language))} (${method})`;
  const clauses = [participation(outcome), thresholds(outcome), remarks(outcome)]
    .flatMap((texts) => texts.map((text) => text[language]))
    .join(language === 'fr' ? ' ; ' : '; ');
  return `${lead}${language === 'fr' ? ' : ' : ': '}${clauses}.`;
}

function participation({ participation: took, eligible, deemed, silent, tallies }: Outcome): Texts[] {
  const said = (Object.keys(TALLIES) as (keyof Tallies)[]).filter((name) => tallies[name] > 0);
  const list = both((language) => {
    const parts = said.map((name) => counted(tallies[name], TALLIES[name], language));
    return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
  });
  return [
    {
      fr: `${took} ${took > 1 ? 'positions' : 'position'} sur ${counted(eligible, PARTNERS, 'fr')}${list.fr}`,
      en: `${took} ${took === 1 ? 'position' : 'positions'} of ${counted(eligible, PARTNERS, 'en')}${list.en}`,
    },
    ...(deemed > 0
      ? [{ fr: `${deemed} ${deemed > 1 ? 'réputés' : 'réputé'} d’accord`, en: `${deemed} deemed to agree` }]
      : []),
    ...(silent > 0 ? [{ fr: `${silent} sans réponse`, en: `${silent} without an answer` }] : []),
  ];
}

function thresholds({ quorumRequired: quorum, participation: took, minFavourRequired, expressed }: Outcome): Texts[] {
  const texts: Texts[] = [];
  if (quorum !== null) {
    const isReached = took >= quorum;
    texts.push({
      fr: `quorum de ${quorum} ${isReached ? 'atteint' : 'non atteint'}`,
      en: `quorum of ${quorum} ${isReached ? 'reached' : 'not reached'}`,
    });
  }
  if (minFavourRequired !== null) {
    texts.push({
      fr: `au moins ${counted(minFavourRequired, TALLIES.agree, 'fr')} ${minFavourRequired > 1 ? 'exigés' : 'exigé'}`,
      en: `at least ${counted(minFavourRequired, TALLIES.agree, 'en')} required`,
    });
  }
  if (expressed !== null)
    texts.push({ fr: `${expressed} ${expressed > 1 ? 'exprimés' : 'exprimé'}`, en: `${expressed} expressed` });
  return texts;
}

function remarks({ collegesAgainst, dissent, selected, notCounted }: Outcome): Texts[] {
  const texts: Texts[] = [];
  if (collegesAgainst.length > 0) {
    texts.push(both((language) => `${counted(collegesAgainst.length, COLLEGES, language)} ${AGAINST[language]}`));
  }
  if (dissent.length > 0) {
    texts.push(both((language) => `${counted(dissent.length, PARTNERS, language)} ${DISSENT[language]}`));
  }
  if (selected === 'status-quo') texts.push({ fr: 'le statu quo est choisi', en: 'the status quo is chosen' });
  if (notCounted.length > 0) {
    const [count, isOne] = [notCounted.length, notCounted.length === 1];
    texts.push({
      fr: `${count} ${isOne ? 'position non comptée' : 'positions non comptées'}`,
      en: `${count} ${isOne ? 'position' : 'positions'} not counted`,
    });
  }
  return texts;
}

const AGAINST: Texts = { fr: 'contre', en: 'against' };
const DISSENT: Texts = { fr: 'en désaccord, inscrit au registre', en: 'dissenting, on the register' };

/** French takes the singular up to one, English for one alone. */
function counted(count: number, { one, several }: Counted, language: Language): string {
  const isOne = language === 'fr' ? count < 2 : count === 1;
  return `${count} ${(isOne ? one : several)[language]}`;
}

function both(text: (language: Language) => string): Texts {
  return { fr: text('fr'), en: text('en') };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
