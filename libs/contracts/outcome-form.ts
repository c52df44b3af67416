import type { NotCountedWhy, Result } from './outcome.js';
import { METHODS } from './enums.js';
import { code, id, int, list, oneOf, record } from './schema.js';
import type { Fields } from './schema.js';

const RESULTS = [
  'adopted',
  'not-adopted',
  'blocked',
  'returned-for-integration',
  'selected',
  'inconclusive:quorum',
  'inconclusive:silence',
  'inconclusive:tie',
  'inconclusive:none-expressed',
  'inconclusive:weak-support',
  'inconclusive:stand-asides',
  'cancelled:electorate',
  'cancelled:withdrawn',
  'superseded-by-version',
] as const satisfies readonly Result[];

const NOT_COUNTED = [
  'removed',
  'late',
  'contested',
  'struck',
  'own-beats-proxy',
  'direct-beats-on-behalf',
  'titular-beats-substitute',
  'later',
] as const satisfies readonly NotCountedWhy[];

/** An option of a round is the id that its versions share, or things as they are. */
export const option = code(/^([a-z2-7]{26}|status-quo)$/, 26);
const count = int(0, 1_000_000);

/** The form of the outcome record (part 1, 4.3): every member is there, and those of `NULL_IN_OUTCOME` may be null. */
export const OUTCOME_FIELDS: Fields = {
  result: oneOf(...RESULTS),
  appliedMethod: oneOf(...METHODS),
  eligible: count,
  participation: count,
  deemed: count,
  silent: count,
  quorumRequired: count,
  minFavourRequired: count,
  expressed: count,
  tallies: record({
    agree: count,
    concern: count,
    abstain: count,
    standAside: count,
    against: count,
    object: count,
    block: count,
    reclassified: count,
    ballots: count,
  }),
  collegesAgainst: list(id(), 10),
  dissent: list(id(), 200),
  selected: option,
  ranking: list(option, 21),
  counted: list(id(), 200),
  notCounted: list(record({ positionId: id(), why: oneOf(...NOT_COUNTED) }), 1_100),
};

export const NULL_IN_OUTCOME: ReadonlySet<string> = new Set([
  'quorumRequired',
  'minFavourRequired',
  'expressed',
  'selected',
]);
