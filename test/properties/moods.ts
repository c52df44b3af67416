import type { Method, PositionValue, Result } from '#contracts';

export type Weights = Partial<Readonly<Record<PositionValue, number>>>;

export interface Mood {
  readonly turnout: number;
  readonly weights: Weights;
  /** What those that belong to a college say, whatever the others do. */
  readonly ofColleges?: Weights;
  /** Ballots that make no difference between options. */
  readonly isEven?: true;
}

const OPPOSED: Weights = { block: 1, against: 1, ballot: 1 };

/** How partners answer: of one that speaks, the weight of each value; those that the method has no place for fall out. */
const NAMED = {
  agreed: { turnout: 1, weights: { agree: 9, 'agree-with-concern': 1, ballot: 1 } },
  favourable: { turnout: 1, weights: { agree: 6, 'agree-with-concern': 2, abstain: 1, ballot: 6 } },
  divided: {
    turnout: 1,
    weights: { agree: 3, against: 3, 'stand-aside': 2, block: 1, object: 1, abstain: 1, ballot: 3 },
  },
  hostile: { turnout: 1, weights: { agree: 1, against: 4, 'stand-aside': 3, ballot: 1, object: 1 } },
  abstaining: { turnout: 1, weights: { abstain: 1 } },
  lukewarm: { turnout: 0.9, weights: { abstain: 4, agree: 1, ballot: 1 } },
  many: { turnout: 0.8, weights: { agree: 4, against: 1, 'stand-aside': 1, ballot: 4 } },
  objecting: { turnout: 0.7, weights: { object: 2, block: 1, agree: 1, against: 2, ballot: 1 } },
  few: { turnout: 0.2, weights: { agree: 1, abstain: 1, ballot: 1 } },
  even: { turnout: 1, weights: { agree: 3, abstain: 1, against: 3, ballot: 1 }, isEven: true },
  opposed: { turnout: 1, weights: { agree: 9, 'agree-with-concern': 1, ballot: 1 }, ofColleges: OPPOSED },
  silent: { turnout: 0, weights: {} },
} as const satisfies Readonly<Record<string, Mood>>;

export const MOODS: readonly Mood[] = Object.values(NAMED);

/** Moods in which a result is likely. */
export const LIKELY: Partial<Readonly<Record<Result, readonly Mood[]>>> = {
  adopted: [NAMED.agreed, NAMED.favourable],
  selected: [NAMED.agreed],
  'not-adopted': [NAMED.opposed, NAMED.opposed, NAMED.opposed, NAMED.hostile, NAMED.objecting],
  blocked: [NAMED.objecting, NAMED.divided],
  'returned-for-integration': [NAMED.objecting],
  'inconclusive:quorum': [NAMED.few, NAMED.silent],
  'inconclusive:silence': [NAMED.many],
  'inconclusive:tie': [NAMED.even],
  'inconclusive:none-expressed': [NAMED.abstaining],
  'inconclusive:weak-support': [NAMED.lukewarm, NAMED.favourable],
  'inconclusive:stand-asides': [NAMED.hostile],
};

const OF_CONSENSUS = ['agree', 'agree-with-concern', 'abstain', 'stand-aside', 'block'] as const;
const OF_A_MAJORITY = ['agree', 'agree-with-concern', 'abstain', 'against'] as const;
const OF_CONSENT = ['agree', 'agree-with-concern', 'object'] as const;
export const POSITIONS: Partial<Readonly<Record<Method, readonly PositionValue[]>>> = {
  consent: OF_CONSENT,
  consensus: OF_CONSENSUS,
  'consensus-minus-n': OF_CONSENSUS,
  unanimity: ['agree', 'agree-with-concern', 'abstain', 'stand-aside', 'against'],
  'simple-majority': OF_A_MAJORITY,
  'super-majority': OF_A_MAJORITY,
  'absolute-majority': OF_A_MAJORITY,
  'silent-consent': OF_CONSENT,
};
export const OF_A_CHOICE = ['ballot', 'abstain'] as const;
