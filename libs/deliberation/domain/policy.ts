import type { Charter, CharterPolicy, DecisionType, Method } from '#contracts';
import type { Id } from '#kernel';
import { policyRead } from './evaluate/index.js';
import { compareStrength } from './strength.js';
import type { MethodChoice } from './strength.js';
import { exceedsCeiling } from './silence-ceiling.js';
import type { DeliberationState, RoundPolicy, Submission, VersionRequests } from './state.js';

/** What the charter chose for a decision type. */
export function choiceOf({ method, parameters, fallback }: CharterPolicy): MethodChoice {
  const flatFallback = fallback && { method: fallback.method, ...fallback.parameters };
  return { method, ...parameters, ...(flatFallback ? { fallback: flatFallback } : {}) };
}

/**
 * The strongest of a policy and of the methods that adopted the decisions to be replaced (part 1, 4.9). A fallback
 * weaker than one of these is none.
 */
export function strengthened(choice: MethodChoice, replaced: readonly MethodChoice[]): MethodChoice {
  const strongest = replaced.reduce((best, one) => (compareStrength(one, best) > 0 ? one : best), choice);
  const { fallback, ...asked } = strongest;
  const fallbackHolds =
    strongest === choice && fallback && replaced.every((one) => compareStrength(fallback, one) >= 0);
  return fallbackHolds ? choice : asked;
}

/** The methods that adopted the decisions which a proposal would end: by their place, by amending or by revoking. */
export function replacedBy(
  state: DeliberationState,
  { supersedes, reviewOf, reviewOutcome }: Pick<Submission, 'supersedes' | 'reviewOf' | 'reviewOutcome'>,
  own?: Id,
): readonly MethodChoice[] {
  const reviewed = reviewOutcome === 'renew' ? undefined : reviewOf;
  return [...supersedes, reviewed, own]
    .map((decisionId) => state.decisions.get(decisionId)?.policy)
    .filter((policy) => policy !== undefined)
    .map(({ method, num, den, strict, basis, n }) => ({ method, num, den, strict, basis, n }));
}

interface Asked {
  readonly charter: Charter;
  readonly decisionType: DecisionType;
  readonly requests: VersionRequests;
}

/** The flat policy that `RoundOpened` pins: the method and every parameter that the round can need (part 1, 4.2). */
export function resolvedPolicy({ fallback, ...choice }: MethodChoice, asked: Asked): RoundPolicy {
  const { charter, decisionType } = asked;
  const { quorum, minFavour, collegeCondition } = charter.policies[decisionType];
  const policy = policyRead({
    ...choice,
    strict: choice.strict ?? false,
    basis: choice.basis ?? 'expressed',
    quorum: quorum ?? charter.quorum,
    minFavour: minFavour ?? charter.minFavour,
    silence: silenceCounts(choice.method, asked) ? 'consent-if-notified' : 'not-counted',
    noticeDays: charter.noticeDays,
    maxRounds: charter.maxRounds,
    collegeCondition,
  });
  return fallback ? { ...policy, fallback } : policy;
}

/** Types under which silence may count at all (part 1, 3.5, last column), where the charter and the method let it. */
const SILENCE_MAY_COUNT: readonly DecisionType[] = ['ordinary', 'orientation', 'resource-call'];

function silenceCounts(method: Method, { charter, decisionType, requests }: Asked): boolean {
  if (method !== 'consent' || charter.silence !== 'consent-if-notified') return false;
  return SILENCE_MAY_COUNT.includes(decisionType) && !exceedsCeiling(requests, charter.silenceCeiling);
}
