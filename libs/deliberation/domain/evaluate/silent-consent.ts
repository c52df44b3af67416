import type { VotingMethod } from './method.js';

/**
 * M8 silent consent: adopted when no objection with a reason was raised and everybody who kept silent was notified in
 * time. Part 1, 4.5 (lazy consensus of the Apache Software Foundation). No quorum, no least number of agreements.
 */
export const silentConsent: VotingMethod = {
  positions: ['agree', 'agree-with-concern', 'object'],
  parameters: ['noticeDays'],
  refusedRatification: 'object',
  objectionFalls: 'without-reason',
  silenceCounts: ({ closing }) => closing !== 'objection',
  judge: ({ tallies, silent }) => ({
    result: tallies.object >= 1 ? 'returned-for-integration' : silent > 0 ? 'inconclusive:silence' : 'adopted',
    quorumRequired: null,
    minFavourRequired: null,
    expressed: null,
  }),
};
