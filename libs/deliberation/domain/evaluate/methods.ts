import type { Method, PositionValue } from '#contracts';
import { absoluteMajority } from './absolute-majority.js';
import { consensusMinusN } from './consensus-minus-n.js';
import { consensus } from './consensus.js';
import { consent } from './consent.js';
import { dots } from './dots.js';
import { majorityJudgment } from './majority-judgment.js';
import type { Ballot, PolicyParameter, VotingMethod } from './method.js';
import { rankedIrv } from './ranked-irv.js';
import { score } from './score.js';
import { silentConsent } from './silent-consent.js';
import { simpleMajority } from './simple-majority.js';
import type { SnapshotPolicy } from './snapshot.js';
import { superMajority } from './super-majority.js';
import { unanimity } from './unanimity.js';

/** The methods under which a round is held: M1 to M8 and M10 of part 1, 4.5. M9 and M11 decide without a round. */
const METHODS: Partial<Readonly<Record<Method, VotingMethod>>> = {
  consent,
  consensus,
  'consensus-minus-n': consensusMinusN,
  unanimity,
  'simple-majority': simpleMajority,
  'super-majority': superMajority,
  'absolute-majority': absoluteMajority,
  'silent-consent': silentConsent,
  'majority-judgment': majorityJudgment,
  score,
  dots,
  'ranked-irv': rankedIrv,
};

/** False for `advice` and `mandated`, by which partners decide without a round. */
export function hasRounds(method: Method): boolean {
  return METHODS[method] !== undefined;
}

/** Whether a position may have that value under the method (part 1, 4.5, else `POSITION_NOT_ALLOWED`). */
export function allowsPosition(method: Method, value: PositionValue): boolean {
  return METHODS[method]?.positions.includes(value) === true;
}

/** Whether options are chosen among by ballots (M10); such a round selects and does not decide. */
export function isOptionMethod(method: Method): boolean {
  return METHODS[method]?.ballotFault !== undefined;
}

/** What is wrong with a ballot under a policy that takes ballots (part 1, 4.5, else `BALLOT_INVALID`). */
export function ballotFault(policy: SnapshotPolicy, options: readonly string[], ballot: Ballot): string | undefined {
  return METHODS[policy.method]?.ballotFault?.(ballot, options, policy);
}

/** What an agreement counts as whose ratification was refused (part 1, 4.4). */
export function refusedRatification(method: Method): VotingMethod['refusedRatification'] | undefined {
  return METHODS[method]?.refusedRatification;
}

/** Whether an objection falls because all others contest it, or (M8) because no reason came; undefined without rounds. */
export function objectionFalls(method: Method): VotingMethod['objectionFalls'] | undefined {
  return METHODS[method]?.objectionFalls;
}

export function methodOf(method: Method): VotingMethod {
  const found = METHODS[method];
  if (found === undefined) throw new RangeError(`no round is held under method ${method}`);
  return found;
}

/** Whether method and counting read that member of the policy. */
export function readsParameter(policy: SnapshotPolicy, parameter: PolicyParameter): boolean {
  if (parameter === 'collegeCondition') return true;
  if (!methodOf(policy.method).parameters.includes(parameter)) return false;
  const noticeIdle = policy.method === 'consent' && policy.silence !== 'consent-if-notified';
  return parameter !== 'noticeDays' || !noticeIdle;
}
