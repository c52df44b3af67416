import type { Id } from '#kernel';
import type { Log } from '#platform';
import { FORK } from '#views';
import type { ProjectorWatch } from '#views';

/** Writes down what goes wrong with the views, for whichever process moves them on, and tells which ledgers were replaced. */
export function projectorWatch(log: Log, forked?: (alliance: Id, seq: number) => void): ProjectorWatch {
  return {
    parked: (alliance, view, { seq, cause }) => {
      if (cause === FORK) forked?.(alliance, seq);
      log.error('a view stands still', { alliance, view, seq, stack: cause });
    },
    failed: (alliance, fault) => {
      log.error('a view could not be moved on', { alliance, stack: stackOf(fault) });
    },
    sweepFailed: (fault) => {
      log.error('the sweep of the views failed', { stack: stackOf(fault) });
    },
  };
}

export function stackOf(fault: unknown): string {
  return fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
}
