import type { CharterPolicy, DecisionType, Method } from '#contracts';

type Asked = Pick<CharterPolicy, 'method' | 'parameters'>;

/** M1 to M8 of part 1, 4.5, in their order. */
const M1_TO_M8: readonly Method[] = [
  'consent',
  'consensus',
  'consensus-minus-n',
  'unanimity',
  'simple-majority',
  'super-majority',
  'absolute-majority',
  'silent-consent',
];
const M1_TO_M7 = M1_TO_M8.slice(0, 7);
const OPTION_METHODS: readonly Method[] = ['majority-judgment', 'score', 'dots', 'ranked-irv'];

/** "Methods a charter may choose" (3.5). */
const ALLOWED: Readonly<Record<DecisionType, readonly Method[]>> = {
  ordinary: M1_TO_M8,
  orientation: M1_TO_M8,
  delegation: M1_TO_M7,
  facilitator: M1_TO_M7,
  'resource-call': M1_TO_M8,
  choice: OPTION_METHODS,
  'own-domain': ['advice'],
  delegated: ['mandated'],
  carrier: M1_TO_M7,
  admission: ['consent', 'consensus', 'consensus-minus-n', 'unanimity', 'super-majority'],
  exclusion: ['consent', 'consensus', 'consensus-minus-n', 'unanimity', 'super-majority'],
  'charter-change': ['consent', 'consensus', 'unanimity', 'super-majority'],
  structuring: ['consent', 'unanimity'],
  dissolution: ['consent', 'unanimity'],
};

/** A super-majority of these types is at least 2/3 of the eligible. */
const TWO_THIRDS: readonly DecisionType[] = ['exclusion', 'charter-change'];

/** M2–M7 for M1, M6 for M2 and M3; the other methods have none. */
const FALLBACKS: Partial<Record<Method, readonly Method[]>> = {
  consent: M1_TO_M7.slice(1),
  consensus: ['super-majority'],
  'consensus-minus-n': ['super-majority'],
};

/** The rule of 3.5 that the policy of a decision type breaks, as a path; or nothing. */
export function policyFault(type: DecisionType, policy: CharterPolicy): string | undefined {
  const path = `policies.${type}`;
  const { fallback } = policy;
  const fault = methodFault(type, policy);
  if (fault !== undefined) return `${path}.${fault}`;
  if (!fallback) return undefined;
  const named = FALLBACKS[policy.method]?.includes(fallback.method) ?? false;
  return named && methodFault(type, fallback) === undefined ? undefined : `${path}.fallback`;
}

function methodFault(type: DecisionType, { method, parameters }: Asked): 'method' | 'parameters' | undefined {
  if (!ALLOWED[type].includes(method)) return 'method';
  const fits =
    parametersFit(method, parameters) && (!TWO_THIRDS.includes(type) || atLeastTwoThirds(method, parameters));
  return fits ? undefined : 'parameters';
}

/** Parameters that the method reads are there and within the bounds of 4.5; it reads no others. */
function parametersFit(
  method: Method,
  { num, den, strict, n, maxGrade, min, max, budget }: Asked['parameters'],
): boolean {
  switch (method) {
    case 'consensus-minus-n':
      return within(n, 1, 3);
    case 'super-majority':
      return (
        num !== undefined && within(den, 1, 100) && 2 * num > den && num <= den && !(strict === true && num === den)
      );
    case 'majority-judgment':
      return within(maxGrade, 2, 9);
    case 'score':
      return within(min, -100, 0) && within(max, 0, 100) && min < max;
    case 'dots':
      return within(budget, 1, 1000);
    default:
      return true;
  }
}

function within(value: number | undefined, least: number, most: number): value is number {
  return value !== undefined && Number.isInteger(value) && value >= least && value <= most;
}

function atLeastTwoThirds(method: Method, { num = 0, den = 1, basis }: Asked['parameters']): boolean {
  return method !== 'super-majority' || (3 * num >= 2 * den && basis === 'eligible');
}
