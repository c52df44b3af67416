import { OutcomeUnknown, StoreFailed } from '#ledger';
import { codeOf, messageOf, OUT_OF_DISK_SPACE } from '#mongo';

/** The port's error for what the server did not do, when nothing of it was written. */
export function storeFailed(what: string, cause: unknown): StoreFailed {
  if (cause instanceof StoreFailed) return cause;
  const code = codeOf(cause) === OUT_OF_DISK_SPACE ? 'STORAGE_FULL' : 'STORAGE_FAILED';
  return new StoreFailed(`${what}: ${messageOf(cause)}`, code, { cause });
}

export function outcomeUnknown(cause: unknown): OutcomeUnknown {
  return new OutcomeUnknown(`append: ${messageOf(cause)}`, { cause });
}

/** Runs what only reads; errors of the driver leave as those of the port, faults of the caller as they are. */
export async function reading<T>(what: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) throw error;
    throw storeFailed(what, error);
  }
}
