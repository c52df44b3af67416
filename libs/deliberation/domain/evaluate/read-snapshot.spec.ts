import { evaluate, readSnapshot } from './index.js';
import type { Snapshot } from './index.js';

/** The form printed in part 1, 4.3, member for member. */
const FORM = {
  policy: {
    method: 'super-majority',
    num: 2,
    den: 3,
    strict: false,
    basis: 'expressed',
    quorum: { num: 1, den: 2, strict: true },
    minFavour: { least: 2, num: 1, den: 4 },
    silence: 'not-counted',
    noticeDays: 7,
    maxRounds: 3,
    n: 1,
    maxGrade: 4,
    min: -2,
    max: 2,
    budget: 10,
    collegeCondition: false,
  },
  attempt: 1,
  floor: { partners: 3, kinds: 2 },
  options: ['A', 'B', 'status-quo'],
  closing: 'deadline',
  closesAt: '2026-03-16T17:00:00.000Z',
  electorate: [
    {
      partnerId: 'p1',
      kind: 'association',
      collegeId: 'c1',
      deliveredAt: '2026-03-02T08:00:00.000Z',
      unrepresented: false,
    },
  ],
  removals: [{ partnerId: 'p2', cause: 'withdrew' }],
  positions: [
    {
      positionId: 'x1',
      seq: 1,
      partnerId: 'p1',
      value: 'ballot',
      ballot: [{ optionId: 'A', score: 4 }],
      standing: 'titular',
      channel: 'on-behalf',
      recordedAt: '2026-03-02T08:01:00.000Z',
      statedAt: '2026-03-02T08:00:00.000Z',
      contested: false,
      struck: false,
      ratification: 'none',
    },
  ],
  objections: [
    {
      objectionId: 'o1',
      positionId: 'x1',
      partnerId: 'p1',
      kind: 'harms-aim',
      reasonGiven: true,
      saidNotQualifiedBy: ['p3'],
    },
  ],
};

/** The form with the value at a pointer replaced, or taken out when it is undefined. */
function changed(pointer: string, value?: unknown): unknown {
  const copy: unknown = structuredClone(FORM);
  const path = pointer.slice(1).split('/');
  const last = path.pop() ?? '';
  const holder = path.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], copy) as Record<
    string,
    unknown
  >;
  if (value === undefined) Reflect.deleteProperty(holder, last);
  else holder[last] = value;
  return copy;
}

function pointerOf(json: unknown): string {
  const read = readSnapshot(json);
  return 'pointer' in read ? read.pointer : 'it fits';
}

function accepted(json: unknown): Snapshot {
  const read = readSnapshot(json);
  if ('pointer' in read) throw new Error(`${read.pointer}: ${read.fault}`);
  return read;
}

