import { needed } from './method.js';
import type { Count, VotingMethod } from './method.js';
import { quorumRequired } from './thresholds.js';

/**
 * M1 consent: adopted when no objection that qualifies stands, the quorum took position and nobody is silent but those
 * deemed to consent. Part 1, 4.5 (Sociocracy 3.0). Objections count whatever the quorum.
 */
export const consent: VotingMethod = {
  positions: ['agree', 'agree-with-concern', 'object'],
  parameters: ['quorum', 'silence', 'noticeDays', 'maxRounds'],
  refusedRatification: 'object',
  objectionFalls: 'when-all-contest',
  silenceCounts: ({ policy }) => policy.silence === 'consent-if-notified',
  judge: (count) => {
    const quorum = quorumRequired(count);
    return { result: resultOf(count, quorum), quorumRequired: quorum, minFavourRequired: null, expressed: null };
  },
};

function resultOf({ snapshot, tallies, participation, silent }: Count, quorum: number) {
  if (tallies.object >= 1 && snapshot.attempt < needed(snapshot.policy, 'maxRounds')) return 'returned-for-integration';
  if (tallies.object >= 1) return 'not-adopted';
  if (participation < quorum) return 'inconclusive:quorum';
  if (silent > 0) return 'inconclusive:silence';
  return 'adopted';
}
