import { event } from '#contracts';
import type { Closing, DomainEvent } from '#contracts';
import type { Instant } from '#kernel';
import { evaluate, EVALUATOR_VERSION, inputHash } from './evaluate/index.js';
import { counted, electors, isContestless, liveObjections, reachesFloor } from './round.js';
import { snapshotAt } from './snapshot.js';
import type { DeliberationState, Objection, Round } from './state.js';

/** `RoundClosed` as of an instant: its outcome is `evaluate` of the events before it (part 1, 4.3). */
export function roundClosed(state: DeliberationState, round: Round, closing: Closing, at: Instant): DomainEvent {
  const snapshot = snapshotAt(state, round, closing, at);
  return event('RoundClosed', {
    roundId: round.roundId,
    closing,
    closedAt: at,
    outcome: evaluate(snapshot),
    evaluatorVersion: EVALUATOR_VERSION,
    inputHash: inputHash(snapshot),
  });
}

/**
 * Why an open round must close in this commit, if it must (part 1, 4.4: e, d, c, b). Whether `minOpenHours` had passed is
 * asked of the last event, not of the clock: when they pass after it, the closing is a due event as of that instant.
 */
export function closingNow(state: DeliberationState, round: Round): Closing | undefined {
  const proposal = state.proposals.get(round.proposalId);
  if (proposal?.status === 'withdrawn') return 'withdrawn';
  if (proposal && proposal.versions.length > round.versionCount) return 'version';
  if (!reachesFloor(electors(round), round.floor)) return 'electorate';
  if (isContestless(round) && liveObjections(state, round).some(({ reasonGiven }) => reasonGiven)) return 'objection';
  return isComplete(state, round, (deadline) => state.lastAt > deadline) ? 'complete' : undefined;
}

/**
 * `minOpenHours` are over, every partner of E has a counted position, and neither an orphaned objection, nor a sponsor, nor a
 * reason under silent consent is awaited.
 */
export function isComplete(state: DeliberationState, round: Round, isOver: (deadline: Instant) => boolean): boolean {
  if (!isOver(round.minOpenUntil)) return false;
  if (state.proposals.get(round.proposalId)?.sponsorBy !== undefined) return false;
  if (round.objections.some((id) => state.objections.get(id)?.status === 'orphaned')) return false;
  const { electors: remaining, byPartner } = counted(round);
  return byPartner.size === remaining.length && !awaitsReason(state, round, isOver);
}

function awaitsReason(state: DeliberationState, round: Round, isOver: (deadline: Instant) => boolean): boolean {
  const awaited = ({ reasonGiven, reasonDueAt }: Objection) =>
    !reasonGiven && reasonDueAt !== undefined && !isOver(reasonDueAt);
  return isContestless(round) && liveObjections(state, round).some(awaited);
}
