/** An instant in UTC with milliseconds, `2026-11-21T21:00:00.000Z`; text order is time order. */
export type Instant = string;
/** A calendar day, `YYYY-MM-DD`; text order is time order. */
export type Day = string;

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d:\d\d\.\d{3}Z$/;
const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;

/** True for a real instant of the years 1900 to 2199 in the exact form of `Instant`. */
export function isInstant(text: unknown): text is Instant {
  if (typeof text !== 'string' || !INSTANT.test(text) || !yearAllowed(text)) return false;
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && new Date(ms).toISOString() === text;
}

/** True for a real day of the years 1900 to 2199. */
export function isDay(text: unknown): text is Day {
  return typeof text === 'string' && DAY.test(text) && isInstant(`${text}T00:00:00.000Z`);
}

function yearAllowed(text: string): boolean {
  const year = Number(text.slice(0, 4));
  return year >= 1900 && year <= 2199;
}

export function toMs(instant: Instant): number {
  return Date.parse(instant);
}

export function fromMs(ms: number): Instant {
  return new Date(ms).toISOString();
}

export function addMs(instant: Instant, ms: number): Instant {
  return fromMs(toMs(instant) + ms);
}

export function addHours(instant: Instant, hours: number): Instant {
  return addMs(instant, hours * HOUR_MS);
}

/** Whole milliseconds from `earlier` to `later`. */
export function msBetween(earlier: Instant, later: Instant): number {
  return toMs(later) - toMs(earlier);
}

export function addDays(day: Day, days: number): Day {
  return fromMs(toMs(`${day}T00:00:00.000Z`) + days * DAY_MS).slice(0, 10);
}

/** The same day of a later month, or that month's last day when it has no such day (31 January + 1 = 28 February). */
export function addMonths(day: Day, months: number): Day {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const index = year * 12 + (month - 1) + months;
  const lastDate = new Date(Date.UTC(Math.floor(index / 12), (index % 12) + 1, 0)).getUTCDate();
  return new Date(Date.UTC(Math.floor(index / 12), index % 12, Math.min(date, lastDate))).toISOString().slice(0, 10);
}

export function isTimeZone(zone: string): boolean {
  try {
    quarterOf(0, zone);
    return true;
  } catch {
    return false;
  }
}

/** The day on which an instant falls in a time zone of the IANA database. */
export function dayOf(instant: Instant, zone: string): Day {
  const ms = toMs(instant);
  const { offsetMs, day } = quarterOf(ms, zone);
  return day ?? fromMs(ms + offsetMs).slice(0, 10);
}

/** What a clock on the wall of a time zone shows at an instant, and how far it is ahead of UTC. */
export function wallClock(
  instant: Instant,
  zone: string,
): { readonly day: Day; readonly time: string; readonly aheadMs: number } {
  const ms = toMs(instant);
  const { offsetMs } = quarterOf(ms, zone);
  const wall = fromMs(ms + offsetMs);
  return { day: wall.slice(0, 10), time: wall.slice(11, 16), aheadMs: offsetMs };
}

/** The last day of what is over at an instant: the day before, for what is over at 00:00. */
export function lastDayOf(until: Instant, zone: string): Day {
  return dayOf(fromMs(toMs(until) - 1), zone);
}

/** A stated day as its event keeps it: absent when it is the day of recording (part 1, 6.2). */
export function statedDay(occurredOn: Day | undefined, today: Day): Day | undefined {
  return occurredOn === today ? undefined : occurredOn;
}

/** 00:00 of a day in a time zone; where a change of clock skips midnight, the first instant of that day. */
export function startOfDay(day: Day, zone: string): Instant {
  const wall = toMs(`${day}T00:00:00.000Z`);
  let ms = wall - quarterOf(wall, zone).offsetMs;
  ms = wall - quarterOf(ms, zone).offsetMs;
  // A second look finds the offset on the near side of a change; a skipped midnight leaves the day before.
  while (dayOf(fromMs(ms), zone) < day) ms += QUARTER_MS;
  return fromMs(ms);
}

/** 00:00 after a last day: the instant from which that day is over. */
export function endOfDay(day: Day, zone: string): Instant {
  return startOfDay(addDays(day, 1), zone);
}

const QUARTER_MS = 15 * 60_000;
const MAX_CACHED_QUARTERS = 4096;
const formats = new Map<string, Intl.DateTimeFormat>();
const quarters = new Map<string, Quarter>();

/** A quarter hour in a zone. Zones change on quarter hours at most. */
interface Quarter {
  readonly offsetMs: number;
  /** The day of all its instants; none where an offset of old times, with its seconds, lets a day end within it. */
  readonly day: Day | undefined;
}

function quarterOf(ms: number, zone: string): Quarter {
  const number = Math.floor(ms / QUARTER_MS);
  const key = `${zone} ${String(number)}`;
  const known = quarters.get(key);
  if (known) return known;
  const from = number * QUARTER_MS;
  const offsetMs = zone === 'UTC' ? 0 : offsetAt(from, zone);
  const isEven = offsetMs % QUARTER_MS === 0;
  const quarter = { offsetMs, day: isEven ? fromMs(from + offsetMs).slice(0, 10) : undefined };
  if (quarters.size >= MAX_CACHED_QUARTERS) quarters.clear();
  quarters.set(key, quarter);
  return quarter;
}

/** Between equal offsets a day apart nothing changed: no zone ever changed its clock twice within three days. */
function offsetAt(ms: number, zone: string): number {
  const from = Math.floor(ms / DAY_MS) * DAY_MS;
  const offsetMs = offsetOnDay(from, zone);
  return offsetMs === offsetOnDay(from + DAY_MS, zone) ? offsetMs : measureOffset(ms, zone);
}

const MAX_CACHED_DAYS = 4096;
const days = new Map<string, number>();

/** The offset at 00:00 UTC of a day. */
function offsetOnDay(ms: number, zone: string): number {
  const key = `${zone} ${String(ms)}`;
  const known = days.get(key);
  if (known !== undefined) return known;
  const offsetMs = measureOffset(ms, zone);
  if (days.size >= MAX_CACHED_DAYS) days.clear();
  days.set(key, offsetMs);
  return offsetMs;
}

function measureOffset(ms: number, zone: string): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    if (formats.size >= 64) formats.clear();
    formats.set(zone, format);
  }
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(ms)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - ms;
}
