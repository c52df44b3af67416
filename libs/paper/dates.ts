import { wallClock } from '#kernel';
import type { Day, Instant } from '#kernel';
import type { Language } from '#words';

const MONTHS: Readonly<Record<Language, readonly string[]>> = {
  fr: [
    ...['janvier', 'février', 'mars', 'avril', 'mai', 'juin'],
    ...['juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'],
  ],
  en: [
    ...['January', 'February', 'March', 'April', 'May', 'June'],
    ...['July', 'August', 'September', 'October', 'November', 'December'],
  ],
};

/** A day in full: `1er mars 2026`, `1 March 2026`. */
export function fullDay(day: Day, language: Language): string {
  const [year = '', month = '', date = ''] = day.split('-');
  const number = String(Number(date));
  const first = language === 'fr' && number === '1' ? '1er' : number;
  return `${first} ${MONTHS[language][Number(month) - 1] ?? month} ${year}`;
}

/** An instant to the minute on the clock of a time zone, with its distance from UTC, so that no hour is told twice. */
export function fullMoment(instant: Instant, zone: string, language: Language): string {
  const { day, time, aheadMs } = wallClock(instant, zone);
  const [hours = '', minutes = ''] = time.split(':');
  const hour = language === 'fr' ? `à ${String(Number(hours))}\u00a0h\u00a0${minutes}` : `at ${time}`;
  return `${fullDay(day, language)} ${hour} (${fromUtc(aheadMs)})`;
}

function fromUtc(aheadMs: number): string {
  const minutes = Math.round(Math.abs(aheadMs) / 60_000);
  if (minutes === 0) return 'UTC';
  const rest = minutes % 60;
  const hours = `${String((minutes - rest) / 60)}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
  return `UTC${aheadMs < 0 ? '−' : '+'}${hours}`;
}
