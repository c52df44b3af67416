import type { Charter, Result } from '#contracts';
import { addMs, DAY_MS } from '#kernel';
import type { Id, Instant } from '#kernel';
import { isOptionMethod } from './evaluate/index.js';
import type { MethodChoice } from './strength.js';
import type { DeliberationState, Proposal, Round, RoundPolicy } from './state.js';

/** The rounds of a proposal in their order, on one version or on all. */
export function roundsOf(state: DeliberationState, proposal: Proposal, version?: number): readonly Round[] {
  return proposal.rounds
    .map((roundId: Id) => state.rounds.get(roundId))
    .filter((round) => round !== undefined)
    .filter((round) => version === undefined || round.version === version);
}

/**
 * The rounds that asked a version, or, of a choice before one is selected, that set of options: with any version the set is
 * another. That a version was selected does not count as an asking of it (part 1, 4.2 f).
 */
export function roundsAsking(state: DeliberationState, proposal: Proposal, version: number): readonly Round[] {
  const rounds = roundsOf(state, proposal, version);
  return proposal.selected === undefined ? rounds : rounds.filter(({ policy }) => !isOptionMethod(policy.method));
}

/** When a version is asked, and under which charter. */
export interface Asking {
  readonly at: Instant;
  readonly charter: Pick<Charter, 'resolutionDays'>;
}

/**
 * Whether a version may be asked (part 1, 4.2), by its rounds so far: when it never was, or again (a) once after a lack
 * of quorum or of answers, (b) after a cancelled electorate, (c) after silent consent that came back, (d) by the fallback,
 * (e) within `repairDays` after a re-evaluation.
 */
export function mayBeAsked(rounds: readonly Round[], asking: Asking): boolean {
  if (rounds.some(({ reevaluated }) => reevaluated && asking.at <= reevaluated.askUntil)) return true;
  const last = rounds.at(-1);
  const result = last?.closed?.result;
  if (!last || result === 'cancelled:electorate' || isSilenceReturned(last)) return true;
  if (fallsBack(last.policy, result)) return isFallbackDue(last, asking);
  return isUnanswered(result) && !rounds.slice(0, -1).some(({ closed }) => isUnanswered(closed?.result));
}

function isUnanswered(result: Result | undefined): boolean {
  return result === 'inconclusive:quorum' || result === 'inconclusive:silence';
}

/** Whether a fallback follows a round: after M1 that did not adopt, after M2 and M3 that were blocked. */
export function fallsBack({ method, fallback }: RoundPolicy, result: Result | undefined): boolean {
  return fallback !== undefined && result === (method === 'consent' ? 'not-adopted' : 'blocked');
}

/** At once after M1; after a block once the `resolutionDays` for resolution meetings have passed. */
function isFallbackDue({ policy, closed }: Round, { at, charter }: Asking): boolean {
  if (!closed || policy.method === 'consent') return true;
  return at > addMs(closed.closedAt, charter.resolutionDays * DAY_MS);
}

/** The fallback of the round that fell back on this version: every later asking of it is by that. */
export function fallbackOf(rounds: readonly Round[]): MethodChoice | undefined {
  return rounds.find(({ policy, closed }) => fallsBack(policy, closed?.result))?.policy.fallback;
}

/** 1 + the earlier consent rounds of the proposal that came back for integration; other rounds do not count. */
export function attemptOf(rounds: readonly Round[]): number {
  return 1 + rounds.filter(isReturned).length;
}

export function isReturned({ policy, closed }: Round): boolean {
  return policy.method === 'consent' && closed?.result === 'returned-for-integration';
}

/** Silence was not enough: the next round of the proposal is by consent (part 1, 4.5, M8). */
export function isSilenceReturned({ policy, closed }: Round): boolean {
  return policy.method === 'silent-consent' && closed?.result === 'returned-for-integration';
}
