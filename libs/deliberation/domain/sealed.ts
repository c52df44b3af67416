import type { SealedValues } from '#contracts';

/** The named texts of a command, passed on unseen. */
export function named(sealed: SealedValues, ...names: readonly string[]): SealedValues {
  return Object.fromEntries(names.map((name) => [name, sealed[name]]));
}
