import type { Method, PositionValue } from '#contracts';
import { evaluate } from './index.js';
import type { Snapshot } from './index.js';
import vectors from './golden-vectors.json' with { type: 'json' };
import { basePolicy, objection, partners, round, said, times } from './testing/rounds.js';

interface Vector {
  readonly vector: string;
  readonly method: string;
  readonly e: number;
  readonly said: Readonly<Partial<Record<PositionValue, number>>>;
  readonly parameters?: object;
  readonly withdrew?: string;
  readonly attempt?: number;
  readonly result: string;
  readonly deemed?: number;
  readonly numbers: readonly (number | null)[];
}

function snapshotOf(vector: Vector): Snapshot {
  const method = vector.method as Method;
  const values = Object.entries(vector.said).flatMap(([value, count]) => times(count, value as PositionValue));
  const positions = said(...values);
  return round(method, {
    policy: basePolicy(method, vector.parameters),
    attempt: vector.attempt ?? 1,
    electorate: partners(vector.e),
    removals: vector.withdrew === undefined ? [] : [{ partnerId: vector.withdrew, cause: 'withdrew' }],
    positions,
    objections: positions.filter(({ value }) => value === 'object').map(({ seq }) => objection(seq)),
  });
}

describe('golden vectors of part 1, 4.10', () => {
  test.each(vectors as readonly Vector[])('$vector $method: $said is $result', (vector) => {
    const outcome = evaluate(snapshotOf(vector));
    const { eligible, participation, quorumRequired, minFavourRequired, expressed } = outcome;
    expect(outcome.result).toBe(vector.result);
    expect([eligible, participation, quorumRequired, minFavourRequired, expressed]).toEqual(vector.numbers);
    expect(outcome.deemed).toBe(vector.deemed ?? 0);
    expect(outcome.silent).toBe(eligible - participation - outcome.deemed);
    expect(outcome.appliedMethod).toBe(vector.method);
  });

  test('every vector of a method that is available is in the file', () => {
    const expected = [1, 2, 3, 4, 5, 6, 7, 9, 15, 16, 17, 18, 19, 20, 21, 22, 23].map((number) => `V${number}`);
    expect(vectors.map(({ vector }) => vector)).toEqual(expected);
  });
});
