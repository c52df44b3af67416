import type { Method, Policy, Tallies } from './form.js';
import { needed } from './form.js';
import { minFavourRequired, quorumRequired } from './thresholds.js';

/** What rules M1 to M8 read. */
export interface Asked {
  readonly policy: Policy;
  readonly attempt: number;
  readonly e: number;
  readonly participation: number;
  readonly silent: number;
  readonly tallies: Tallies;
}

export interface Answer {
  readonly result: string;
  readonly appliedMethod: Method;
  readonly quorumRequired: number | null;
  readonly minFavourRequired: number | null;
  readonly expressed: number | null;
}

const NOTHING_TESTED = { quorumRequired: null, minFavourRequired: null, expressed: null };

function favour({ tallies }: Asked): number {
  return tallies.agree + tallies.concern;
}

/** M1 consent. */
function m1(asked: Asked): Answer {
  const q = quorumRequired(asked.policy, asked.e);
  const answer = (result: string): Answer => ({
    ...NOTHING_TESTED,
    result,
    appliedMethod: 'consent',
    quorumRequired: q,
  });
  const objections = asked.tallies.object;
  if (objections >= 1 && asked.attempt < needed(asked.policy.maxRounds, 'maxRounds'))
    return answer('returned-for-integration');
  if (objections >= 1) return answer('not-adopted');
  if (asked.participation < q) return answer('inconclusive:quorum');
  if (asked.silent > 0) return answer('inconclusive:silence');
  return answer('adopted');
}

/** M2 consensus. */
function m2(asked: Asked): Answer {
  const [a, s, b] = [favour(asked), asked.tallies.standAside, asked.tallies.block];
  const q = quorumRequired(asked.policy, asked.e);
  const m = minFavourRequired(asked.policy, asked.e);
  const answer = (result: string): Answer => ({
    result,
    appliedMethod: 'consensus',
    quorumRequired: q,
    minFavourRequired: m,
    expressed: a + s + b,
  });
  if (asked.participation < q) return answer('inconclusive:quorum');
  if (b >= 1) return answer('blocked');
  if (a + s === 0) return answer('inconclusive:none-expressed');
  if (a <= s) return answer('inconclusive:stand-asides');
  if (a < m) return answer('inconclusive:weak-support');
  return answer('adopted');
}

/** M3 consensus minus n. */
function m3(asked: Asked): Answer {
  const n = needed(asked.policy.n, 'n');
  if (asked.e < 2 * n + 2) return m2(asked);
  const [a, s, b] = [favour(asked), asked.tallies.standAside, asked.tallies.block];
  const q = quorumRequired(asked.policy, asked.e);
  const m = minFavourRequired(asked.policy, asked.e);
  const answer = (result: string): Answer => ({
    result,
    appliedMethod: 'consensus-minus-n',
    quorumRequired: q,
    minFavourRequired: m,
    expressed: a + s + b,
  });
  if (asked.participation < q) return answer('inconclusive:quorum');
  if (b > n) return answer('blocked');
  if (a + s + b === 0) return answer('inconclusive:none-expressed');
  if (a <= s + b) return answer('inconclusive:stand-asides');
  if (a < m) return answer('inconclusive:weak-support');
  return answer('adopted');
}

/** M4 unanimity. */
function m4(asked: Asked): Answer {
  const result = favour(asked) === asked.e ? 'adopted' : 'not-adopted';
  return { ...NOTHING_TESTED, result, appliedMethod: 'unanimity' };
}

function majorityAnswer(asked: Asked, appliedMethod: Method): (result: string) => Answer {
  return (result) => ({
    result,
    appliedMethod,
    quorumRequired: quorumRequired(asked.policy, asked.e),
    minFavourRequired: minFavourRequired(asked.policy, asked.e),
    expressed: favour(asked) + asked.tallies.against,
  });
}

/** M5 simple majority. */
function m5(asked: Asked): Answer {
  const answer = majorityAnswer(asked, 'simple-majority');
  const [f, c] = [favour(asked), asked.tallies.against];
  if (asked.participation < quorumRequired(asked.policy, asked.e)) return answer('inconclusive:quorum');
  if (f + c === 0) return answer('inconclusive:none-expressed');
  if (f === c) return answer('inconclusive:tie');
  if (f < c) return answer('not-adopted');
  if (f < minFavourRequired(asked.policy, asked.e)) return answer('inconclusive:weak-support');
  return answer('adopted');
}

/** "F·den ≥ num·base", ">" when strict. */
function reachesFraction(asked: Asked): boolean {
  const { policy } = asked;
  const base = policy.basis === 'eligible' ? asked.e : favour(asked) + asked.tallies.against;
  const got = BigInt(favour(asked)) * BigInt(needed(policy.den, 'den'));
  const wanted = BigInt(needed(policy.num, 'num')) * BigInt(base);
  return policy.strict === true ? got > wanted : got >= wanted;
}

/** M6 super-majority. */
function m6(asked: Asked): Answer {
  const answer = majorityAnswer(asked, 'super-majority');
  if (asked.participation < quorumRequired(asked.policy, asked.e)) return answer('inconclusive:quorum');
  if (favour(asked) + asked.tallies.against === 0) return answer('inconclusive:none-expressed');
  if (!reachesFraction(asked)) return answer('not-adopted');
  if (favour(asked) < minFavourRequired(asked.policy, asked.e)) return answer('inconclusive:weak-support');
  return answer('adopted');
}

/** M7 absolute majority. */
function m7(asked: Asked): Answer {
  const answer = majorityAnswer(asked, 'absolute-majority');
  if (asked.participation < quorumRequired(asked.policy, asked.e)) return answer('inconclusive:quorum');
  if (favour(asked) + asked.tallies.against === 0) return answer('inconclusive:none-expressed');
  if (!(2 * favour(asked) > asked.e)) return answer('not-adopted');
  if (favour(asked) < minFavourRequired(asked.policy, asked.e)) return answer('inconclusive:weak-support');
  return answer('adopted');
}

/** M8 silent consent. */
function m8(asked: Asked): Answer {
  const answer = (result: string): Answer => ({ ...NOTHING_TESTED, result, appliedMethod: 'silent-consent' });
  if (asked.tallies.object >= 1) return answer('returned-for-integration');
  if (asked.silent > 0) return answer('inconclusive:silence');
  return answer('adopted');
}

const RULES: Partial<Record<Method, (asked: Asked) => Answer>> = {
  consent: m1,
  consensus: m2,
  'consensus-minus-n': m3,
  unanimity: m4,
  'simple-majority': m5,
  'super-majority': m6,
  'absolute-majority': m7,
  'silent-consent': m8,
};

/** 4.5, M1 to M8: "rules are tried in the order written; the first that applies gives the result". */
export function ruled(asked: Asked): Answer {
  return needed(RULES[asked.policy.method], `a rule of ${asked.policy.method}`)(asked);
}
