import { PARTNER_KINDS } from '#contracts';
import type { Charter, CharterPolicy, DecisionType } from '#contracts';
import { charterFault } from './charter-rules.js';
import { completeCharter } from './charter.js';
import { id } from './testing.js';

const BASE = completeCharter({});
const faultOf = (more: object) => charterFault({ ...BASE, ...more });
const policyFaultOf = (type: DecisionType, policy: Partial<CharterPolicy>) =>
  faultOf({ policies: { ...BASE.policies, [type]: { ...BASE.policies[type], parameters: {}, ...policy } } });

describe('a charter left empty', () => {
  it('is complete and valid with the base values', () => {
    expect(charterFault(BASE)).toBeUndefined();
    expect(BASE).toMatchObject({
      ...{ quorum: { num: 1, den: 2, strict: true }, minFavour: { least: 2, num: 1, den: 4 }, silence: 'not-counted' },
      ...{ noticeDays: 7, silenceCeiling: [], roundDays: 14, minOpenHours: 48, maxRounds: 3, resolutionDays: 14 },
      ...{ integrationDays: 14, adviceDays: 5, repairDays: 30, ratifyDays: 90, reviewMonths: 24, earlyReviewDays: 30 },
      ...{ facilitatorMonths: 12, colleges: [], register: 'partners', retentionYears: 10 },
    });
  });

  it('has the base policy of every decision type', () => {
    const { policies } = BASE;
    const methods = Object.fromEntries(Object.entries(policies).map(([type, { method }]) => [type, method]));
    expect(methods).toEqual({
      ...{ ordinary: 'consent', orientation: 'consent', delegation: 'consent', facilitator: 'consent' },
      ...{ 'resource-call': 'consent', choice: 'majority-judgment', 'own-domain': 'advice', delegated: 'mandated' },
      ...{ carrier: 'consent', admission: 'consent', exclusion: 'super-majority', 'charter-change': 'consent' },
      ...{ structuring: 'unanimity', dissolution: 'unanimity' },
    });
    expect(policies.exclusion.parameters).toMatchObject({ num: 3, den: 4, basis: 'eligible' });
    expect(policies.choice.parameters).toEqual({ maxGrade: 4 });
  });

  it('completed again stays as it is', () => {
    expect(completeCharter(BASE as never)).toEqual(BASE);
  });

  it('takes what is given, and the base for parameters that a method reads', () => {
    const method = 'consensus-minus-n';
    const given = { noticeDays: 3, policies: { ordinary: { method, parameters: {}, collegeCondition: true } } };
    const charter = completeCharter(given);
    expect(charter).toMatchObject({ noticeDays: 3, policies: { ordinary: { method, parameters: { n: 1 } } } });
    expect(charter.policies.orientation).toEqual(BASE.policies.orientation);
  });
});

describe('the bounds of a charter', () => {
  it.each<[keyof Charter, number, number]>([
    ['noticeDays', 3, 30],
    ['roundDays', 2, 60],
    ['minOpenHours', 1, 168],
    ['maxRounds', 1, 6],
    ['resolutionDays', 1, 90],
    ['integrationDays', 1, 90],
    ['adviceDays', 1, 90],
    ['repairDays', 1, 90],
    ['ratifyDays', 15, 180],
    ['reviewMonths', 1, 60],
    ['earlyReviewDays', 1, 90],
    ['facilitatorMonths', 1, 24],
    ['retentionYears', 1, 30],
  ])('of %s are %i and %i', (name, least, most) => {
    expect([least, most].map((value) => faultOf({ minOpenHours: 1, [name]: value }))).toEqual([undefined, undefined]);
    expect([least - 1, most + 1, least + 0.5].map((value) => faultOf({ [name]: value }))).toEqual([name, name, name]);
  });

  it('keep a round open no longer than it lasts', () => {
    expect(faultOf({ roundDays: 2, minOpenHours: 48 })).toBeUndefined();
    expect(faultOf({ roundDays: 2, minOpenHours: 49 })).toBe('minOpenHours');
  });

  it.each([
    ['quorum', { num: 1, den: 1, strict: true }],
    ['quorum', { num: 2, den: 1, strict: false }],
    ['quorum', { num: -1, den: 2, strict: false }],
    ['quorum', { num: 1, den: 0, strict: false }],
    ['quorum', { num: 1, den: 101, strict: false }],
    ['minFavour', { least: 0, num: 1, den: 4 }],
    ['minFavour', { least: 4, num: 1, den: 4 }],
    ['minFavour', { least: 2, num: 5, den: 4 }],
  ])('refuse a %s of %j, of the charter or of one type', (name, value) => {
    expect(faultOf({ [name]: value })).toBe(name);
    expect(policyFaultOf('ordinary', { [name]: value })).toBe(`policies.ordinary.${name}`);
  });

  it('let all be a quorum, when not strictly more than all', () => {
    expect(
      faultOf({ quorum: { num: 1, den: 1, strict: false }, minFavour: { least: 3, num: 4, den: 4 } }),
    ).toBeUndefined();
  });

  it('put a kind in one college at most', () => {
    const [first, second] = [id('one'), id('two')];
    const colleges = (kinds: readonly string[], other = second) => ({
      colleges: [
        { collegeId: first, kinds: ['company'] },
        { collegeId: other, kinds },
      ],
    });
    expect(faultOf(colleges(PARTNER_KINDS.filter((kind) => kind !== 'company')))).toBeUndefined();
    expect(faultOf(colleges(['association', 'company']))).toBe('colleges');
    expect(faultOf(colleges(['association'], first))).toBe('colleges');
  });

  it('name a line of the silence ceiling once', () => {
    const line = { kind: 'money', unit: 'EUR', amount: '5' };
    expect(faultOf({ silenceCeiling: [line] })).toBeUndefined();
    expect(faultOf({ silenceCeiling: [line, line] })).toBe('silenceCeiling');
  });

  it.each([
    ['kind', { kind: 'gold', unit: 'kg', amount: '1' }],
    ['unit of its kind', { kind: 'goods', unit: 'hour', amount: '1' }],
    ['step of its unit', { kind: 'goods', unit: 'piece', amount: '0.5' }],
    ['minor unit', { kind: 'money', unit: 'EUR', amount: '0.001' }],
  ])('refuse a silence ceiling without known %s', (_what, line) => {
    expect(faultOf({ silenceCeiling: [line] })).toBe('silenceCeiling');
  });

  it('name the first rule broken', () => {
    expect(faultOf({ retentionYears: 99, roundDays: 99, quorum: { num: 9, den: 1, strict: false } })).toBe('quorum');
  });
});

