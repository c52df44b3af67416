import type { Log } from '#platform';

const MAX_CAUSE = 200;

/** Where a stack goes: to the log under the correlation, never into an answer. */
export class FaultLog {
  constructor(private readonly log: Log) {}

  write(correlation: string, fault: unknown): void {
    const stack = fault instanceof Error ? (fault.stack ?? fault.message) : messageOf(fault);
    const cause = fault instanceof Error && fault.cause !== undefined ? ` cause: ${messageOf(fault.cause)}` : '';
    this.log.error('a request failed', { correlation, stack: `${stack}${cause}` });
  }
}

/** Errors of the driver may come from another realm, where `instanceof` fails. */
function messageOf(fault: unknown): string {
  const hasMessage = typeof fault === 'object' && fault !== null && 'message' in fault;
  return String(hasMessage ? fault.message : fault).slice(0, MAX_CAUSE);
}
