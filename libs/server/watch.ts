import type { Log } from '#platform';
import type { ProjectorWatch } from '#views';

/** Writes down what goes wrong with the views, for whichever process moves them on. */
export function projectorWatch(log: Log): ProjectorWatch {
  return {
    parked: (alliance, view, { seq, cause }) => {
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
