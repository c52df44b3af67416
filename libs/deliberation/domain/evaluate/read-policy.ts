import { METHODS } from '#contracts';
import type { Method } from '#contracts';
import { Members, Misfit, flag, int, oneOf } from './json-members.js';
import type { Reader } from './json-members.js';
import type { PolicyParameter } from './method.js';
import { hasRounds, readsParameter } from './methods.js';
import type { SnapshotPolicy } from './snapshot.js';

/** A switch left out is off, a basis left out the base setting; every other parameter that is read must be there. */
const HAVE_A_BASE: readonly PolicyParameter[] = ['strict', 'basis', 'silence', 'collegeCondition'];

/** Bound of every number of a policy, so that no product leaves the exact integers. */
const MAX = 1_000_000;

/** The flat policy of a snapshot (part 1, 4.3). */
export const readPolicy: Reader<SnapshotPolicy> = (json, pointer) => {
  const members = new Members(json, pointer);
  const method = members.take('method', methodWithRounds);
  // Whether noticeDays is needed depends on silence, which stands before it; other members of `known` are not asked.
  let known: SnapshotPolicy = { method };
  const parameter = <T>(name: PolicyParameter, reader: Reader<T>): T | undefined => {
    const optional = HAVE_A_BASE.includes(name) || !readsParameter(known, name);
    return optional ? members.maybe(name, reader) : members.take(name, reader);
  };
  known = {
    method,
    num: parameter('num', int(0, MAX)),
    den: parameter('den', int(1, MAX)),
    strict: parameter('strict', flag),
    basis: parameter('basis', oneOf('expressed', 'eligible')),
    quorum: parameter('quorum', quorum),
    minFavour: parameter('minFavour', minFavour),
    silence: parameter('silence', oneOf('not-counted', 'consent-if-notified')),
  };
  const read: SnapshotPolicy = {
    ...known,
    noticeDays: parameter('noticeDays', int(0, MAX)),
    maxRounds: parameter('maxRounds', int(1, MAX)),
    n: parameter('n', int(1, MAX)),
    maxGrade: parameter('maxGrade', int(1, MAX)),
    min: parameter('min', int(-MAX, 0)),
    max: parameter('max', int(0, MAX)),
    budget: parameter('budget', int(1, MAX)),
    collegeCondition: parameter('collegeCondition', flag),
  };
  members.end();
  return read;
};

const methodWithRounds: Reader<Method> = (json, pointer) => {
  const method = oneOf(...METHODS)(json, pointer);
  if (!hasRounds(method)) throw new Misfit(pointer, 'a method without round');
  return method;
};

const quorum: Reader<NonNullable<SnapshotPolicy['quorum']>> = (json, pointer) => {
  const members = new Members(json, pointer);
  const read = {
    num: members.take('num', int(0, MAX)),
    den: members.take('den', int(1, MAX)),
    strict: members.take('strict', flag),
  };
  members.end();
  return read;
};

const minFavour: Reader<NonNullable<SnapshotPolicy['minFavour']>> = (json, pointer) => {
  const members = new Members(json, pointer);
  const read = {
    least: members.take('least', int(0, MAX)),
    num: members.take('num', int(0, MAX)),
    den: members.take('den', int(1, MAX)),
  };
  members.end();
  return read;
};
