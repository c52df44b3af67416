import type { VotingMethod } from './method.js';

/**
 * M4 unanimity: adopted when every partner of the electorate explicitly agrees. Part 1, 4.5. No quorum test:
 * abstention, stand-aside, silence and against each prevent it.
 */
export const unanimity: VotingMethod = {
  positions: ['agree', 'agree-with-concern', 'abstain', 'stand-aside', 'against'],
  parameters: [],
  refusedRatification: 'abstain',
  objectionFalls: 'when-all-contest',
  silenceCounts: () => false,
  judge: ({ tallies, eligible }) => ({
    result: tallies.agree + tallies.concern === eligible ? 'adopted' : 'not-adopted',
    quorumRequired: null,
    minFavourRequired: null,
    expressed: null,
  }),
};
