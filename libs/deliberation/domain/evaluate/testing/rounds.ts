import type { Method, PartnerKind, PositionValue } from '#contracts';
import type { Elector, Snapshot, SnapshotObjection, SnapshotPolicy, SnapshotPosition } from '../snapshot.js';

export const OPENS_AT = '2026-03-02T08:00:00.000Z';
export const CLOSES_AT = '2026-03-16T17:00:00.000Z';

/** The base settings of a charter (part 1, 3.5). */
export function basePolicy(method: Method, parameters: Partial<SnapshotPolicy> = {}): SnapshotPolicy {
  return {
    method,
    quorum: { num: 1, den: 2, strict: true },
    minFavour: { least: 2, num: 1, den: 4 },
    silence: 'not-counted',
    noticeDays: 7,
    maxRounds: 3,
    ...parameters,
  };
}

const KINDS: readonly PartnerKind[] = ['association', 'local-authority', 'company'];

/** Partners `p1` to `pN` of several kinds, all notified at opening. */
export function partners(size: number): readonly Elector[] {
  return Array.from({ length: size }, (_, index) => ({
    partnerId: `p${index + 1}`,
    kind: KINDS[index % KINDS.length] ?? 'other',
    deliveredAt: OPENS_AT,
    unrepresented: false,
  }));
}

/** A position of partner `p<number>`, direct and by the titular unless said. */
export function position(
  number: number,
  value: PositionValue,
  differing: Partial<SnapshotPosition> = {},
): SnapshotPosition {
  return {
    positionId: `x${number}`,
    seq: number,
    partnerId: `p${number}`,
    value,
    standing: 'titular',
    channel: 'direct',
    recordedAt: '2026-03-03T09:00:00.000Z',
    contested: false,
    struck: false,
    ratification: 'none',
    ...differing,
  };
}

/** The objection that position `x<number>` of partner `p<number>` raised. */
export function objection(number: number, differing: Partial<SnapshotObjection> = {}): SnapshotObjection {
  return {
    objectionId: `o${number}`,
    positionId: `x${number}`,
    partnerId: `p${number}`,
    kind: 'harms-aim',
    reasonGiven: true,
    saidNotQualifiedBy: [],
    ...differing,
  };
}

/** A round of eight partners that closes at its deadline, where nobody said anything yet. */
export function round(method: Method, differing: Partial<Snapshot> = {}): Snapshot {
  return {
    policy: basePolicy(method),
    attempt: 1,
    floor: { partners: 3, kinds: 2 },
    options: [],
    closing: 'deadline',
    closesAt: CLOSES_AT,
    electorate: partners(8),
    removals: [],
    positions: [],
    objections: [],
    ...differing,
  };
}

/** Positions of the first partners, in order: `said('agree', 'agree', 'object')`. */
export function said(...values: readonly PositionValue[]): readonly SnapshotPosition[] {
  return values.map((value, index) => position(index + 1, value));
}

export function times(count: number, value: PositionValue): readonly PositionValue[] {
  return Array.from({ length: count }, () => value);
}
