import { evaluate } from './index.js';
import type { Snapshot } from './index.js';
import { basePolicy, objection, partners, round, said, times } from './testing/rounds.js';

/** Agree, stand aside, block, abstain. */
function values([agree, aside, block, abstain]: readonly [number, number, number, number]) {
  return said(
    ...times(agree, 'agree'),
    ...times(aside, 'stand-aside'),
    ...times(block, 'block'),
    ...times(abstain, 'abstain'),
  );
}

describe('consensus', () => {
  test.each([
    [[4, 0, 0, 0], 'inconclusive:quorum'],
    [[7, 0, 1, 0], 'blocked'],
    [[0, 0, 0, 5], 'inconclusive:none-expressed'],
    [[3, 3, 0, 0], 'inconclusive:stand-asides'],
    [[1, 0, 0, 4], 'inconclusive:weak-support'],
    [[1, 1, 0, 3], 'inconclusive:stand-asides'],
    [[2, 1, 0, 2], 'adopted'],
  ] as const)('agree, aside, block, abstain %j: %s', (counts, result) => {
    expect(evaluate(round('consensus', { positions: values(counts) })).result).toBe(result);
  });

  test('to agree with a concern is to agree', () => {
    const positions = said('agree-with-concern', 'agree', 'agree-with-concern', 'stand-aside', 'abstain');
    expect(evaluate(round('consensus', { positions }))).toMatchObject({ result: 'adopted', expressed: 4 });
  });

  test('a block that every other partner says does not qualify is a stand-aside', () => {
    const others = partners(8).map(({ partnerId }) => partnerId);
    const objections = [objection(8, { kind: 'grave-harm', saidNotQualifiedBy: others })];
    const outcome = evaluate(round('consensus', { positions: values([7, 0, 1, 0]), objections }));
    expect(outcome).toMatchObject({ result: 'adopted', tallies: { block: 0, standAside: 1 } });
  });
});

describe('consensus minus n', () => {
  const judge = (n: number, counts: readonly [number, number, number, number], differing: Partial<Snapshot> = {}) =>
    evaluate(
      round('consensus-minus-n', {
        policy: basePolicy('consensus-minus-n', { n }),
        positions: values(counts),
        ...differing,
      }),
    );

  test.each([
    [1, [4, 0, 0, 0], 'inconclusive:quorum'],
    [1, [6, 0, 2, 0], 'blocked'],
    [2, [6, 0, 2, 0], 'adopted'],
    [1, [0, 0, 0, 5], 'inconclusive:none-expressed'],
    [1, [3, 2, 1, 0], 'inconclusive:stand-asides'],
    [1, [4, 2, 1, 0], 'adopted'],
    [1, [1, 1, 0, 3], 'inconclusive:stand-asides'],
    [1, [1, 0, 1, 3], 'inconclusive:stand-asides'],
    [1, [2, 0, 0, 3], 'adopted'],
    [1, [1, 0, 0, 4], 'inconclusive:weak-support'],
  ] as const)('n = %i, agree, aside, block, abstain %j: %s', (n, counts, result) => {
    expect(judge(n, counts).result).toBe(result);
  });

  test('blockers are listed only when it adopts', () => {
    expect(judge(2, [6, 0, 2, 0]).dissent).toEqual(['p7', 'p8']);
    expect(judge(1, [6, 0, 2, 0]).dissent).toEqual([]);
  });

  test('an electorate of fewer than 2n + 2 is judged by consensus', () => {
    expect(judge(1, [2, 0, 1, 0], { electorate: partners(3) })).toMatchObject({
      result: 'blocked',
      appliedMethod: 'consensus',
    });
    expect(judge(2, [5, 0, 0, 0], { electorate: partners(5) }).appliedMethod).toBe('consensus');
    expect(judge(2, [6, 0, 0, 0], { electorate: partners(6) }).appliedMethod).toBe('consensus-minus-n');
    expect(judge(1, [3, 0, 1, 0], { electorate: partners(4) })).toMatchObject({
      result: 'adopted',
      appliedMethod: 'consensus-minus-n',
    });
  });
});

describe('silent consent', () => {
  const judge = (differing: Partial<Snapshot>) =>
    evaluate(round('silent-consent', { policy: basePolicy('silent-consent'), ...differing }));

  test('everybody silent and notified: adopted, without a quorum', () => {
    expect(judge({})).toMatchObject({ result: 'adopted', deemed: 8, quorumRequired: null });
  });

  test('one that nobody notified', () => {
    const electorate = partners(8).map((elector, index) =>
      index === 0 ? { ...elector, deliveredAt: undefined } : elector,
    );
    expect(judge({ electorate }).result).toBe('inconclusive:silence');
    expect(judge({ electorate, positions: said('agree') }).result).toBe('adopted');
  });

  test('an objection with a reason ends it, and then nobody is deemed', () => {
    const outcome = judge({ closing: 'objection', positions: said('object'), objections: [objection(1)] });
    expect(outcome).toMatchObject({ result: 'returned-for-integration', deemed: 0, silent: 7 });
  });

  test('an objection without a reason at closing is reclassified', () => {
    const outcome = judge({ positions: said('object'), objections: [objection(1, { reasonGiven: false })] });
    expect(outcome).toMatchObject({ result: 'adopted', tallies: { reclassified: 1, object: 0 } });
  });
});
