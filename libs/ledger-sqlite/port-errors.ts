import { OutcomeUnknown, StoreFailed } from '#ledger';
import { failure } from './errors.js';

/** The port's error for what SQLite did not do. */
export function portError(what: string, cause: unknown): StoreFailed | OutcomeUnknown {
  if (cause instanceof StoreFailed) return cause;
  const failed = failure(what, cause);
  const { message, code } = failed;
  if (code === 'OUTCOME_UNKNOWN') return new OutcomeUnknown(message, { cause: failed });
  return new StoreFailed(message, code, { cause: failed });
}

/** Runs what touches the driver; its errors leave as those of the port. */
export function ported<T>(what: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw portError(what, error);
  }
}
