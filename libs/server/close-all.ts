import type { Soon } from '#identity';

interface Closing {
  close(): Soon<void>;
}

/** Closes one after the other, each also when one before it failed; then throws the first fault. */
export async function closeAll(parts: readonly Closing[]): Promise<void> {
  const faults: unknown[] = [];
  for (const part of parts) {
    try {
      await part.close();
    } catch (fault) {
      faults.push(fault);
    }
  }
  if (faults.length > 0) throw faults[0];
}
