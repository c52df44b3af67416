import type { Id } from '#kernel';
import { A, B, C, given, idOf } from '../testing/scene.js';
import { coverageOf } from './needs.js';
import { allocate, readAt } from './reading.js';
import { factsOfRequest } from './standing-facts.js';
import { statementOf } from './statement.js';

const [k1, k2] = ['k1', 'k2'].map(idOf) as [Id, Id];
const fulfils = [
  { obligationId: k1, amount: '5' },
  { obligationId: k2, amount: '3' },
];
const poured = (acknowledged: bigint, seen: readonly Id[] = [k1, k2]) => {
  const { allotted, spontaneous } = allocate(acknowledged * 1000n, fulfils, (id) => seen.includes(id));
  return [...allotted.map(({ amount }) => amount / 1000n), spontaneous / 1000n];
};

describe('allocation', () => {
  it('is poured in list order, each entry at most its own amount, and the rest is spontaneous', () => {
    expect([0n, 4n, 6n, 8n, 10n].map((acknowledged) => poured(acknowledged))).toEqual([
      [0n, 0n, 0n],
      [4n, 0n, 0n],
      [5n, 1n, 0n],
      [5n, 3n, 0n],
      [5n, 3n, 2n],
    ]);
  });

  it('is spontaneous where it falls on an obligation that is not in the view, which keeps its share', () => {
    expect(poured(7n, [k2])).toEqual([2n, 5n]);
  });

  it('a delivery of before the promise is spontaneous as long as the promise is not in the view', () => {
    const parties = { kind: 'skills', unit: 'hour', providerId: B, receiverId: C, attestorId: C } as const;
    const terms = { ...parties, amount: '5', obligation: 'means', dueOn: '2026-06-30' } as const;
    const scene = given().on('2026-02-10').by(B);
    const obligationId = scene.make('MakeCommitment', terms);
    const gift = { ...parties, amount: '5', fulfils: [{ obligationId, amount: '5' }], occurredOn: '2026-02-01' };
    const contributionId = scene.make('DeclareContribution', gift);
    scene.by(C).make('AcknowledgeContribution', { contributionId, amount: '5' });
    const row = (trueOn: string) => statementOf(scene.facts, B, trueOn).rows[0];
    expect(row('2026-02-05')).toMatchObject({ fulfilled: '0', spontaneous: '5' });
    expect(row('2026-02-10')).toMatchObject({ fulfilled: '5', spontaneous: '0' });
  });

  it('what fulfils a promise for another need does not cover the need that it also names', () => {
    const parties = { kind: 'skills', unit: 'hour', providerId: B, receiverId: C, attestorId: C } as const;
    const scene = given().on('2026-02-10').by(A);
    const requestId = scene.make('RequestResource', { kind: 'skills', unit: 'hour', amount: '5' });
    const terms = { ...parties, amount: '5', obligation: 'means', dueOn: '2026-06-30' } as const;
    const obligationId = scene.by(B).make('MakeCommitment', terms);
    const gift = { ...parties, requestId, amount: '7', fulfils: [{ obligationId, amount: '5' }] };
    const contributionId = scene.make('DeclareContribution', gift);
    scene.by(C).make('AcknowledgeContribution', { contributionId, amount: '7' });
    const request = scene.state.requests.get(requestId);
    if (!request) throw new Error('no request');
    const facts = factsOfRequest(scene.state, request);
    expect(coverageOf(request.fact, readAt(facts, '2026-02-10')).covered).toBe(2000n);
  });
});
