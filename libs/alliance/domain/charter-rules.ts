import { DECISION_TYPES, amountLinesFault, charterFields, lineKey } from '#contracts';
import type { Charter, CharterPolicy, DecisionType, Fields } from '#contracts';
import { policyFault } from './policy-rules.js';

type Test = (charter: Charter) => string | undefined;

/** The rules of 3.5 in the order of its tables. Each is named after the member that breaks it. */
const RULES: readonly Test[] = [
  ({ quorum }) => shareFault('quorum', quorum),
  ({ minFavour }) => shareFault('minFavour', { ...minFavour, strict: false }) ?? leastFault(minFavour.least),
  // Lines and amounts as in part 2, 1.2 and 1.3.
  ({ silenceCeiling }) => (amountLinesFault(silenceCeiling, '') ? 'silenceCeiling' : undefined),
  ({ silenceCeiling }) => distinct('silenceCeiling', silenceCeiling.map(lineKey)),
  boundsFault,
  ({ minOpenHours, roundDays }) => (minOpenHours > roundDays * 24 ? 'minOpenHours' : undefined),
  ({ colleges }) =>
    distinct(
      'colleges',
      colleges.map(({ collegeId }) => collegeId),
    ),
  // A kind is in at most one college, and once there.
  ({ colleges }) =>
    distinct(
      'colleges',
      colleges.flatMap(({ kinds }) => kinds),
    ),
  ({ policies }) => firstOf(DECISION_TYPES, (type) => policyOfType(type, policies[type])),
];

/** The first rule of part 1, 3.5 that a complete charter breaks, as the path of the member at fault; or nothing. */
export function charterFault(charter: Charter): string | undefined {
  return firstOf(RULES, (rule) => rule(charter));
}

function firstOf<T>(list: readonly T[], fault: (one: T) => string | undefined): string | undefined {
  for (const one of list) {
    const found = fault(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

interface Share {
  readonly num: number;
  readonly den: number;
  readonly strict: boolean;
}

/** den 1..100, 0 ≤ num ≤ den, strict needs num < den. */
function shareFault(rule: string, { num, den, strict }: Share): string | undefined {
  const whole = Number.isInteger(num) && Number.isInteger(den);
  const within = den >= 1 && den <= 100 && num >= 0 && num <= den;
  return whole && within && !(strict && num === den) ? undefined : rule;
}

function leastFault(least: number): string | undefined {
  return Number.isInteger(least) && least >= 1 && least <= 3 ? undefined : 'minFavour';
}

function distinct(rule: string, names: readonly string[]): string | undefined {
  return new Set(names).size === names.length ? undefined : rule;
}

/** Every whole number within the bounds that the catalogue gives its field. */
function boundsFault(charter: Charter): string | undefined {
  const fields = (charterFields as { readonly fields?: Fields }).fields ?? {};
  const values = charter as unknown as Readonly<Record<string, unknown>>;
  return firstOf(Object.entries(fields), ([name, field]) => {
    if (field.is !== 'int') return undefined;
    const value = values[name];
    const within = typeof value === 'number' && Number.isInteger(value) && value >= field.min && value <= field.max;
    return within ? undefined : name;
  });
}

/** What a type asks of its policy, and what its own quorum and minFavour ask. */
function policyOfType(type: DecisionType, policy: CharterPolicy): string | undefined {
  const path = `policies.${type}`;
  const { quorum, minFavour } = policy;
  return (
    policyFault(type, policy) ??
    (quorum && shareFault(`${path}.quorum`, quorum)) ??
    (minFavour && shareFault(`${path}.minFavour`, { ...minFavour, strict: false })) ??
    (minFavour && leastFault(minFavour.least) && `${path}.minFavour`)
  );
}
