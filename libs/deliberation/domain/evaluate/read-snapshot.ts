import { CLOSINGS, PARTNER_KINDS, POSITION_VALUES, RAISED_KINDS } from '#contracts';
import type { Method } from '#contracts';
import { Members, Misfit, distinct, flag, int, list, name, oneOf } from './json-members.js';
import type { Reader } from './json-members.js';
import { allowsPosition, ballotFault, isOptionMethod } from './methods.js';
import { STATUS_QUO } from './option-method.js';
import { readPolicy } from './read-policy.js';
import { instantFrom } from './rfc3339.js';
import type { Elector, Snapshot, SnapshotObjection, SnapshotPosition } from './snapshot.js';

export interface SnapshotFault {
  /** RFC 6901 pointer to the first member that does not fit, in the order of the form. */
  readonly pointer: string;
  readonly fault: string;
}

/**
 * Reads a snapshot in the exact form of part 1, 4.3. Strict: an unknown member is refused, a member that the method or
 * the counting needs must be there. Instants become UTC with milliseconds.
 */
export function readSnapshot(json: unknown): Snapshot | SnapshotFault {
  try {
    return snapshot(json, '');
  } catch (error) {
    if (error instanceof Misfit) return { pointer: error.pointer, fault: error.fault };
    throw error;
  }
}

const MAX_COUNT = 1_000_000;
const count = int(1, MAX_COUNT);

const snapshot: Reader<Snapshot> = (json, pointer) => {
  const members = new Members(json, pointer);
  const policy = members.take('policy', readPolicy);
  const attempt = policy.method === 'consent' ? members.take('attempt', count) : (members.maybe('attempt', count) ?? 1);
  const roundFloor = members.take('floor', floor);
  const asked = { policy, options: optionsOf(members, policy) };
  const read: Snapshot = {
    ...asked,
    attempt,
    floor: roundFloor,
    closing: members.take('closing', oneOf(...CLOSINGS)),
    closesAt: members.take('closesAt', instant),
    electorate: members.take('electorate', list(distinct('partnerId', elector))),
    removals: members.maybe('removals', list(removal)) ?? [],
    positions: members.take('positions', list(rising(distinct('positionId', positionUnder(asked))))),
    objections: members.maybe('objections', list(distinct('positionId', distinct('objectionId', objection)))) ?? [],
  };
  members.end();
  return read;
};

type Asked = Pick<Snapshot, 'policy' | 'options'>;

/** Options are needed where ballots choose among them, and may stand elsewhere. */
function optionsOf(members: Members, { method }: Snapshot['policy']): readonly string[] {
  return isOptionMethod(method) ? members.take('options', options) : (members.maybe('options', list(name)) ?? []);
}

/** Options that ballots choose among: each once, and things as they are among them (part 1, 4.5, M10). */
const options: Reader<readonly string[]> = (json, pointer) => {
  const read = list(name)(json, pointer);
  const twice = read.findIndex((option, index) => read.indexOf(option) < index);
  if (twice >= 0) throw new Misfit(`${pointer}/${twice}`, 'named twice');
  if (!read.includes(STATUS_QUO)) throw new Misfit(pointer, `without ${STATUS_QUO}`);
  return read;
};

const instant: Reader<string> = (json, pointer) => {
  const read = typeof json === 'string' ? instantFrom(json) : undefined;
  if (read === undefined) throw new Misfit(pointer, 'not an RFC 3339 instant');
  return read;
};

const floor: Reader<Snapshot['floor']> = (json, pointer) => {
  const members = new Members(json, pointer);
  const read = {
    partners: members.take('partners', count),
    kinds: members.take('kinds', count),
  };
  members.end();
  return read;
};

