import type { Charter } from '#contracts';
import { DECISION_TYPES } from '#contracts';

const ALL_CONSENT = { method: 'consent', parameters: {}, collegeCondition: false } as const;

/** The base charter of part 1, 3.5, but for what a test says otherwise. */
export function charterWith(changes: Partial<Charter> = {}, policies: Partial<Charter['policies']> = {}): Charter {
  const base = Object.fromEntries(DECISION_TYPES.map((type) => [type, ALL_CONSENT])) as unknown as Charter['policies'];
  return {
    ...{ quorum: { num: 1, den: 2, strict: true }, minFavour: { least: 2, num: 1, den: 4 } },
    ...{ silence: 'not-counted', noticeDays: 7, silenceCeiling: [], roundDays: 14, minOpenHours: 48, maxRounds: 3 },
    ...{ resolutionDays: 14, integrationDays: 14, adviceDays: 5, repairDays: 30, ratifyDays: 90, reviewMonths: 24 },
    ...{ earlyReviewDays: 30, facilitatorMonths: 12, colleges: [], register: 'partners', retentionYears: 10 },
    ...changes,
    policies: {
      ...base,
      dissolution: { ...ALL_CONSENT, method: 'unanimity' },
      structuring: { ...ALL_CONSENT, method: 'unanimity' },
      ...policies,
    },
  };
}
