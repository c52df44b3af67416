import {
  BLOCK_KINDS,
  CLOSINGS,
  DECISION_TYPES,
  METHODS,
  NOTIFICATION_CHANNELS,
  OBJECTION_KINDS,
  OUTCOME_FIELDS,
  PARTNER_KINDS,
  POSITION_VALUES,
  POWERS,
  RESOURCE_KIND_TABLE,
  REVIEW_OUTCOMES,
  contextOf,
  events,
  isEventType,
} from '#contracts';
import type { Fields, Outcome } from '#contracts';
import { labelOf } from './label.js';
import type { WordList } from './label.js';
import { resultSentence } from './result-sentence.js';
import words from './words.json' with { type: 'json' };

const results = OUTCOME_FIELDS['result'];
const RESULTS = results?.is === 'enum' ? results.values : [];
const UNITS = RESOURCE_KIND_TABLE.flatMap(({ units }): readonly string[] => (units === 'currency' ? [] : units));

const deliberation = Object.fromEntries(Object.entries(events).filter(([type]) => isOfDeliberation(type)));

function isOfDeliberation(type: string): boolean {
  return isEventType(type) && contextOf(type) === 'deliberation';
}

/** The values that a public field of that name has in any event of deliberation, or in one. */
function valuesOf(field: string, ...types: readonly string[]): readonly string[] {
  const found = Object.entries(deliberation).filter(([type]) => types.length === 0 || types.includes(type));
  return found.flatMap(([, definition]) => {
    const one = (definition.public as Fields)[field];
    return one?.is === 'enum' ? one.values : [];
  });
}

describe('the catalogue of words', () => {
  test.each<[WordList, readonly string[]]>([
    ['method', METHODS],
    ['result', RESULTS],
    ['decisionType', DECISION_TYPES],
    ['position', POSITION_VALUES],
    ['objectionKind', [...OBJECTION_KINDS, ...BLOCK_KINDS]],
    ['closing', CLOSINGS],
    ['partnerKind', PARTNER_KINDS],
    ['power', POWERS],
    ['kind', RESOURCE_KIND_TABLE.map(({ kind }) => kind)],
    ['unit', UNITS],
    ['event', Object.keys(deliberation)],
    ['cause', valuesOf('cause')],
    ['channel', [...valuesOf('channel', 'PositionTaken'), 'on-behalf']],
    ['notification', [...NOTIFICATION_CHANNELS, ...valuesOf('status', 'PartnerNotified')]],
    ['means', valuesOf('means')],
    ['form', valuesOf('form')],
    ['reviewOutcome', [...REVIEW_OUTCOMES, 'none']],
  ])('has words in both languages for each %s', (list, values) => {
    expect(values.length).toBeGreaterThan(2);
    for (const language of ['fr', 'en'] as const) {
      const missing = values.filter((value) => labelOf(list, value, language).trim() === '');
      expect(missing).toEqual([]);
    }
    if (list !== 'kind') expect(Object.keys(words[list])).toEqual(expect.arrayContaining([...values]));
  });

  it('leaves a value without words as it stands', () => {
    expect(labelOf('unit', 'EUR', 'fr')).toBe('EUR');
  });
});

const none = { agree: 0, concern: 0, abstain: 0, standAside: 0, against: 0, object: 0, block: 0, reclassified: 0 };
const adopted: Outcome = {
  result: 'adopted',
  appliedMethod: 'consent',
  eligible: 8,
  participation: 5,
  deemed: 2,
  silent: 1,
  quorumRequired: 5,
  minFavourRequired: null,
  expressed: null,
  tallies: { ...none, agree: 4, concern: 1, ballots: 0 },
  collegesAgainst: [],
  dissent: [],
  selected: null,
  ranking: [],
  counted: [],
  notCounted: [],
};

describe('the sentence of a result', () => {
  it('tells the result, the method, who answered, and the thresholds', () => {
    expect(resultSentence(adopted, 'fr')).toBe(
      'Adopté (consentement) : 5 positions sur 8 partenaires (4 accords, 1 accord avec réserve) ; 2 réputés d’accord ; 1 sans réponse ; quorum de 5 atteint.',
    );
    expect(resultSentence(adopted, 'en')).toBe(
      'Adopted (consent): 5 positions of 8 partners (4 agreements, 1 agreement with a concern); 2 deemed to agree; 1 without an answer; quorum of 5 reached.',
    );
  });

  it('says of a missed quorum that it was not reached, and what was not counted', () => {
    const missed: Outcome = {
      ...adopted,
      result: 'inconclusive:quorum',
      appliedMethod: 'simple-majority',
      participation: 1,
      deemed: 0,
      silent: 7,
      minFavourRequired: 2,
      expressed: 1,
      tallies: { ...none, against: 1, ballots: 0 },
      notCounted: [{ positionId: 'a'.repeat(26) as Outcome['counted'][number], why: 'late' }],
    };
    expect(resultSentence(missed, 'fr')).toBe(
      'Sans résultat, faute de quorum (majorité simple des exprimés) : 1 position sur 8 partenaires (1 contre) ; 7 sans réponse ; quorum de 5 non atteint ; au moins 2 accords exigés ; 1 exprimé ; 1 position non comptée.',
    );
  });

  it('names dissent and colleges against', () => {
    const id = 'a'.repeat(26) as Outcome['dissent'][number];
    const text = resultSentence({ ...adopted, dissent: [id], collegesAgainst: [id, id] }, 'en');
    expect(text).toContain('2 colleges against; 1 partner dissenting, on the register.');
  });
});
