import type { Outcome } from '#contracts';
import { evaluateVersion1 } from './evaluate.js';
import type { Snapshot } from './snapshot.js';

export { countedPositions } from './counted-positions.js';
export type { Countable, CountablePosition, Counted } from './counted-positions.js';
export { countingTold } from './counting-told.js';
export type { CountingTold } from './counting-told.js';
export { inputHash, policyRead, snapshotText } from './input-hash.js';
export {
  allowsPosition,
  ballotFault,
  hasRounds,
  isOptionMethod,
  objectionFalls,
  refusedRatification,
} from './methods.js';
export { STATUS_QUO } from './option-method.js';
export { readSnapshot } from './read-snapshot.js';
export type { SnapshotFault } from './read-snapshot.js';
export type * from './snapshot.js';

/** The version that `RoundClosed` records today. */
export const EVALUATOR_VERSION = 1;

/** Every version ever recorded stays callable, so that an old outcome can be worked out again. */
export const evaluators: Readonly<Record<number, (snapshot: Snapshot) => Outcome>> = { 1: evaluateVersion1 };

/** `evaluate(snapshot) → outcome` (part 1, 4.3): pure, no clock, integers only. */
export const evaluate: (snapshot: Snapshot) => Outcome = evaluateVersion1;
