import { evaluate } from './index.js';
import type { SnapshotObjection } from './index.js';
import { objection, partners, position, round, said, times } from './testing/rounds.js';

const others = ['p2', 'p3', 'p4', 'p5', 'p6', 'p7', 'p8'];

/** p1 objects, seven agree. */
function objecting(about: Partial<SnapshotObjection>, removals: Parameters<typeof round>[1] = {}) {
  const positions = said('object', ...times(7, 'agree'));
  return evaluate(round('consent', { positions, objections: [objection(1, about)], ...removals }));
}

describe('objections', () => {
  test('one that every other partner says does not qualify is reclassified and stops nothing', () => {
    const outcome = objecting({ saidNotQualifiedBy: others });
    expect(outcome.result).toBe('adopted');
    expect(outcome.tallies).toMatchObject({ agree: 7, object: 0, reclassified: 1 });
  });

  test('one that a single partner does not contest stands', () => {
    expect(objecting({ saidNotQualifiedBy: others.slice(1) }).result).toBe('returned-for-integration');
  });

  test('what the objector says about it does not stand for another partner', () => {
    expect(objecting({ saidNotQualifiedBy: [...others.slice(1), 'p1'] }).result).toBe('returned-for-integration');
  });

  test('the own limits of a partner are never reclassified', () => {
    const outcome = objecting({ kind: 'exceeds-our-limits', saidNotQualifiedBy: others });
    expect(outcome.tallies).toMatchObject({ object: 1, reclassified: 0 });
  });

  test('a partner that left the electorate is not asked', () => {
    const removals = [{ partnerId: 'p8', cause: 'withdrew' } as const];
    expect(objecting({ saidNotQualifiedBy: others.slice(0, 6) }, { removals }).tallies.reclassified).toBe(1);
  });

  test('an objection without any record about it stands', () => {
    expect(evaluate(round('consent', { positions: said('object') })).tallies.object).toBe(1);
  });

  test('an objection in an electorate of one stands: nobody contested it', () => {
    const alone = { electorate: partners(1), floor: { partners: 1, kinds: 1 } };
    const outcome = evaluate(round('consent', { ...alone, positions: said('object'), objections: [objection(1)] }));
    expect(outcome.result).toBe('returned-for-integration');
  });

  test('so does one in an electorate that shrank to one, whatever those who left said', () => {
    const removals = [{ partnerId: 'p2', cause: 'withdrew' } as const];
    const alone = { electorate: partners(2), floor: { partners: 1, kinds: 1 }, removals };
    const objections = [objection(1, { saidNotQualifiedBy: ['p2'] })];
    expect(evaluate(round('consent', { ...alone, positions: said('object'), objections })).tallies.object).toBe(1);
  });

  test('an objection lives through its position: not counted, not open', () => {
    const positions = [position(1, 'object'), ...said(...times(8, 'agree')).map((p) => ({ ...p, seq: p.seq + 1 }))];
    const renamed = positions.map((p, index) => ({ ...p, positionId: `x${index + 1}` }));
    const outcome = evaluate(round('consent', { positions: renamed, objections: [objection(1)] }));
    expect(outcome).toMatchObject({ result: 'adopted', notCounted: [{ positionId: 'x1', why: 'later' }] });
  });

  test('objections count whatever the quorum', () => {
    expect(evaluate(round('consent', { positions: said('object') })).result).toBe('returned-for-integration');
  });

  test('the last attempt is not returned', () => {
    const positions = said('object', ...times(7, 'agree'));
    const results = [1, 2, 3, 4].map((attempt) => evaluate(round('consent', { positions, attempt })).result);
    expect(results).toEqual(['returned-for-integration', 'returned-for-integration', 'not-adopted', 'not-adopted']);
  });
});

describe('ratification refused', () => {
  const refused = position(1, 'agree', { ratification: 'refused' });

  test('under consent the agreement is an objection that nobody can contest', () => {
    const objections = [objection(1, { saidNotQualifiedBy: others })];
    const positions = [refused, ...said(...times(8, 'agree')).slice(1)];
    const outcome = evaluate(round('consent', { positions, objections }));
    expect(outcome.tallies).toMatchObject({ agree: 7, object: 1, reclassified: 0 });
    expect(outcome.result).toBe('returned-for-integration');
  });

  test.each(['unanimity', 'simple-majority', 'absolute-majority'] as const)(
    'under %s it is an abstention',
    (method) => {
      const positions = [
        refused,
        position(2, 'agree-with-concern', { ratification: 'refused' }),
        ...said(...times(8, 'agree')).slice(2),
      ];
      const outcome = evaluate(round(method, { positions }));
      expect(outcome.tallies).toMatchObject({ agree: 6, concern: 0, abstain: 2 });
      expect(outcome.participation).toBe(8);
    },
  );

  test.each(['pending', 'ratified'] as const)('%s counts as agreement', (ratification) => {
    expect(evaluate(round('consent', { positions: [position(1, 'agree', { ratification })] })).tallies.agree).toBe(1);
  });

  test('an objection stays one', () => {
    const positions = [position(1, 'object', { ratification: 'refused' })];
    expect(evaluate(round('consent', { positions })).tallies.object).toBe(1);
  });
});