describe('the policy of a decision type', () => {
  const twoThirds = { num: 2, den: 3, basis: 'eligible' } as const;
  const given = { ...{ n: 1, maxGrade: 4, min: -1, max: 1, budget: 5 }, ...twoThirds };
  const M1_TO_M7 = 'consent consensus consensus-minus-n unanimity simple-majority super-majority absolute-majority';
  const OF_PERSONS = 'consent consensus consensus-minus-n unanimity super-majority';
  const METHODS = `${M1_TO_M7} silent-consent advice majority-judgment score dots ranked-irv mandated`.split(' ');

  it.each<[DecisionType, string]>([
    ['ordinary', `${M1_TO_M7} silent-consent`],
    ['orientation', `${M1_TO_M7} silent-consent`],
    ['delegation', M1_TO_M7],
    ['facilitator', M1_TO_M7],
    ['resource-call', `${M1_TO_M7} silent-consent`],
    ['choice', 'majority-judgment score dots ranked-irv'],
    ['own-domain', 'advice'],
    ['delegated', 'mandated'],
    ['carrier', M1_TO_M7],
    ['admission', OF_PERSONS],
    ['exclusion', OF_PERSONS],
    ['charter-change', 'consent consensus unanimity super-majority'],
    ['structuring', 'consent unanimity'],
    ['dissolution', 'consent unanimity'],
  ])('%s may be decided by %s and by nothing else', (type, allowed) => {
    const passing = METHODS.filter(
      (method) => policyFaultOf(type, { method, parameters: given } as never) === undefined,
    );
    expect(passing.sort()).toEqual(allowed.split(' ').sort());
    const [refused] = METHODS.filter((method) => !allowed.split(' ').includes(method));
    expect(policyFaultOf(type, { method: refused, parameters: given } as never)).toBe(`policies.${type}.method`);
  });

  it.each<[string, object, boolean]>([
    ['super-majority', { num: 2, den: 3 }, true],
    ['super-majority', { num: 1, den: 2 }, false],
    ['super-majority', { num: 1, den: 1 }, true],
    ['super-majority', { num: 1, den: 1, strict: true }, false],
    ['super-majority', { num: 4, den: 3 }, false],
    ['super-majority', {}, false],
    ['consensus-minus-n', { n: 3 }, true],
    ['consensus-minus-n', { n: 4 }, false],
    ['consensus-minus-n', { n: 0 }, false],
  ])('by %s with %j: valid is %s', (method, parameters, valid) => {
    const fault = policyFaultOf('ordinary', { method, parameters } as never);
    expect(fault).toBe(valid ? undefined : 'policies.ordinary.parameters');
  });

  it.each<[string, object, boolean]>([
    ['majority-judgment', { maxGrade: 9 }, true],
    ['majority-judgment', { maxGrade: 10 }, false],
    ['score', { min: -2, max: 2 }, true],
    ['score', { min: 0, max: 0 }, false],
    ['score', { max: 2 }, false],
    ['dots', { budget: 1 }, true],
    ['dots', {}, false],
  ])('between options by %s with %j: valid is %s', (method, parameters, valid) => {
    const fault = policyFaultOf('choice', { method, parameters } as never);
    expect(fault).toBe(valid ? undefined : 'policies.choice.parameters');
  });

  it.each(['exclusion', 'charter-change'] as const)('%s by super-majority takes 2/3 of the eligible', (type) => {
    const by = (parameters: object) => policyFaultOf(type, { method: 'super-majority', parameters });
    expect(by(twoThirds)).toBeUndefined();
    expect(by({ ...twoThirds, basis: 'expressed' })).toBe(`policies.${type}.parameters`);
    expect(by({ ...twoThirds, num: 65, den: 100 })).toBe(`policies.${type}.parameters`);
  });

  it('falls back on M2 to M7 after M1, on M6 after M2 and M3, and only on what the type allows', () => {
    const from = (method: string, to: string, type: DecisionType = 'ordinary') =>
      policyFaultOf(type, { method, parameters: given, fallback: { method: to, parameters: given } } as never);
    expect(from('consent', 'simple-majority')).toBeUndefined();
    expect(from('consent', 'consent')).toBe('policies.ordinary.fallback');
    expect(from('consent', 'silent-consent')).toBe('policies.ordinary.fallback');
    expect(from('consensus', 'super-majority')).toBeUndefined();
    expect(from('consensus-minus-n', 'super-majority')).toBeUndefined();
    expect(from('consensus', 'unanimity')).toBe('policies.ordinary.fallback');
    expect(from('unanimity', 'super-majority')).toBe('policies.ordinary.fallback');
    expect(from('consent', 'simple-majority', 'admission')).toBe('policies.admission.fallback');
  });
});
