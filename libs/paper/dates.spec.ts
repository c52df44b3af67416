import { fullDay, fullMoment } from './dates.js';

describe('days and instants in full', () => {
  it('name the month in the language, and the first of a month as French does', () => {
    expect(fullDay('2026-08-01', 'fr')).toBe('1er août 2026');
    expect(fullDay('2026-08-21', 'fr')).toBe('21 août 2026');
    expect(fullDay('2026-08-01', 'en')).toBe('1 August 2026');
  });

  it.each([
    [
      '2026-03-02T23:05:30.000Z',
      'Europe/Paris',
      '3 mars 2026 à 0\u00a0h\u00a005 (UTC+1)',
      '3 March 2026 at 00:05 (UTC+1)',
    ],
    [
      '2026-07-02T10:00:00.000Z',
      'Europe/Paris',
      '2 juillet 2026 à 12\u00a0h\u00a000 (UTC+2)',
      '2 July 2026 at 12:00 (UTC+2)',
    ],
    ['2026-07-02T10:00:00.000Z', 'UTC', '2 juillet 2026 à 10\u00a0h\u00a000 (UTC)', '2 July 2026 at 10:00 (UTC)'],
    [
      '2026-07-02T10:00:00.000Z',
      'Pacific/Marquesas',
      '2 juillet 2026 à 0\u00a0h\u00a030 (UTC−9:30)',
      '2 July 2026 at 00:30 (UTC−9:30)',
    ],
  ])('tell %s on the clock of %s, with its distance from UTC', (instant, zone, fr, en) => {
    expect(fullMoment(instant, zone, 'fr')).toBe(fr);
    expect(fullMoment(instant, zone, 'en')).toBe(en);
  });

  it('tell apart the two hours of the night on which clocks go back', () => {
    const [first, second] = ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'];
    expect(fullMoment(first, 'Europe/Paris', 'en')).toBe('25 October 2026 at 02:30 (UTC+2)');
    expect(fullMoment(second, 'Europe/Paris', 'en')).toBe('25 October 2026 at 02:30 (UTC+1)');
  });
});
