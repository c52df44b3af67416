import fc from 'fast-check';
import { formatAmount, stepOf } from '#contracts';
import type { ContributionCommandName } from '#contracts';
import { A, B, C, D } from './scene.js';

export const PARTNERS = [A, B, C, D];
const ACTS = [
  'promise',
  'give',
  'give',
  'acknowledge',
  'acknowledge',
  'contest',
  'lift',
  'correct',
  'release',
  'reschedule',
  'pledge',
  'withdraw',
  'ratify',
  'ratify',
  'offer',
  'enter',
  'enter',
  'call',
  'call',
  'limit',
  'value',
] as const;

/** One step of a random log: `days` go by, then an act; the other numbers pick among what there is. */
const step = fc.record({
  act: fc.constantFrom(...ACTS),
  days: fc.integer({ min: 0, max: 20 }),
  earlier: fc.integer({ min: 0, max: 30 }),
  pick: fc.nat(1000),
  other: fc.nat(1000),
  percent: fc.integer({ min: 1, max: 100 }),
});
export type Step = (typeof step extends fc.Arbitrary<infer T> ? T : never) & object;
export const steps = fc.array(step, { minLength: 5, maxLength: 80, size: 'max' });
/** Enough for a ledger of 200 events. */
export const longSteps = fc.array(step, { minLength: 600, maxLength: 660, size: 'max' });

export interface Sent {
  readonly name: ContributionCommandName;
  readonly args: object;
}

export function part(amount: bigint, percent: number, unit: string): string {
  const step = stepOf(unit) ?? 1n;
  const share = ((amount * BigInt(percent)) / 100n / step) * step;
  return formatAmount(share > 0n ? share : amount > 0n ? amount : step);
}

export function pickFrom<T>(items: readonly T[], pick: number): T | undefined {
  return items[pick % Math.max(1, items.length)];
}
