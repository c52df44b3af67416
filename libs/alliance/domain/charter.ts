import { DECISION_TYPES } from '#contracts';
import type { Charter, CharterArgument, CharterPolicy, DecisionType, Method } from '#contracts';

type Parameters = CharterPolicy['parameters'];

/** Base values of part 1, 3.5. */
const BASE: Omit<Charter, 'policies'> = {
  quorum: { num: 1, den: 2, strict: true },
  minFavour: { least: 2, num: 1, den: 4 },
  silence: 'not-counted',
  noticeDays: 7,
  silenceCeiling: [],
  roundDays: 14,
  minOpenHours: 48,
  maxRounds: 3,
  resolutionDays: 14,
  integrationDays: 14,
  adviceDays: 5,
  repairDays: 30,
  ratifyDays: 90,
  reviewMonths: 24,
  earlyReviewDays: 30,
  facilitatorMonths: 12,
  colleges: [],
  register: 'partners',
  retentionYears: 10,
};

export const BASE_FACILITATOR_MONTHS = BASE.facilitatorMonths;

const plain = (method: Method, parameters: Parameters = {}): CharterPolicy => ({
  method,
  parameters,
  collegeCondition: false,
});

const BASE_POLICIES: Readonly<Record<DecisionType, CharterPolicy>> = {
  ordinary: plain('consent'),
  orientation: plain('consent'),
  delegation: plain('consent'),
  facilitator: plain('consent'),
  'resource-call': plain('consent'),
  choice: plain('majority-judgment'),
  'own-domain': plain('advice'),
  delegated: plain('mandated'),
  carrier: plain('consent'),
  admission: plain('consent'),
  exclusion: plain('super-majority', { num: 3, den: 4, basis: 'eligible' }),
  'charter-change': plain('consent'),
  structuring: plain('unanimity'),
  dissolution: plain('unanimity'),
};

/** Base values of the parameters that a method reads (4.5); the others have none and must be given. */
const BASE_PARAMETERS: Partial<Record<Method, Parameters>> = {
  'consensus-minus-n': { n: 1 },
  'super-majority': { strict: false, basis: 'expressed' },
  'majority-judgment': { maxGrade: 4 },
};

type Optional<T> = { readonly [K in keyof T]?: T[K] | undefined };
/** A charter as sent, with the types of its members. */
type GivenCharter = Optional<Omit<Charter, 'policies'>> & {
  readonly policies?: Optional<Charter['policies']> | undefined;
};

/** The charter with the base value for every member left out (3.5), also for the parameters of its methods. */
export function completeCharter(given: CharterArgument): Charter {
  const { policies = {}, ...parameters } = given as GivenCharter;
  const complete = DECISION_TYPES.map((type) => [type, completePolicy(policies[type] ?? BASE_POLICIES[type])]);
  return {
    ...BASE,
    ...Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined)),
    policies: Object.fromEntries(complete) as Charter['policies'],
  };
}

function completePolicy(policy: CharterPolicy): CharterPolicy {
  const { fallback } = policy;
  return { ...policy, ...completed(policy), ...(fallback ? { fallback: completed(fallback) } : {}) };
}

function completed<P extends { readonly method: Method; readonly parameters: Parameters }>(policy: P): P {
  return { ...policy, parameters: { ...BASE_PARAMETERS[policy.method], ...policy.parameters } };
}
