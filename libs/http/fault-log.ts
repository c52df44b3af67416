import { Injectable } from '@nestjs/common';

const MAX_LINE = 2_000;

/** Where a stack goes: to the log under the correlation, never into an answer. */
@Injectable()
export class FaultLog {
  constructor(private readonly writeLine: (line: string) => void = (line) => process.stderr.write(`${line}\n`)) {}

  write(correlation: string, fault: unknown): void {
    const stack = fault instanceof Error ? (fault.stack ?? fault.message) : inspected(fault);
    const cause = fault instanceof Error && fault.cause !== undefined ? inspected(fault.cause) : undefined;
    this.writeLine(JSON.stringify({ level: 'error', correlation, stack: stack.slice(0, MAX_LINE), cause }));
  }
}

/** Errors of the driver may come from another realm, where `instanceof` fails. */
function inspected(fault: unknown): string {
  const hasMessage = typeof fault === 'object' && fault !== null && 'message' in fault;
  return String(hasMessage ? fault.message : fault).slice(0, 200);
}
