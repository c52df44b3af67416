import { resolveAsOf } from './as-of.js';
import type { AsOfQuery } from './as-of.js';

// Entries 0 to 5, recorded at these instants; Paris is one hour ahead of UTC in March until the 29th.
const recorded = [
  '2026-03-01T12:00:00.000Z',
  '2026-03-02T22:59:59.999Z',
  '2026-03-02T23:00:00.000Z',
  '2026-03-05T08:00:00.000Z',
  '2026-03-05T08:00:00.000Z',
  '2026-03-09T08:00:00.000Z',
];
const present = {
  head: { seq: 5, at: '2026-03-09T08:00:00.000Z' },
  today: '2026-03-10',
  timeZone: 'Europe/Paris',
  atOf: async (seq: number) => recorded[seq] ?? '',
};
const resolve = (query: AsOfQuery) => resolveAsOf(query, present);
const timeZone = 'Europe/Paris';

describe('as of', () => {
  it.each<[AsOfQuery, string, number]>([
    [{}, '2026-03-10', 5],
    [{ trueOn: '2026-03-03' }, '2026-03-03', 5],
    [{ trueOn: '2030-01-01' }, '2030-01-01', 5],
    [{ knownAt: '3' }, '2026-03-10', 3],
    [{ knownAt: '0', trueOn: '2026-03-01' }, '2026-03-01', 0],
    [{ knownAt: '2026-03-05T08:00:00Z' }, '2026-03-10', 4],
    [{ knownAt: '2026-03-05T09:00:00.000+01:00' }, '2026-03-10', 4],
    [{ knownAt: '2026-03-05T07:59:59.999Z' }, '2026-03-10', 2],
    [{ knownAt: '2026-02-01T00:00:00Z' }, '2026-03-10', -1],
    [{ knownAt: '2027-01-01T00:00:00Z' }, '2026-03-10', 5],
    [{ at: '3' }, '2026-03-05', 3],
    [{ at: '2' }, '2026-03-03', 2],
    [{ at: '2026-03-02' }, '2026-03-02', 1],
    [{ at: '2026-03-03' }, '2026-03-03', 2],
    [{ at: '2026-03-10' }, '2026-03-10', 5],
    [{ at: '2026-02-28' }, '2026-02-28', -1],
  ])('%j is true on %s, known at %d', async (query, trueOn, knownAt) => {
    expect(await resolve(query)).toEqual({ trueOn, knownAt, timeZone });
  });

  it.each<[AsOfQuery, string, string]>([
    [{ at: '6' }, 'AT_IN_FUTURE', 'at'],
    [{ at: '2026-03-11' }, 'AT_IN_FUTURE', 'at'],
    [{ knownAt: '6' }, 'SEQ_AHEAD_OF_HEAD', 'knownAt'],
    [{ at: '3', trueOn: '2026-03-01' }, 'PARAMETER_INVALID', 'at'],
    [{ at: '3', knownAt: '3' }, 'PARAMETER_INVALID', 'at'],
    [{ at: '03' }, 'PARAMETER_INVALID', 'at'],
    [{ at: '' }, 'PARAMETER_INVALID', 'at'],
    [{ at: '2026-02-30' }, 'PARAMETER_INVALID', 'at'],
    [{ at: '2026-03-01T00:00:00Z' }, 'PARAMETER_INVALID', 'at'],
    [{ trueOn: '3' }, 'PARAMETER_INVALID', 'trueOn'],
    [{ trueOn: '1899-12-31' }, 'PARAMETER_INVALID', 'trueOn'],
    [{ knownAt: '-1' }, 'PARAMETER_INVALID', 'knownAt'],
    [{ knownAt: '2026-03-01' }, 'PARAMETER_INVALID', 'knownAt'],
    [{ knownAt: '2026-03-01T00:00:00' }, 'PARAMETER_INVALID', 'knownAt'],
    [{ knownAt: '2026-13-01T00:00:00Z' }, 'PARAMETER_INVALID', 'knownAt'],
  ])('%j is refused as %s', async (query, fault, parameter) => {
    expect(await resolve(query)).toEqual({ fault, parameter });
  });
});
