import { countedPositions } from './index.js';
import type { Snapshot, SnapshotPosition } from './index.js';
import { CLOSES_AT, partners, position } from './testing/rounds.js';

const EARLY = '2026-03-03T09:00:00.000Z';
const MIDDLE = '2026-03-04T09:00:00.000Z';
const LATE = '2026-03-05T09:00:00.000Z';

/** Positions of partner p1 alone: `x1`, `x2`, … in `seq` order. */
function ofOnePartner(...differing: readonly Partial<SnapshotPosition>[]) {
  const positions = differing.map((part, index) => position(index + 1, 'agree', { partnerId: 'p1', ...part }));
  return counting({ positions });
}

function counting(part: Partial<Snapshot>) {
  const round = { electorate: partners(3), removals: [], positions: [], closesAt: CLOSES_AT, ...part };
  const { counted, notCounted } = countedPositions(round);
  return {
    counted: counted.map(({ positionId }) => positionId),
    out: notCounted.map(({ positionId, why }) => `${positionId} ${why}`),
  };
}

const onBehalf = (statedAt: string, recordedAt: string): Partial<SnapshotPosition> => ({
  channel: 'on-behalf',
  statedAt,
  recordedAt,
});

describe('counted position, by elimination', () => {
  test('a partner that left the electorate has none, whatever else is wrong with it', () => {
    const positions = [position(1, 'agree', { contested: true }), position(2, 'agree')];
    expect(counting({ positions, removals: [{ partnerId: 'p1', cause: 'recused' }] })).toEqual({
      counted: ['x2'],
      out: ['x1 removed'],
    });
  });

  test('a position of somebody who was never in the electorate does not count', () => {
    expect(counting({ positions: [position(9, 'agree')] })).toEqual({ counted: [], out: ['x9 removed'] });
  });

  test('the instant of closing counts, a millisecond more is late', () => {
    expect(ofOnePartner({ recordedAt: CLOSES_AT }).counted).toEqual(['x1']);
    expect(ofOnePartner({ recordedAt: '2026-03-16T17:00:00.001Z', contested: true }).out).toEqual(['x1 late']);
  });

  test('on behalf, the instant of recording decides whether it is late, not the instant stated', () => {
    expect(ofOnePartner(onBehalf(EARLY, '2026-03-16T17:00:00.001Z')).out).toEqual(['x1 late']);
  });

  test('contested and struck ones go, contested first', () => {
    expect(ofOnePartner({ contested: true, struck: true }, { struck: true }).out).toEqual([
      'x1 contested',
      'x2 struck',
    ]);
  });

  test('an own position, direct or on behalf, puts out those of a proxy holder, however late', () => {
    const proxy = { channel: 'proxy', recordedAt: LATE } as const;
    expect(ofOnePartner({}, proxy)).toEqual({ counted: ['x1'], out: ['x2 own-beats-proxy'] });
    expect(ofOnePartner(onBehalf(EARLY, EARLY), proxy).out).toEqual(['x2 own-beats-proxy']);
    expect(ofOnePartner(proxy)).toEqual({ counted: ['x1'], out: [] });
  });

  test('of two by proxy the latest stays', () => {
    expect(ofOnePartner({ channel: 'proxy' }, { channel: 'proxy', recordedAt: LATE })).toEqual({
      counted: ['x2'],
      out: ['x1 later'],
    });
  });

  test('an own position that is itself out leaves the proxy in place', () => {
    expect(ofOnePartner({ struck: true }, { channel: 'proxy' })).toEqual({ counted: ['x2'], out: ['x1 struck'] });
  });

  test('a direct position at or after the instant stated puts out the one on behalf', () => {
    expect(ofOnePartner({ recordedAt: MIDDLE }, onBehalf(MIDDLE, LATE)).out).toEqual(['x2 direct-beats-on-behalf']);
    expect(ofOnePartner({ recordedAt: LATE }, onBehalf(MIDDLE, LATE)).out).toEqual(['x2 direct-beats-on-behalf']);
  });

  test('a direct position before the instant stated is simply the earlier one', () => {
    expect(ofOnePartner({ recordedAt: EARLY }, onBehalf(MIDDLE, LATE))).toEqual({ counted: ['x2'], out: ['x1 later'] });
  });

  test('a date that stands with a direct position decides nothing', () => {
    const dated = { recordedAt: EARLY, statedAt: LATE } as const;
    expect(ofOnePartner(dated, { recordedAt: MIDDLE })).toEqual({ counted: ['x2'], out: ['x1 later'] });
  });

  test('a titular puts out substitutes, however late', () => {
    const substitute = { standing: 'substitute', recordedAt: LATE } as const;
    expect(ofOnePartner({}, substitute).out).toEqual(['x2 titular-beats-substitute']);
    expect(ofOnePartner(substitute, {}).out).toEqual(['x1 titular-beats-substitute']);
  });

  test('a direct substitute still puts out what a titular said on behalf before', () => {
    expect(ofOnePartner({ standing: 'substitute', recordedAt: LATE }, onBehalf(MIDDLE, LATE))).toEqual({
      counted: ['x1'],
      out: ['x2 direct-beats-on-behalf'],
    });
  });

  test('the latest stays; at equal instants the higher seq', () => {
    expect(ofOnePartner({ recordedAt: LATE }, { recordedAt: EARLY }).out).toEqual(['x2 later']);
    expect(ofOnePartner({}, {}, {}).out).toEqual(['x1 later', 'x2 later']);
  });

  test('on behalf, the moment that counts is the instant stated', () => {
    expect(ofOnePartner(onBehalf(MIDDLE, MIDDLE), onBehalf(EARLY, LATE)).out).toEqual(['x2 later']);
  });

  test('each partner has at most one, and the rest of the round is untouched by it', () => {
    const positions = [position(1, 'agree'), position(2, 'agree'), position(4, 'object', { partnerId: 'p1' })];
    expect(counting({ positions })).toEqual({ counted: ['x2', 'x4'], out: ['x1 later'] });
  });

  test('who has a counted position, for the test of closing', () => {
    const { electors, byPartner } = countedPositions({
      electorate: partners(3),
      removals: [{ partnerId: 'p3' }],
      positions: [position(1, 'agree'), position(2, 'agree')],
      closesAt: CLOSES_AT,
    });
    expect([...byPartner.keys()]).toEqual(electors.map(({ partnerId }) => partnerId));
  });
});
