import { event } from '#contracts';
import type { DataOf, DomainEvent } from '#contracts';
import type { Id } from '#kernel';
import { evaluate, EVALUATOR_VERSION, inputHash } from './evaluate/index.js';
import { reevaluatedSnapshot } from './snapshot.js';
import type { Closed, DeliberationState, Round } from './state.js';

/** `evaluate` of the recorded snapshot with what is known of its positions now (part 1, 4.8). */
export function roundReevaluated(
  state: DeliberationState,
  round: Round & { readonly closed: Closed },
  cause: DataOf<'RoundReevaluated'>['cause'],
  positionId: Id,
): DomainEvent {
  const snapshot = reevaluatedSnapshot(state, round);
  return event('RoundReevaluated', {
    ...{ roundId: round.roundId, cause, positionId },
    outcome: evaluate(snapshot),
    evaluatorVersion: EVALUATOR_VERSION,
    inputHash: inputHash(snapshot),
  });
}
