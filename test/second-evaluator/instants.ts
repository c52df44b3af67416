const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;
/** The page's instants have milliseconds; smaller parts of a second are cut off (docs/adr/0010). */
const FRACTION_DIGITS = 3;
const TICKS = 10n ** BigInt(FRACTION_DIGITS);
const DAYS_BEFORE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const DAYS_IN = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function leapYearsBefore(year: number): number {
  const last = year - 1;
  return Math.floor(last / 4) - Math.floor(last / 100) + Math.floor(last / 400);
}

function daysTo(year: number, month: number, day: number): number {
  const extra = month > 2 && isLeap(year) ? 1 : 0;
  return year * 365 + leapYearsBefore(year) + (DAYS_BEFORE[month - 1] ?? 0) + extra + day;
}

/** The offset from UTC in seconds: none for `Z`. */
function offsetSeconds(sign = '+', hours = '00', minutes = '00'): number | undefined {
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60;
}

/** Whether there is such a day and such a second of it. */
function exists(year: number, month: number, day: number, [hour = 0, minute = 0, second = 0]: number[]): boolean {
  const monthLength = (DAYS_IN[month - 1] ?? 0) + (month === 2 && isLeap(year) ? 1 : 0);
  return day >= 1 && day <= monthLength && hour <= 23 && minute <= 59 && second <= 59;
}

/** An RFC 3339 instant as a whole number of milliseconds; undefined when the text is none. */
export function instant(text: string): bigint | undefined {
  const match = RFC3339.exec(text);
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, ...time] = match.slice(1, 7).map(Number);
  const [hour = 0, minute = 0, second = 0] = time;
  const offset = offsetSeconds(match[8], match[9], match[10]);
  if (offset === undefined || !exists(year, month, day, time)) return undefined;
  const seconds = daysTo(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset;
  return BigInt(seconds) * TICKS + BigInt((match[7] ?? '').padEnd(FRACTION_DIGITS, '0').slice(0, FRACTION_DIGITS));
}

/** An instant that the form has already let pass. */
export function at(text: string): bigint {
  const value = instant(text);
  if (value === undefined) throw new Error(`no instant: ${text}`);
  return value;
}

export function daysLong(days: number): bigint {
  return BigInt(days) * 86_400n * TICKS;
}
