import {
  EVALUATOR_VERSION,
  allowsPosition,
  ballotFault,
  evaluate,
  evaluators,
  hasRounds,
  inputHash,
  isOptionMethod,
  objectionFalls,
  policyRead,
} from './index.js';
import type { Elector, Snapshot } from './index.js';
import { basePolicy, objection, partners, round, said, times } from './testing/rounds.js';

describe('a round that ends without being judged', () => {
  const positions = said('agree', 'object', 'agree-with-concern');
  const objections = [objection(2)];

  test.each([
    ['withdrawn', 'cancelled:withdrawn'],
    ['version', 'superseded-by-version'],
  ] as const)('closing %s is %s, with tallies as usual and nothing tested', (closing, result) => {
    const policy = basePolicy('consent', { silence: 'consent-if-notified' });
    expect(evaluate(round('consent', { policy, closing, positions, objections }))).toEqual({
      result,
      appliedMethod: 'consent',
      eligible: 8,
      participation: 3,
      deemed: 0,
      silent: 5,
      quorumRequired: null,
      minFavourRequired: null,
      expressed: null,
      tallies: {
        agree: 1,
        concern: 1,
        abstain: 0,
        standAside: 0,
        against: 0,
        object: 1,
        block: 0,
        reclassified: 0,
        ballots: 0,
      },
      collegesAgainst: [],
      dissent: [],
      selected: null,
      ranking: [],
      counted: ['x1', 'x2', 'x3'],
      notCounted: [],
    });
  });

  test('too few partners after removals', () => {
    const removals = partners(6).map(({ partnerId }) => ({ partnerId, cause: 'withdrew' }) as const);
    expect(evaluate(round('simple-majority', { removals: removals.slice(1) })).result).not.toBe('cancelled:electorate');
    const outcome = evaluate(round('simple-majority', { removals, positions }));
    expect(outcome).toMatchObject({ result: 'cancelled:electorate', eligible: 2, silent: 2, expressed: null });
  });

  test('too few kinds, though there are partners enough', () => {
    const electorate: readonly Elector[] = partners(8).map((elector) => ({ ...elector, kind: 'company' }));
    expect(evaluate(round('consent', { electorate })).result).toBe('cancelled:electorate');
    expect(evaluate(round('consent', { electorate, floor: { partners: 3, kinds: 1 } })).result).toBe(
      'inconclusive:quorum',
    );
  });

  test('a withdrawal goes before the floor', () => {
    expect(evaluate(round('consent', { closing: 'withdrawn', electorate: partners(1) })).result).toBe(
      'cancelled:withdrawn',
    );
  });

  test('all recuse themselves', () => {
    const removals = partners(8).map(({ partnerId }) => ({ partnerId, cause: 'recused' }) as const);
    expect(evaluate(round('consent', { removals }))).toMatchObject({ result: 'cancelled:electorate', eligible: 0 });
  });
});

describe('order of the rules of the majorities', () => {
  const twoThirds = { num: 2, den: 3 };
  test.each([
    ['simple-majority', {}, [4, 0, 0], 'inconclusive:quorum'],
    ['simple-majority', {}, [0, 0, 5], 'inconclusive:none-expressed'],
    ['simple-majority', {}, [1, 1, 3], 'inconclusive:tie'],
    ['simple-majority', {}, [3, 4, 0], 'not-adopted'],
    ['simple-majority', {}, [2, 1, 2], 'adopted'],
    ['super-majority', twoThirds, [4, 0, 0], 'inconclusive:quorum'],
    ['super-majority', twoThirds, [0, 0, 5], 'inconclusive:none-expressed'],
    ['super-majority', twoThirds, [3, 2, 0], 'not-adopted'],
    ['super-majority', twoThirds, [1, 0, 4], 'inconclusive:weak-support'],
    ['super-majority', twoThirds, [2, 0, 3], 'adopted'],
    ['super-majority', twoThirds, [4, 2, 0], 'adopted'],
    ['super-majority', { ...twoThirds, strict: true }, [4, 2, 0], 'not-adopted'],
    ['super-majority', { num: 3, den: 4, basis: 'eligible' }, [6, 2, 0], 'adopted'],
    ['super-majority', { num: 3, den: 4, basis: 'eligible' }, [5, 0, 0], 'not-adopted'],
    ['absolute-majority', {}, [4, 0, 0], 'inconclusive:quorum'],
    ['absolute-majority', {}, [0, 0, 5], 'inconclusive:none-expressed'],
    ['absolute-majority', {}, [4, 1, 0], 'not-adopted'],
    ['absolute-majority', { minFavour: { least: 1, num: 3, den: 4 } }, [5, 0, 0], 'inconclusive:weak-support'],
    ['absolute-majority', { minFavour: { least: 1, num: 3, den: 4 } }, [6, 2, 0], 'adopted'],
    ['absolute-majority', {}, [5, 3, 0], 'adopted'],
  ] as const)('%s %j, for/against/abstain %j: %s', (method, parameters, [favour, against, abstain], result) => {
    const positions = said(...times(favour, 'agree'), ...times(against, 'against'), ...times(abstain, 'abstain'));
    expect(evaluate(round(method, { policy: basePolicy(method, parameters), positions })).result).toBe(result);
  });

  test('unanimity: everybody agrees, with or without a concern', () => {
    const positions = said('agree-with-concern', ...times(7, 'agree'));
    expect(evaluate(round('unanimity', { positions })).result).toBe('adopted');
    expect(evaluate(round('unanimity', { positions: positions.slice(1) })).result).toBe('not-adopted');
  });
});

