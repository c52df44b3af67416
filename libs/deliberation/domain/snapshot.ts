import type { Closing } from '#contracts';
import type { Id, Instant } from '#kernel';
import { policyRead } from './evaluate/index.js';
import type { Snapshot, SnapshotObjection, SnapshotPosition } from './evaluate/index.js';
import { optionsAsked } from './options.js';
import { unrepresentedAt } from './representation.js';
import type { Closed, DeliberationState, Position, Round } from './state.js';

interface Ending {
  readonly closing: Closing;
  readonly closesAt: Instant;
  readonly unrepresented: readonly Id[];
  readonly positions: readonly Position[];
}

/**
 * What `evaluate` reads of a round (part 1, 4.3): the recorded snapshot of a closed one; of an open one, what it would
 * be if its deadline passed with no further act.
 */
export function snapshotOf(state: DeliberationState, roundId: Id): Snapshot | undefined {
  const round = state.rounds.get(roundId);
  if (!round) return undefined;
  if (round.closed) return snapshot(state, round, { ...round.closed, closesAt: round.closed.closedAt });
  return snapshotAt(state, round, 'deadline', round.closesAt);
}

/** The recorded snapshot of a closed round, with what is known of its positions now (part 1, 4.8). */
export function reevaluatedSnapshot(state: DeliberationState, round: Round & { readonly closed: Closed }): Snapshot {
  const { closed, positions } = round;
  return snapshot(state, round, { ...closed, closesAt: closed.closedAt, positions });
}

/** The snapshot of an open round that closes at an instant. */
export function snapshotAt(state: DeliberationState, round: Round, closing: Closing, closesAt: Instant): Snapshot {
  const unrepresented = unrepresentedAt(state, round, closesAt);
  return snapshot(state, round, { closing, closesAt, unrepresented, positions: round.positions });
}

function snapshot(state: DeliberationState, round: Round, ending: Ending): Snapshot {
  const { closing, closesAt, unrepresented, positions } = ending;
  return {
    policy: policyRead(round.policy),
    attempt: round.attempt,
    floor: round.floor,
    options: optionsAsked(round),
    closing,
    closesAt,
    electorate: round.electorate.map((elector) => ({
      ...elector,
      deliveredAt: round.deliveredAt[elector.partnerId],
      unrepresented: unrepresented.includes(elector.partnerId),
    })),
    removals: round.removals,
    positions: positions.filter(({ late }) => !late).map(positionOf),
    objections: objectionsOf(state, round),
  };
}

function positionOf(position: Position): SnapshotPosition {
  const { positionId, seq, partnerId, value, ballot, standing, channel, recordedAt, statedAt } = position;
  const { contested, struck, ratification } = position;
  const said = { positionId, seq, partnerId, value, ballot, standing, channel, recordedAt, statedAt };
  return { ...said, contested, struck, ratification };
}

function objectionsOf(state: DeliberationState, round: Round): readonly SnapshotObjection[] {
  const objections: SnapshotObjection[] = [];
  for (const id of round.objections) {
    const objection = state.objections.get(id);
    if (!objection || objection.status === 'late') continue;
    const { objectionId, positionId, partnerId, kind, reasonGiven, notQualified } = objection;
    const saidNotQualifiedBy = round.electorate
      .map((elector) => elector.partnerId)
      .filter((said) => notQualified.includes(said));
    objections.push({ objectionId, positionId, partnerId, kind, reasonGiven, saidNotQualifiedBy });
  }
  return objections;
}
