import type { Result } from '#contracts';
import type { Id } from '#kernel';
import type { MethodChoice } from './strength.js';
import type { DeliberationState, Proposal, Round } from './state.js';

/** The rounds of a proposal in their order, on one version or on all. */
export function roundsOf(state: DeliberationState, proposal: Proposal, version?: number): readonly Round[] {
  return proposal.rounds
    .map((roundId: Id) => state.rounds.get(roundId))
    .filter((round) => round !== undefined)
    .filter((round) => version === undefined || round.version === version);
}

/**
 * Whether a version may be asked (part 1, 4.2): when it never was, or again (a) once after a lack of quorum or of
 * answers, (b) after a cancelled electorate, (d) by the fallback after a consent round that did not adopt.
 */
export function mayBeAsked(rounds: readonly Round[]): boolean {
  const results = rounds.map(({ closed }) => closed?.result);
  const last = results.at(-1);
  if (results.length === 0 || last === 'cancelled:electorate') return true;
  if (last === 'not-adopted') return rounds.at(-1)?.policy.fallback !== undefined;
  return isUnanswered(last) && !results.slice(0, -1).some(isUnanswered);
}

function isUnanswered(result: Result | undefined): boolean {
  return result === 'inconclusive:quorum' || result === 'inconclusive:silence';
}

/** The fallback of the consent round that did not adopt this version: every later asking of it is by that. */
export function fallbackOf(rounds: readonly Round[]): MethodChoice | undefined {
  const fallen = rounds.find(({ policy, closed }) => policy.fallback && closed?.result === 'not-adopted');
  return fallen?.policy.fallback;
}

/** 1 + the earlier consent rounds of the proposal that came back for integration; other rounds do not count. */
export function attemptOf(rounds: readonly Round[]): number {
  return 1 + rounds.filter(isReturned).length;
}

export function isReturned({ policy, closed }: Round): boolean {
  return policy.method === 'consent' && closed?.result === 'returned-for-integration';
}
