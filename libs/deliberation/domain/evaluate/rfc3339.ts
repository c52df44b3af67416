import { isInstant } from '#kernel';
import type { Instant } from '#kernel';

const RFC3339 = /^(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.(\d+))?([Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** An RFC 3339 date-time as an instant in UTC with milliseconds; smaller parts of a second are cut off. */
export function instantFrom(text: string): Instant | undefined {
  const [, day, time, fraction = '', offset] = RFC3339.exec(text) ?? [];
  if (day === undefined || time === undefined || offset === undefined) return undefined;
  const wall = `${day}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}`;
  // The wall time alone must be a real one: Date.parse would move 30 February to March.
  if (!isInstant(`${wall}Z`)) return undefined;
  const instant = new Date(`${wall}${offset.toUpperCase()}`).toISOString();
  return isInstant(instant) ? instant : undefined;
}
