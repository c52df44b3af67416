import type { Method } from '#contracts';
import { ballotFault, evaluate, isOptionMethod } from './index.js';
import type { Snapshot, SnapshotPolicy, SnapshotPosition } from './index.js';
import { basePolicy, partners, position, round } from './testing/rounds.js';

type Scores = Readonly<Record<string, number>>;

const PARAMETERS: Partial<Record<Method, Partial<SnapshotPolicy>>> = {
  'majority-judgment': { maxGrade: 4 },
  score: { min: -2, max: 2 },
  dots: { budget: 10 },
};
const OPTIONS = ['A', 'B', 'C', 'status-quo'];

const ballotOf = (scores: Scores) => Object.entries(scores).map(([optionId, score]) => ({ optionId, score }));

/** A round of as many partners as there are ballots, or of the number given. */
function asked(method: Method, ballots: readonly (Scores | 'abstain')[], more: Partial<Snapshot> = {}): Snapshot {
  const positions = ballots.map((scores, index): SnapshotPosition =>
    scores === 'abstain' ? position(index + 1, 'abstain') : position(index + 1, 'ballot', { ballot: ballotOf(scores) }),
  );
  return round(method, {
    policy: basePolicy(method, PARAMETERS[method]),
    electorate: partners(Math.max(3, ballots.length)),
    options: OPTIONS,
    positions,
    ...more,
  });
}

const judge = (method: Method, ballots: readonly (Scores | 'abstain')[], more: Partial<Snapshot> = {}) => {
  const { result, selected, ranking } = evaluate(asked(method, ballots, more));
  return { result, selected, ranking };
};
const METHODS = ['majority-judgment', 'score', 'dots', 'ranked-irv'] as const;

describe('what option methods share (part 1, 4.5, M10)', () => {
  test.each(METHODS)('%s: a quorum, then a ballot, then a single winner', (method) => {
    expect(isOptionMethod(method)).toBe(true);
    const none = { selected: null, ranking: [] };
    const electorate = partners(6);
    expect(judge(method, [{ A: 1 }, 'abstain', 'abstain'], { electorate })).toEqual({
      result: 'inconclusive:quorum',
      ...none,
    });
    expect(judge(method, ['abstain', 'abstain', 'abstain'])).toEqual({
      result: 'inconclusive:none-expressed',
      ...none,
    });
    expect(judge(method, [{ A: 1 }, { B: 1 }, 'abstain'])).toMatchObject({
      result: 'inconclusive:tie',
      selected: null,
    });
    expect(judge(method, [{ A: 1 }, { A: 1 }, 'abstain'])).toMatchObject({ result: 'selected', selected: 'A' });
  });

  test('numbers: the quorum alone is tested, and ballots are tallied', () => {
    expect(evaluate(asked('score', [{ A: 2 }, { A: 1 }, 'abstain']))).toMatchObject({
      ...{ eligible: 3, participation: 3, quorumRequired: 2, minFavourRequired: null, expressed: null },
      tallies: { ballots: 2, abstain: 1, agree: 0 },
    });
  });

  test('silence is nothing, also where the charter lets it count', () => {
    const policy = basePolicy('score', { ...PARAMETERS.score, silence: 'consent-if-notified' });
    const outcome = evaluate(asked('score', [{ A: 2 }, { A: 1 }], { policy, electorate: partners(3) }));
    expect(outcome).toMatchObject({ result: 'selected', deemed: 0, silent: 1 });
  });

  test('things as they are can be selected', () => {
    expect(judge('score', [{ 'status-quo': 1 }, { 'status-quo': 1, A: 1 }, 'abstain']).selected).toBe('status-quo');
  });

  test('equal options stand in the order of the options, a tie at the top too', () => {
    const tie = judge('score', [{ C: 1, B: 1, 'status-quo': -1 }, {}, {}]);
    expect(tie).toEqual({ result: 'inconclusive:tie', selected: null, ranking: ['B', 'C', 'A', 'status-quo'] });
  });

  test.each([
    [{ A: 1, D: 1 }, 'not an option'],
    [{ A: 1, B: 2, 'status-quo': 0 }, undefined],
    [{}, undefined],
  ] as const)('a ballot %j: %s', (scores, fault) => {
    const policy = basePolicy('score', PARAMETERS.score);
    expect(ballotFault(policy, OPTIONS, ballotOf(scores))).toBe(fault);
  });

  test('an option named twice, and a method that takes no ballots', () => {
    const policy = basePolicy('score', PARAMETERS.score);
    const twice = [...ballotOf({ A: 1 }), ...ballotOf({ A: 1 })];
    expect(ballotFault(policy, OPTIONS, twice)).toBe('named twice');
    expect(ballotFault(basePolicy('consent'), OPTIONS, twice)).toBeUndefined();
  });
});

