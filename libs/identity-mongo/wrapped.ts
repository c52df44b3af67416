import { IdentityFailed } from '#identity';

/** Runs what asks the server; errors of the driver leave as those of the port. */
export async function wrapped<T>(work: () => PromiseLike<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new IdentityFailed('the identity store failed', { cause });
  }
}
