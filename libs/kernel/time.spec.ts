import fc from 'fast-check';
import {
  addDays,
  addHours,
  addMonths,
  dayOf,
  endOfDay,
  isDay,
  isInstant,
  isTimeZone,
  msBetween,
  startOfDay,
} from './time.js';

const runs = process.env['DEEP'] === '1' ? 2_000 : 200;
const days = fc.integer({ min: 0, max: 36_500 }).map((offset) => addDays('1990-01-01', offset));

describe('instants and days', () => {
  it('have one form, of the years 1900 to 2199', () => {
    expect(isInstant('2026-11-21T21:00:00.000Z')).toBe(true);
    for (const text of [
      '2026-11-21T21:00:00Z',
      '2026-11-21T24:00:00.000Z',
      '2026-02-30T00:00:00.000Z',
      '1899-12-31T23:59:59.999Z',
      '2200-01-01T00:00:00.000Z',
      5,
    ]) {
      expect(isInstant(text)).toBe(false);
    }
    expect([isDay('2024-02-29'), isDay('2023-02-29'), isDay('2026-2-1'), isDay('2026-13-01')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-01-31', 2, '2026-03-31'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-01-15', -13, '2024-12-15'],
  ])('%s and %i months is %s', (day, months, later) => {
    expect(addMonths(day, months)).toBe(later);
  });

  it('days can be added over the end of months and years', () => {
    expect([addDays('2024-02-28', 2), addDays('2026-12-31', 1), addDays('2026-03-01', -1)]).toEqual([
      '2024-03-01',
      '2027-01-01',
      '2026-02-28',
    ]);
  });
});

describe('days of a time zone', () => {
  it.each([
    // Paris goes from +01:00 to +02:00 on 29 March 2026 at 02:00, and back on 25 October at 03:00.
    ['2026-03-28', 'Europe/Paris', '2026-03-27T23:00:00.000Z', 24],
    ['2026-03-29', 'Europe/Paris', '2026-03-28T23:00:00.000Z', 23],
    ['2026-03-30', 'Europe/Paris', '2026-03-29T22:00:00.000Z', 24],
    ['2026-10-25', 'Europe/Paris', '2026-10-24T22:00:00.000Z', 25],
    ['2026-10-26', 'Europe/Paris', '2026-10-25T23:00:00.000Z', 24],
    ['2026-06-01', 'Pacific/Noumea', '2026-05-31T13:00:00.000Z', 24],
    ['2026-06-01', 'America/Martinique', '2026-06-01T04:00:00.000Z', 24],
    // Auckland changes when the day of UTC is another one than its own.
    ['2026-04-05', 'Pacific/Auckland', '2026-04-04T11:00:00.000Z', 25],
    ['2026-09-27', 'Pacific/Auckland', '2026-09-26T12:00:00.000Z', 23],
    // São Paulo skipped midnight too, behind UTC.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z', 23],
    ['2026-06-01', 'UTC', '2026-06-01T00:00:00.000Z', 24],
    // Beirut skips midnight: 29 March 2026 begins at 01:00.
    ['2026-03-29', 'Asia/Beirut', '2026-03-28T22:00:00.000Z', 23],
  ])('%s in %s begins at %s and has %i hours', (day, zone, begins, hours) => {
    expect(startOfDay(day, zone)).toBe(begins);
    expect(endOfDay(day, zone)).toBe(addHours(begins, hours));
    expect(dayOf(begins, zone)).toBe(day);
  });

  it('begin at their first instant, whatever the zone and the day', () => {
    const zones = fc.constantFrom(
      'Europe/Paris',
      'Asia/Beirut',
      'Pacific/Noumea',
      'Pacific/Auckland',
      'America/Cayenne',
      'America/Sao_Paulo',
      'UTC',
    );
    fc.assert(
      fc.property(days, zones, (day, zone) => {
        const begins = startOfDay(day, zone);
        expect(dayOf(begins, zone)).toBe(day);
        expect(dayOf(new Date(Date.parse(begins) - 1).toISOString(), zone) < day).toBe(true);
        expect(msBetween(begins, endOfDay(day, zone))).toBeGreaterThan(0);
      }),
      { numRuns: runs },
    );
  });

  it('are those of zones of the IANA database alone', () => {
    expect([isTimeZone('Europe/Paris'), isTimeZone('UTC'), isTimeZone('Europe/Nowhere')]).toEqual([true, true, false]);
  });
});