describe('college condition', () => {
  /** p1 to p3 form college a, p4 and p5 college b; the five others none, and all of them agree. */
  const electorate = partners(10).map((elector, index) =>
    index < 5 ? { ...elector, collegeId: index < 3 ? 'a' : 'b' } : elector,
  );
  const policy = basePolicy('simple-majority', { collegeCondition: true });

  test.each([
    ['a against with 2 of 3', ['against', 'against', 'agree', 'agree', 'agree'], 'not-adopted', ['a']],
    ['both against', ['against', 'against', 'abstain', 'against', 'against'], 'not-adopted', ['a', 'b']],
    ['an equal split of b', ['agree', 'agree', 'agree', 'against', 'agree'], 'adopted', []],
    ['one voice of b alone', ['agree', 'agree', 'agree', 'against', 'abstain'], 'adopted', []],
    ['two of b that abstain', ['agree', 'agree', 'agree', 'abstain', 'abstain'], 'adopted', []],
  ] as const)('%s', (_, values, result, against) => {
    const positions = said(...values, ...times(5, 'agree-with-concern'));
    const asked = (part: Partial<Snapshot>) => evaluate(round('simple-majority', { electorate, positions, ...part }));
    expect(asked({ policy: { ...policy, collegeCondition: false } }).result).toBe('adopted');
    expect(asked({ policy })).toMatchObject({ result, collegesAgainst: against });
    const backwards = [...electorate].reverse();
    expect(asked({ policy, electorate: backwards })).toEqual(asked({ policy }));
  });

  test('the colleges against are in the order of their ids, whoever spoke first', () => {
    const values = ['abstain', 'against', 'against', 'against', 'against', ...times(5, 'agree')] as const;
    const renamed = electorate.map((one) => (one.collegeId === 'a' ? { ...one, collegeId: 'z' } : one));
    const outcome = evaluate(round('simple-majority', { policy, electorate: renamed, positions: said(...values) }));
    expect(outcome.collegesAgainst).toEqual(['b', 'z']);
  });

  test('whoever agrees with a concern is for, in a college as elsewhere', () => {
    const even = electorate.map((one, index) => (index < 4 ? { ...one, collegeId: 'a' } : one));
    for (const value of ['agree', 'agree-with-concern'] as const) {
      const positions = said('against', 'against', value, value, ...times(6, 'agree'));
      expect(evaluate(round('simple-majority', { policy, electorate: even, positions })).result).toBe('adopted');
    }
  });

  test('a block is against', () => {
    const minus = basePolicy('consensus-minus-n', { n: 2, collegeCondition: true });
    const positions = said('agree', 'agree', 'agree', 'block', 'block', ...times(5, 'agree'));
    const outcome = evaluate(round('consensus-minus-n', { policy: minus, electorate, positions }));
    expect(outcome).toMatchObject({ result: 'not-adopted', collegesAgainst: ['b'], dissent: [] });
  });

  test('those without a college form none', () => {
    const positions = said(...times(5, 'agree'), 'against', 'against', 'abstain', 'abstain', 'abstain');
    expect(evaluate(round('simple-majority', { policy, electorate, positions })).collegesAgainst).toEqual([]);
  });

  test('colleges are read only when the method adopts', () => {
    const positions = said('against', 'against', 'against', 'against', 'agree', 'agree', 'agree', 'abstain');
    const outcome = evaluate(round('simple-majority', { policy, electorate, positions }));
    expect(outcome).toMatchObject({ result: 'not-adopted', collegesAgainst: [] });
  });

  test('a college of which a member left counts those who stay', () => {
    const positions = said('against', 'against', 'agree', ...times(5, 'agree'));
    const removals = [{ partnerId: 'p1', cause: 'withdrew' } as const];
    expect(evaluate(round('simple-majority', { policy, electorate, positions, removals })).result).toBe('adopted');
  });
});