describe('reading a snapshot', () => {
  test('the form of the page is read as it stands', () => {
    expect(accepted(FORM)).toEqual(FORM);
    expect(evaluate(accepted(FORM)).result).toBe('cancelled:electorate');
  });

  const optional = [
    '/policy/strict',
    '/policy/basis',
    '/policy/silence',
    '/policy/noticeDays',
    '/policy/maxRounds',
    '/policy/n',
    '/policy/maxGrade',
    '/policy/min',
    '/policy/max',
    '/policy/budget',
    '/policy/collegeCondition',
    '/attempt',
    '/options',
    '/electorate/0/collegeId',
    '/electorate/0/deliveredAt',
    '/removals',
    '/positions/0/ballot',
    '/objections',
  ];
  test.each(optional)('%s is not needed here and may be absent', (pointer) => {
    expect(pointerOf(changed(pointer))).toBe('it fits');
  });

  const needed = [
    '/policy',
    '/policy/method',
    '/policy/num',
    '/policy/den',
    '/policy/quorum',
    '/policy/quorum/strict',
    '/policy/minFavour',
    '/floor',
    '/floor/kinds',
    '/closing',
    '/closesAt',
    '/electorate',
    '/electorate/0/partnerId',
    '/electorate/0/kind',
    '/electorate/0/unrepresented',
    '/removals/0/cause',
    '/positions',
    '/positions/0/seq',
    '/positions/0/statedAt',
    '/positions/0/recordedAt',
    '/positions/0/ratification',
    '/objections/0/reasonGiven',
  ];
  test.each(needed)('%s is needed', (pointer) => {
    expect(pointerOf(changed(pointer))).toBe(pointer);
  });

  test.each([
    '',
    '/policy',
    '/policy/quorum',
    '/floor',
    '/electorate/0',
    '/removals/0',
    '/positions/0',
    '/objections/0',
  ])('an unknown member of %s is refused', (holder) => {
    expect(pointerOf(changed(`${holder}/weight`, 1))).toBe(`${holder}/weight`);
  });

  test('the pointer of a member with a slash and a tilde is escaped', () => {
    expect(pointerOf({ ...FORM, 'a/b~c': 1 })).toBe('/a~1b~0c');
  });

  test.each([
    ['/policy/method', 'plebiscite'],
    ['/policy/method', 'advice'],
    ['/policy/den', 0],
    ['/policy/num', 0.5],
    ['/policy/basis', null],
    ['/policy/quorum/strict', 1],
    ['/attempt', 0],
    ['/floor/partners', '3'],
    ['/options/1', ''],
    ['/closing', 'soon'],
    ['/closesAt', '2026-03-16'],
    ['/electorate', {}],
    ['/electorate/0/partnerId', 'p_1'],
    ['/electorate/0/partnerId', 'p'.repeat(65)],
    ['/electorate/0/kind', 'person'],
    ['/electorate/0/collegeId', null],
    ['/removals/0/cause', 'left'],
    ['/positions/0/seq', -1],
    ['/positions/0/value', 'maybe'],
    ['/positions/0/value', 'object'],
    ['/positions/0/ballot/0/score', '4'],
    ['/positions/0/statedAt', '2026-02-30T08:00:00Z'],
    ['/objections/0/kind', 'preference'],
    ['/objections/0/saidNotQualifiedBy/0', 3],
  ])('%s: %j does not fit', (pointer, value) => {
    expect(pointerOf(changed(pointer, value))).toBe(pointer);
  });

  test.each<[string, unknown]>([
    ['/policy/num', 3.5],
    ['/policy/num', 4],
    ['/policy/num', 0],
    ['/policy/num', 1],
    ['/policy/den', 101],
    ['/policy/n', 4],
    ['/policy/noticeDays', 2],
    ['/policy/maxRounds', 7],
    ['/policy/maxGrade', 10],
    ['/policy/min', -101],
    ['/policy/max', 101],
    ['/policy/budget', 1001],
    ['/policy/quorum/num', 3],
    ['/policy/quorum/den', 0],
    ['/policy/minFavour/least', 4],
    ['/policy/minFavour/num', 5],
  ])('%s: %j is beyond what a charter may say', (pointer, value) => {
    expect(pointerOf(changed(pointer, value))).toBe(pointer);
  });

  test('strictly more than all is beyond it too, and grades that all are one', () => {
    const { policy } = FORM;
    expect(pointerOf({ ...FORM, policy: { ...policy, num: 3, den: 3, strict: true } })).toBe('/policy/strict');
    const quorum = { num: 1, den: 1, strict: true };
    expect(pointerOf({ ...FORM, policy: { ...policy, quorum } })).toBe('/policy/quorum/strict');
    expect(pointerOf({ ...FORM, policy: { ...policy, method: 'score', min: 0, max: 0 } })).toBe('/policy/max');
  });

  test.each([[null], [[]], ['text'], [3]])('%j is no snapshot', (json) => {
    expect(pointerOf(json)).toBe('');
  });

  test('the first member in the order of the form is named, whatever the order of the document', () => {
    const faults = { ...(changed('/attempt', 'x') as object), closing: 'soon', policy: { method: 'consent' } };
    expect(pointerOf(Object.fromEntries(Object.entries(faults).reverse()))).toBe('/policy/quorum');
    expect(pointerOf({ ...faults, policy: FORM.policy })).toBe('/attempt');
  });

  test('consent needs its notice only where silence can count, and its attempt', () => {
    const policy = { method: 'consent', quorum: FORM.policy.quorum, maxRounds: 3 };
    expect(pointerOf({ ...FORM, policy })).toBe('it fits');
    expect(pointerOf({ ...FORM, policy: { ...policy, silence: 'consent-if-notified' } })).toBe('/policy/noticeDays');
    expect(pointerOf({ ...(changed('/attempt') as object), policy })).toBe('/attempt');
  });

  test.each([
    ['electorate', 'partnerId', { ...FORM.electorate[0] }],
    ['positions', 'positionId', { ...FORM.positions[0], seq: 2 }],
    ['positions', 'seq', { ...FORM.positions[0], positionId: 'x2' }],
    ['objections', 'objectionId', { ...FORM.objections[0], positionId: 'x2' }],
    ['objections', 'positionId', { ...FORM.objections[0], objectionId: 'o2' }],
  ] as const)('%s: the same %s twice is refused', (list, member, second) => {
    expect(pointerOf({ ...FORM, [list]: [FORM[list][0], second] })).toBe(`/${list}/1/${member}`);
  });

  test.each([
    ['2026-03-16T18:00:00+01:00', '2026-03-16T17:00:00.000Z'],
    ['2026-03-16t17:00:00.1239z', '2026-03-16T17:00:00.123Z'],
    ['2026-03-17T00:30:00.5+07:30', '2026-03-16T17:00:00.500Z'],
  ])('the instant %s is %s', (text, instant) => {
    expect(accepted(changed('/closesAt', text)).closesAt).toBe(instant);
  });

  test.each([
    '2026-03-16 17:00:00Z',
    '2026-03-16T17:00Z',
    '2026-03-16T17:00:00',
    '2026-03-16T24:00:00Z',
    '2026-03-16T17:00:60Z',
    '2026-03-16T17:00:00+24:00',
    '2026-02-29T17:00:00+01:00',
    '1899-12-31T23:59:59Z',
    '2026-03-16T17:00:00.Z',
  ])('%s is no instant', (text) => {
    expect(pointerOf(changed('/closesAt', text))).toBe('/closesAt');
  });
});

