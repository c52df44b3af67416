import { METHODS } from '#contracts';
import type { Method } from '#contracts';
import { Members, Misfit, flag, int, oneOf } from './json-members.js';
import type { Reader } from './json-members.js';
import type { PolicyParameter } from './method.js';
import { hasRounds, readsParameter } from './methods.js';
import type { SnapshotPolicy } from './snapshot.js';

/** A switch left out is off, a basis left out the base setting; every other parameter that is read must be there. */
const HAVE_A_BASE: readonly PolicyParameter[] = ['strict', 'basis', 'silence', 'collegeCondition'];

/** The bounds of a charter (part 1, 3.5 and 4.5): what no charter may say, no round was held under. */
const SHARE = { num: int(0, 100), den: int(1, 100) };

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
    num: parameter('num', SHARE.num),
    den: parameter('den', SHARE.den),
    strict: parameter('strict', flag),
    basis: parameter('basis', oneOf('expressed', 'eligible')),
    quorum: parameter('quorum', quorum),
    minFavour: parameter('minFavour', minFavour),
    silence: parameter('silence', oneOf('not-counted', 'consent-if-notified')),
  };
  const read: SnapshotPolicy = {
    ...known,
    noticeDays: parameter('noticeDays', int(3, 30)),
    maxRounds: parameter('maxRounds', int(1, 6)),
    n: parameter('n', int(1, 3)),
    maxGrade: parameter('maxGrade', int(2, 9)),
    min: parameter('min', int(-100, 0)),
    max: parameter('max', int(0, 100)),
    budget: parameter('budget', int(1, 1000)),
    collegeCondition: parameter('collegeCondition', flag),
  };
  members.end();
  if (method === 'super-majority') superMajorityFits(read, pointer);
  if (method === 'score' && read.min === read.max) throw new Misfit(members.at('max'), 'not above min');
  return read;
};

/** More than half, at most all, and not more than all when strict (part 1, 3.5). */
function superMajorityFits({ num = 0, den = 1, strict = false }: SnapshotPolicy, pointer: string): void {
  if (2 * num <= den) throw new Misfit(`${pointer}/num`, 'not more than half of den');
  partFits({ num, den, strict }, pointer);
}

/** No share is more than the whole; strictly more than it needs less than it. */
function partFits({ num, den, strict }: NonNullable<SnapshotPolicy['quorum']>, pointer: string): void {
  if (num > den) throw new Misfit(`${pointer}/num`, 'more than den');
  if (strict && num === den) throw new Misfit(`${pointer}/strict`, 'nothing is more than all');
}

const methodWithRounds: Reader<Method> = (json, pointer) => {
  const method = oneOf(...METHODS)(json, pointer);
  if (!hasRounds(method)) throw new Misfit(pointer, 'a method without round');
  return method;
};

const quorum: Reader<NonNullable<SnapshotPolicy['quorum']>> = (json, pointer) => {
  const members = new Members(json, pointer);
  const read = {
    num: members.take('num', SHARE.num),
    den: members.take('den', SHARE.den),
    strict: members.take('strict', flag),
  };
  members.end();
  partFits(read, pointer);
  return read;
};

const minFavour: Reader<NonNullable<SnapshotPolicy['minFavour']>> = (json, pointer) => {
  const members = new Members(json, pointer);
  const read = {
    least: members.take('least', int(1, 3)),
    num: members.take('num', SHARE.num),
    den: members.take('den', SHARE.den),
  };
  members.end();
  partFits({ ...read, strict: false }, pointer);
  return read;
};
