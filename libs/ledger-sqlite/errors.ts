import type { OutcomeUnknown, StoreFailed } from '#ledger';

const SQLITE_FULL = 13;

export type FailureCode = StoreFailed['code'] | OutcomeUnknown['code'];

/**
 * What SQLite did not do, as the port will call it. The threads know this error alone and load nothing of the ledger
 * but this folder: they have no rules to hold in memory.
 */
export class SqliteFailed extends Error {
  constructor(
    message: string,
    readonly code: FailureCode = 'STORAGE_FAILED',
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Runs what touches the driver; its errors leave as SqliteFailed. */
export function wrapped<T>(what: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw failure(what, error);
  }
}

/** In a test run errors of the driver are not `instanceof Error`: they are known by their code. */
export function failure(what: string, cause: unknown): SqliteFailed {
  if (cause instanceof SqliteFailed) return cause;
  const code = isFull(cause) ? 'STORAGE_FULL' : 'STORAGE_FAILED';
  return new SqliteFailed(`${what}: ${messageOf(cause)}`, code, { cause });
}

/** Extended result codes keep the primary one in their low byte. */
export function isFull(error: unknown): boolean {
  return (errcodeOf(error) & 0xff) === SQLITE_FULL;
}

export function errcodeOf(error: unknown): number {
  const errcode = typeof error === 'object' && error !== null && 'errcode' in error ? error.errcode : undefined;
  return typeof errcode === 'number' ? errcode : 0;
}

export function messageOf(error: unknown): string {
  const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  return String(message);
}