describe('what is said of a snapshot that does not fit', () => {
  test.each([
    ['/closing', 'never', 'not one of deadline, complete, objection, electorate, withdrawn, version'],
    ['/closing', undefined, 'missing'],
    ['/attempt', 1.5, 'not an integer from 1 to 1000000'],
    ['/attempt', 1_000_001, 'not an integer from 1 to 1000000'],
    ['/closesAt', 'tomorrow', 'not an RFC 3339 instant'],
    ['/closesAt', '9999-12-31T23:59:59-01:00', 'not an RFC 3339 instant'],
    ['/electorate', 'all', 'not a list'],
    ['/floor', 3, 'not an object'],
    ['/more', 1, 'unknown member'],
    ['/electorate/0/unrepresented', 1, 'not true or false'],
    ['/electorate/0/partnerId', 'p 1', 'not 1 to 64 of A-Z a-z 0-9 -'],
    ['/positions/0/statedAt', undefined, 'missing'],
    ['/positions/0/value', 'object', 'not a position under super-majority'],
    ['/policy/method', 'mandated', 'a method without round'],
  ])('%s: %j, %s', (pointer, value, fault) => {
    expect(readSnapshot(changed(pointer, value))).toEqual({ pointer, fault });
  });

  test('what stands twice or out of order', () => {
    const [position] = FORM.positions;
    const twice = { pointer: '/positions/1/positionId', fault: 'named twice' };
    expect(readSnapshot(changed('/positions/1', { ...position, seq: 2 }))).toEqual(twice);
    const disordered = { pointer: '/positions/1/seq', fault: 'not in seq order' };
    expect(readSnapshot(changed('/positions/1', { ...position, positionId: 'x2' }))).toEqual(disordered);
  });

  test('the greatest number is one of those that fit', () => {
    expect(pointerOf(changed('/attempt', 1_000_000))).toBe('it fits');
  });
});

describe('reading a snapshot under an option method', () => {
  /** The form, under majority judgment with one member changed. */
  const pointerWith = (pointer: string, value: unknown) => {
    const form = changed('/policy/method', 'majority-judgment') as typeof FORM;
    const path = pointer.slice(1).split('/');
    const last = path.pop() ?? '';
    const holder = path.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], form);
    Object.assign(holder as object, { [last]: value });
    return pointerOf(JSON.parse(JSON.stringify(form)));
  };
  const ballot = '/positions/0/ballot';

  test.each([
    ['/options', ['A', 'B', 'status-quo'], 'it fits'],
    ['/options', undefined, '/options'],
    ['/options', ['A', 'B'], '/options'],
    ['/options', ['A', 'status-quo', 'A'], '/options/2'],
    [ballot, [], 'it fits'],
    [ballot, undefined, ballot],
    [ballot, [{ optionId: 'C', score: 1 }], ballot],
    [ballot, [{ optionId: 'A', score: 5 }], ballot],
    ['/positions/0/value', 'abstain', ballot],
    ['/positions/0/value', 'agree', '/positions/0/value'],
  ])('%s: %j is read as it should be', (pointer, value, expected) => {
    expect(pointerWith(pointer, value)).toBe(expected);
  });

  test('faults of ballots and options have words', () => {
    const form = changed('/policy/method', 'score') as typeof FORM;
    const [position] = form.positions;
    const told = (more: object) => readSnapshot(JSON.parse(JSON.stringify({ ...form, ...more })));
    const options = '/options';
    expect(told({ options: ['A'] })).toEqual({ pointer: options, fault: 'without status-quo' });
    expect(told({ options: ['A', 'status-quo', 'A'] })).toEqual({ pointer: `${options}/2`, fault: 'named twice' });
    const bare = { ...position, ballot: undefined };
    expect(told({ positions: [bare] })).toEqual({ pointer: ballot, fault: 'missing' });
    const abstaining = { ...position, value: 'abstain' };
    expect(told({ positions: [abstaining] })).toEqual({ pointer: ballot, fault: 'not of a ballot' });
  });

  test('a ballot elsewhere is read and says nothing, whatever its options', () => {
    expect(pointerOf(changed('/positions/0/ballot/0/optionId', 'Z'))).toBe('it fits');
    expect(pointerOf(changed('/options'))).toBe('it fits');
  });
});
