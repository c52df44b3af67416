import type { Tallies } from '#contracts';
import type { EffectiveValue, Vote } from './method.js';

const TALLY_OF: Readonly<Record<EffectiveValue, keyof Tallies>> = {
  agree: 'agree',
  'agree-with-concern': 'concern',
  abstain: 'abstain',
  'stand-aside': 'standAside',
  against: 'against',
  object: 'object',
  block: 'block',
  reclassified: 'reclassified',
  ballot: 'ballots',
};

/** One partner, one unit: each tally is a number of partners, and no partner weighs more than another. */
export function tallied(votes: readonly Vote[]): Tallies {
  const tallies = {
    agree: 0,
    concern: 0,
    abstain: 0,
    standAside: 0,
    against: 0,
    object: 0,
    block: 0,
    reclassified: 0,
    ballots: 0,
  };
  for (const { value } of votes) tallies[TALLY_OF[value]] += 1;
  return tallies;
}
