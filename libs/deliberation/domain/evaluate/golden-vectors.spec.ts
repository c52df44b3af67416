import type { Method, PositionValue } from '#contracts';
import { allowsPosition, evaluate } from './index.js';
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
  /** By option, what each ballot in turn gives it. */
  readonly grades?: Readonly<Record<string, readonly number[]>>;
  /** The code with which the last position is refused; such a vector has no outcome. */
  readonly refused?: string;
  readonly result?: string;
  readonly selected?: string;
  readonly ranking?: readonly string[];
  readonly deemed?: number;
  readonly dissent?: readonly string[];
  readonly numbers?: readonly (number | null)[];
}

const all: readonly Vector[] = vectors;

function snapshotOf(vector: Vector): Snapshot {
  const method = vector.method as Method;
  const values = Object.entries(vector.said).flatMap(([value, count]) => times(count, value as PositionValue));
  const grades = Object.entries(vector.grades ?? {});
  const positions = said(...values).map((one, place) => {
    const ballot = grades.map(([optionId, given]) => ({ optionId, score: given[place] ?? 0 }));
    return one.value === 'ballot' ? { ...one, ballot } : one;
  });
  return round(method, {
    policy: basePolicy(method, vector.parameters),
    attempt: vector.attempt ?? 1,
    electorate: partners(vector.e),
    removals: vector.withdrew === undefined ? [] : [{ partnerId: vector.withdrew, cause: 'withdrew' }],
    options: grades.map(([optionId]) => optionId),
    positions,
    objections: positions.filter(({ value }) => value === 'object').map(({ seq }) => objection(seq)),
  });
}

describe('golden vectors of part 1, 4.10', () => {
  test.each(all.filter(({ refused }) => refused === undefined))('$vector $method: $said is $result', (vector) => {
    const outcome = evaluate(snapshotOf(vector));
    const { eligible, participation, quorumRequired, minFavourRequired, expressed } = outcome;
    expect(outcome.result).toBe(vector.result);
    expect([eligible, participation, quorumRequired, minFavourRequired, expressed]).toEqual(vector.numbers);
    expect(outcome.deemed).toBe(vector.deemed ?? 0);
    expect(outcome.silent).toBe(eligible - participation - outcome.deemed);
    expect(outcome.dissent).toEqual(vector.dissent ?? []);
    expect([outcome.selected, outcome.ranking]).toEqual([vector.selected ?? null, vector.ranking ?? []]);
    expect(outcome.appliedMethod).toBe(vector.method);
  });

  test('the file has every vector; V8 alone has no outcome, its abstention is no position under consent', () => {
    expect(all.map(({ vector }) => vector)).toEqual(Array.from({ length: 24 }, (_, index) => `V${index + 1}`));
    const refused = all.filter((vector) => vector.refused !== undefined);
    expect(refused.map(({ vector }) => vector)).toEqual(['V8']);
    expect(allowsPosition('consent', 'abstain')).toBe(false);
  });
});
