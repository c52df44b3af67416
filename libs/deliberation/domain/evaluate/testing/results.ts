import type { Method, Result } from '#contracts';

const ENDED = ['cancelled:electorate', 'cancelled:withdrawn', 'superseded-by-version'] as const;
const OF_CONSENSUS = [
  ...ENDED,
  'inconclusive:quorum',
  'blocked',
  'inconclusive:none-expressed',
  'inconclusive:stand-asides',
  'inconclusive:weak-support',
  'adopted',
] as const;
const OF_A_MAJORITY = [
  ...ENDED,
  'inconclusive:quorum',
  'inconclusive:none-expressed',
  'not-adopted',
  'inconclusive:weak-support',
  'adopted',
] as const;
const OF_A_CHOICE = [
  ...ENDED,
  'inconclusive:quorum',
  'inconclusive:none-expressed',
  'inconclusive:tie',
  'selected',
] as const;

/** Every result that a round under a method can have (part 1, 4.3 and 4.5); `not-adopted` by a college, too, where some may be against. */
export const RESULTS = {
  consent: [
    ...ENDED,
    'returned-for-integration',
    'not-adopted',
    'inconclusive:quorum',
    'inconclusive:silence',
    'adopted',
  ],
  consensus: OF_CONSENSUS,
  'consensus-minus-n': [...OF_CONSENSUS, 'not-adopted'],
  unanimity: [...ENDED, 'adopted', 'not-adopted'],
  'simple-majority': [...OF_A_MAJORITY, 'inconclusive:tie'],
  'super-majority': OF_A_MAJORITY,
  'absolute-majority': OF_A_MAJORITY,
  'silent-consent': [...ENDED, 'returned-for-integration', 'inconclusive:silence', 'adopted'],
  'majority-judgment': OF_A_CHOICE,
  score: OF_A_CHOICE,
  dots: OF_A_CHOICE,
  'ranked-irv': OF_A_CHOICE,
} as const satisfies Partial<Readonly<Record<Method, readonly Result[]>>>;

export type WithRounds = keyof typeof RESULTS;
export const WITH_ROUNDS = Object.keys(RESULTS) as readonly WithRounds[];
