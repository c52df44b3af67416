import type { Method, PositionValue } from '#contracts';
import { absoluteMajority } from './absolute-majority.js';
import { consent } from './consent.js';
import type { PolicyParameter, VotingMethod } from './method.js';
import { simpleMajority } from './simple-majority.js';
import type { SnapshotPolicy } from './snapshot.js';
import { superMajority } from './super-majority.js';
import { unanimity } from './unanimity.js';

/** The methods under which a round can be opened today. */
const METHODS: Partial<Readonly<Record<Method, VotingMethod>>> = {
  consent,
  unanimity,
  'simple-majority': simpleMajority,
  'super-majority': superMajority,
  'absolute-majority': absoluteMajority,
};

/** False for a method that no round can have yet (`METHOD_NOT_AVAILABLE`), or never has (advice, mandated). */
export function isMethodAvailable(method: Method): boolean {
  return METHODS[method] !== undefined;
}

/** Whether a position may have that value under the method (part 1, 4.5, else `POSITION_NOT_ALLOWED`). */
export function allowsPosition(method: Method, value: PositionValue): boolean {
  return METHODS[method]?.positions.includes(value) === true;
}

export function methodOf(method: Method): VotingMethod {
  const found = METHODS[method];
  if (found === undefined) throw new RangeError(`no evaluator for method ${method}`);
  return found;
}

/** Whether method and counting read that member of the policy. */
export function readsParameter(policy: SnapshotPolicy, parameter: PolicyParameter): boolean {
  if (parameter === 'collegeCondition') return true;
  if (!methodOf(policy.method).parameters.includes(parameter)) return false;
  const noticeIdle = policy.method === 'consent' && policy.silence !== 'consent-if-notified';
  return parameter !== 'noticeDays' || !noticeIdle;
}
