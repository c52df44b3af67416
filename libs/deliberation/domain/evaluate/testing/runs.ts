/** How many times a property is tried: `deep` times when the deep suite runs. */
export function runs(normal: number, deep: number): number {
  return process.env['DEEP'] === '1' ? deep : normal;
}

export const PROPERTY_RUNS = { numRuns: runs(300, 20_000) };