describe('majority judgment', () => {
  test('the lower median decides, then the next grades in turn', () => {
    const ballots = [
      { A: 3, B: 4 },
      { A: 3, B: 4 },
      { A: 3, B: 2 },
      { A: 2, B: 2 },
    ];
    // Of 4 grades the second from below: A 3, B 2, though B has the higher sum.
    expect(judge('majority-judgment', ballots)).toMatchObject({
      selected: 'A',
      ranking: ['A', 'B', 'C', 'status-quo'],
    });
    expect(judge('majority-judgment', [...ballots.slice(0, 3), { A: 3, B: 4 }]).selected).toBe('B');
  });

  test('a grade that is missing is 0', () => {
    expect(judge('majority-judgment', [{ A: 1 }, { B: 4 }, { A: 1 }])).toMatchObject({
      selected: 'A',
      ranking: ['A', 'B', 'C', 'status-quo'],
    });
  });

  test('equal to the last grade is a tie', () => {
    expect(judge('majority-judgment', [{ A: 4, B: 1 }, { A: 1, B: 4 }, {}]).result).toBe('inconclusive:tie');
  });

  test.each([
    [{ A: 0, B: 4 }, undefined],
    [{ A: -1 }, 'a grade is 0 to 4'],
    [{ A: 4, B: 5 }, 'a grade is 0 to 4'],
  ] as const)('a ballot %j: %s', (scores, fault) => {
    const policy = basePolicy('majority-judgment', { maxGrade: 4 });
    expect(ballotFault(policy, OPTIONS, ballotOf(scores))).toBe(fault);
  });
});

describe('score and dots', () => {
  test('the highest sum, with points below zero', () => {
    const ballots = [
      { A: 2, B: 1 },
      { A: -2, B: 1 },
      { A: 1, C: -1 },
    ];
    expect(judge('score', ballots)).toEqual({
      ...{ result: 'selected', selected: 'B', ranking: ['B', 'A', 'status-quo', 'C'] },
    });
    expect(judge('dots', [{ A: 10 }, { B: 6, C: 4 }, { B: 5 }])).toMatchObject({ selected: 'B' });
  });

  test.each([
    ['score', { A: -2, B: 2 }, undefined],
    ['score', { A: -3 }, 'a score is -2 to 2'],
    ['score', { A: 0, B: 3 }, 'a score is -2 to 2'],
    ['dots', { A: 6, B: 4 }, undefined],
    ['dots', { A: 10, B: 0 }, undefined],
    ['dots', { A: 6, B: 5 }, 'at most 10 points'],
    ['dots', { A: 6, B: -1 }, 'points are 0 or more'],
  ] as const)('%s, a ballot %j: %s', (method, scores, fault) => {
    expect(ballotFault(basePolicy(method, PARAMETERS[method]), OPTIONS, ballotOf(scores))).toBe(fault);
  });
});

describe('ranked instant run-off', () => {
  /** Ballots as words: `ABC` ranks A before B before C, S is the status quo. */
  const run = (...words: readonly string[]) => {
    const scores = words.map((word): Scores =>
      Object.fromEntries(Array.from(word, (letter, index) => [letter === 'S' ? 'status-quo' : letter, index + 1])),
    );
    return judge('ranked-irv', scores);
  };

  test('more than half of the first choices, without a ranking of the others', () => {
    expect(run('AB', 'A', 'B')).toEqual({ result: 'selected', selected: 'A', ranking: [] });
  });

  test('half is not more than half, and two left with as many are a tie', () => {
    expect(run('A', 'A', 'B', 'B')).toEqual({ result: 'inconclusive:tie', selected: null, ranking: [] });
  });

  test('the lowest leaves and its ballots go on to their next choice', () => {
    expect(run('A', 'A', 'BC', 'C', 'C', 'C').selected).toBe('C');
    expect(run('AB', 'AB', 'BA', 'BA', 'CB').selected).toBe('B');
  });

  test('a ballot with no option left leaves the base', () => {
    expect(run('A', 'A', 'A', 'B', 'B', 'C').selected).toBe('A');
  });

  test('those who share the lowest count leave together when they add up to less than the next higher', () => {
    expect(run('A', 'A', 'A', 'S', 'S', 'S', 'BA', 'CA').selected).toBe('A');
    expect(run('A', 'A', 'S', 'S', 'S', 'BA', 'CA').result).toBe('inconclusive:tie');
    const shared = Array.from('BBBCCC', (letter) => `${letter}A`);
    expect(run('A', 'A', 'A', 'A', 'A', ...shared).result).toBe('inconclusive:tie');
  });

  test('ranks may stand in any order in the ballot', () => {
    expect(judge('ranked-irv', [{ B: 2, A: 1 }, { B: 2, A: 1 }, { B: 1 }]).selected).toBe('A');
  });

  test.each([
    [{ B: 1, A: 2 }, undefined],
    [{ B: 2, A: 1 }, undefined],
    [{}, 'at least one option'],
    [{ A: 1, B: 3 }, 'ranks from 1 without gap'],
    [{ A: 1, B: 1 }, 'ranks from 1 without gap'],
    [{ A: 0, B: 1 }, 'ranks from 1 without gap'],
  ] as const)('a ballot %j: %s', (scores, fault) => {
    expect(ballotFault(basePolicy('ranked-irv'), OPTIONS, ballotOf(scores))).toBe(fault);
  });
});
