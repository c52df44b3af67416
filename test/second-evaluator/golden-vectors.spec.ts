import { readFileSync } from 'node:fs';
import { secondEvaluate } from './evaluate.js';
import type { Position, Snapshot, Value } from './form.js';
import { misfit, notAllowed } from './refused.js';

interface Vector {
  readonly vector: string;
  readonly method: Snapshot['policy']['method'];
  readonly e: number;
  readonly said: Readonly<Partial<Record<Value, number>>>;
  readonly attempt?: number;
  readonly parameters?: Partial<Snapshot['policy']>;
  readonly withdrew?: string;
  readonly grades?: Readonly<Record<string, readonly number[]>>;
  readonly refused?: string;
  readonly result?: string;
  readonly deemed?: number;
  readonly dissent?: readonly string[];
  readonly selected?: string;
  readonly ranking?: readonly string[];
  readonly numbers?: readonly (number | null)[];
}

const VECTORS = JSON.parse(
  readFileSync('libs/deliberation/domain/evaluate/golden-vectors.json', 'utf8'),
) as readonly Vector[];

/** The base values of a charter (part 1, 3.5). */
const BASE = {
  quorum: { num: 1, den: 2, strict: true },
  minFavour: { least: 2, num: 1, den: 4 },
  ...{ noticeDays: 7, maxRounds: 3 },
};

function position(vector: Vector, place: number, value: Value): Position {
  const ballot = Object.entries(vector.grades ?? {}).map(([optionId, grades]) => ({
    optionId,
    score: grades[place] ?? 0,
  }));
  return {
    ...{ positionId: `x${String(place + 1)}`, seq: place + 1, partnerId: `p${String(place + 1)}`, value },
    ...(value === 'ballot' ? { ballot } : {}),
    ...{ standing: 'titular', channel: 'direct', recordedAt: '2026-03-10T08:00:00.000Z' },
    ...{ contested: false, struck: false, ratification: 'none' },
  };
}

function snapshotOf(vector: Vector): Snapshot {
  const values = Object.entries(vector.said).flatMap(([value, times]) =>
    Array.from({ length: times }, () => value as Value),
  );
  const positions = values.map((value, place) => position(vector, place, value));
  const electorate = Array.from({ length: vector.e }, (_, place) => ({
    partnerId: `p${String(place + 1)}`,
    kind: place % 2 === 0 ? 'association' : 'company',
    ...{ deliveredAt: '2026-03-02T08:00:00.000Z', unrepresented: false },
  }));
  return {
    policy: { ...BASE, ...vector.parameters, method: vector.method },
    attempt: vector.attempt ?? 1,
    floor: { partners: 3, kinds: 2 },
    options: Object.keys(vector.grades ?? {}),
    closing: 'deadline',
    closesAt: '2026-03-16T17:00:00.000Z',
    electorate,
    removals: vector.withdrew === undefined ? [] : [{ partnerId: vector.withdrew, cause: 'withdrew' }],
    positions,
    objections: positions
      .filter(({ value }) => value === 'object' || value === 'block')
      .map(({ positionId, partnerId }) => ({
        ...{ objectionId: `o-${positionId}`, positionId, partnerId, kind: 'breaks-charter' },
        ...{ reasonGiven: true, saidNotQualifiedBy: [] },
      })),
  };
}

describe('the second evaluator', () => {
  it.each(VECTORS.map((vector) => [vector.vector, vector] as const))('gives %s of the page', (_, vector) => {
    const snapshot = snapshotOf(vector);
    if (vector.refused !== undefined) {
      expect(vector.refused).toBe('POSITION_NOT_ALLOWED');
      expect(notAllowed(snapshot)).toBe(true);
      return;
    }
    const outcome = secondEvaluate(snapshot);
    const numbers = [
      ...[outcome.eligible, outcome.participation, outcome.quorumRequired],
      ...[outcome.minFavourRequired, outcome.expressed],
    ];
    expect({ result: outcome.result, numbers }).toEqual({ result: vector.result, numbers: vector.numbers });
    expect(outcome).toMatchObject({
      deemed: vector.deemed ?? 0,
      dissent: vector.dissent ?? [],
      selected: vector.selected ?? null,
      ranking: vector.ranking ?? [],
    });
    expect({ misfit: misfit(snapshot), notAllowed: notAllowed(snapshot) }).toEqual({ notAllowed: false });
  });

  it('knows all 24 vectors', () => {
    expect(VECTORS.map(({ vector }) => vector)).toEqual(Array.from({ length: 24 }, (_, n) => `V${String(n + 1)}`));
  });
});