const elector: Reader<Elector> = (json, pointer) => {
  const members = new Members(json, pointer);
  const read = {
    partnerId: members.take('partnerId', name),
    kind: members.take('kind', oneOf(...PARTNER_KINDS)),
    collegeId: members.maybe('collegeId', name),
    deliveredAt: members.maybe('deliveredAt', instant),
    unrepresented: members.take('unrepresented', flag),
  };
  members.end();
  return read;
};

const removal: Reader<Snapshot['removals'][number]> = (json, pointer) => {
  const members = new Members(json, pointer);
  const read = {
    partnerId: members.take('partnerId', name),
    cause: members.take('cause', oneOf('withdrew', 'excluded', 'recused')),
  };
  members.end();
  return read;
};

function positionUnder(asked: Asked): Reader<SnapshotPosition> {
  const { method } = asked.policy;
  return (json, pointer) => {
    const members = new Members(json, pointer);
    const read: SnapshotPosition = {
      positionId: members.take('positionId', name),
      seq: members.take('seq', int(0, Number.MAX_SAFE_INTEGER)),
      partnerId: members.take('partnerId', name),
      value: members.take('value', valueUnder(method)),
      ballot: members.maybe('ballot', list(ballotLine)),
      standing: members.take('standing', oneOf('titular', 'substitute')),
      channel: members.take('channel', oneOf('direct', 'on-behalf', 'proxy')),
      recordedAt: members.take('recordedAt', instant),
      statedAt: members.maybe('statedAt', instant),
      contested: members.take('contested', flag),
      struck: members.take('struck', flag),
      ratification: members.take('ratification', oneOf('none', 'pending', 'ratified', 'refused')),
    };
    members.end();
    if (read.channel === 'on-behalf' && read.statedAt === undefined)
      throw new Misfit(members.at('statedAt'), 'missing');
    const fault = isOptionMethod(method) ? ballotMisfit(read, asked) : undefined;
    if (fault !== undefined) throw new Misfit(members.at('ballot'), fault);
    return read;
  };
}

/** Where ballots choose, a ballot has its options, valid ones, and no other position has any. */
function ballotMisfit({ value, ballot }: SnapshotPosition, { policy, options }: Asked): string | undefined {
  if (value !== 'ballot') return ballot && 'not of a ballot';
  return ballot ? ballotFault(policy, options, ballot) : 'missing';
}

/**
 * A value that the method has no place for would count as a mere presence, which would mislead. A ballot says nothing
 * for or against and may stand under any method, as in the form of part 1, 4.3.
 */
function valueUnder(method: Method): Reader<SnapshotPosition['value']> {
  const any = oneOf(...POSITION_VALUES);
  return (json, pointer) => {
    const value = any(json, pointer);
    const fits = value === 'ballot' || allowsPosition(method, value);
    if (!fits) throw new Misfit(pointer, `not a position under ${method}`);
    return value;
  };
}

const ballotLine: Reader<{ optionId: string; score: number }> = (json, pointer) => {
  const members = new Members(json, pointer);
  const read = { optionId: members.take('optionId', name), score: members.take('score', int(-MAX_COUNT, MAX_COUNT)) };
  members.end();
  return read;
};

const objection: Reader<SnapshotObjection> = (json, pointer) => {
  const members = new Members(json, pointer);
  const read = {
    objectionId: members.take('objectionId', name),
    positionId: members.take('positionId', name),
    partnerId: members.take('partnerId', name),
    kind: members.take('kind', oneOf(...RAISED_KINDS)),
    reasonGiven: members.take('reasonGiven', flag),
    saidNotQualifiedBy: members.take('saidNotQualifiedBy', list(name)),
  };
  members.end();
  return read;
};

/** Positions come in `seq` order, each its own. */
function rising(of: Reader<SnapshotPosition>): Reader<SnapshotPosition> {
  let last = -1;
  return (json, pointer) => {
    const read = of(json, pointer);
    if (read.seq <= last) throw new Misfit(`${pointer}/seq`, 'not in seq order');
    last = read.seq;
    return read;
  };
}