describe('versions and hashes', () => {
  test('the version recorded today is callable and is the one used', () => {
    expect(evaluators[EVALUATOR_VERSION]).toBe(evaluate);
  });

  test('absent members are left out of what is hashed', () => {
    const elector = { partnerId: 'p1', kind: 'company', unrepresented: false } as const;
    const withUndefined: Snapshot = round('consent', { electorate: [{ ...elector, collegeId: undefined }] });
    expect(inputHash(withUndefined)).toBe(inputHash(round('consent', { electorate: [elector] })));
    expect(inputHash(withUndefined)).not.toBe(inputHash(round('consent', { electorate: [] })));
  });

  test('the hash of an empty round is that of its canonical JSON', () => {
    expect(inputHash(round('unanimity', { policy: { method: 'unanimity' }, electorate: [] }))).toBe(
      'XsOhTObhOgciqpKmbR8UMoIwvDMK5h7x9JxBC0SrmBQ=',
    );
  });

  test('a recorded policy keeps what method and counting read', () => {
    const all = {
      ...basePolicy('consent'),
      num: 2,
      den: 3,
      strict: false,
      basis: 'expressed',
      collegeCondition: true,
    } as const;
    const names = (method: 'consent' | 'unanimity' | 'super-majority', part = {}) =>
      Object.keys(policyRead({ ...all, method, ...part })).join(' ');
    expect(names('unanimity')).toBe('method collegeCondition');
    expect(names('consent')).toBe('method quorum silence maxRounds collegeCondition');
    expect(names('consent', { silence: 'consent-if-notified' })).toContain('noticeDays');
    expect(names('super-majority')).toBe('method quorum minFavour num den strict basis collegeCondition');
  });

  test.each([
    ['consensus', 'method quorum minFavour collegeCondition'],
    ['consensus-minus-n', 'method quorum minFavour n collegeCondition'],
    ['simple-majority', 'method quorum minFavour collegeCondition'],
    ['silent-consent', 'method noticeDays collegeCondition'],
    ['majority-judgment', 'method quorum maxGrade collegeCondition'],
    ['score', 'method quorum min max collegeCondition'],
    ['dots', 'method quorum budget collegeCondition'],
    ['ranked-irv', 'method quorum collegeCondition'],
  ] as const)('%s reads %s', (method, names) => {
    const more = { n: 1, maxGrade: 4, min: -2, max: 2, budget: 10, num: 2, den: 3, collegeCondition: true } as const;
    expect(Object.keys(policyRead(basePolicy(method, more))).join(' ')).toBe(names);
  });

  test('why an objection falls, under the methods that have rounds', () => {
    const methods = ['consent', 'consensus', 'unanimity', 'silent-consent', 'score', 'advice'] as const;
    expect(methods.map((method) => objectionFalls(method))).toEqual([
      ...['when-all-contest', 'when-all-contest', 'when-all-contest', 'without-reason', 'when-all-contest', undefined],
    ]);
  });

  test('methods under which rounds are held, and the positions under each', () => {
    expect(hasRounds('consent')).toBe(true);
    expect(hasRounds('advice')).toBe(false);
    expect(allowsPosition('consent', 'abstain')).toBe(false);
    expect(allowsPosition('score', 'ballot')).toBe(true);
    expect(allowsPosition('advice', 'agree')).toBe(false);
    expect([isOptionMethod('dots'), isOptionMethod('consensus'), isOptionMethod('advice')]).toEqual([
      true,
      false,
      false,
    ]);
    expect(ballotFault(basePolicy('advice'), [], [])).toBeUndefined();
    expect(allowsPosition('unanimity', 'stand-aside')).toBe(true);
    expect(allowsPosition('simple-majority', 'stand-aside')).toBe(false);
    expect(() => evaluate(round('advice'))).toThrow('no round is held under method advice');
  });
});
