import type { Day } from '#kernel';
import type { AdReferendum, Stamp } from './facts.js';

export type Standing = 'pending' | 'refused' | 'in-force';

/**
 * Where terms stand on a day: in force at once, or pending until the body of the one who made them ratified. No answer
 * by `ratifyBy` is a refusal, from the day after, whether or not the clock has noticed (part 2, 1.4).
 */
export function standingOn({ adReferendum, ratified, declined, ratifyBy }: AdReferendum, trueOn: Day): Standing {
  if (!adReferendum || isBy(ratified, trueOn)) return 'in-force';
  if (isBy(declined, trueOn) || (ratifyBy !== undefined && ratifyBy < trueOn)) return 'refused';
  return 'pending';
}

/** Whether something happened up to a day. */
export function isBy(stamp: Pick<Stamp, 'day'> | undefined, trueOn: Day): boolean {
  return stamp !== undefined && stamp.day <= trueOn;
}
