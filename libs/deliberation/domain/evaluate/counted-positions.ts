import type { NotCountedWhy } from '#contracts';
import type { SnapshotPosition } from './snapshot.js';

export type CountablePosition = Pick<
  SnapshotPosition,
  'positionId' | 'seq' | 'partnerId' | 'standing' | 'channel' | 'recordedAt' | 'statedAt' | 'contested' | 'struck'
>;

/** What counting reads of a round, open or closed; a snapshot is one. Positions in `seq` order. */
export interface Countable<E extends { readonly partnerId: string }, P extends CountablePosition> {
  readonly electorate: readonly E[];
  readonly removals: readonly { readonly partnerId: string }[];
  readonly positions: readonly P[];
  readonly closesAt: string;
}

export interface Counted<E, P> {
  /** E: the electorate less removals. */
  readonly electors: readonly E[];
  /** The one counted position of each partner that has one. */
  readonly byPartner: ReadonlyMap<string, P>;
  /** The same, in `seq` order. */
  readonly counted: readonly P[];
  /** Every other position with the first rule that put it out, in `seq` order. */
  readonly notCounted: readonly { readonly positionId: string; readonly why: NotCountedWhy }[];
}

/** The counted position of each partner of E, by elimination (part 1, 4.4, steps 1 to 5). */
export function countedPositions<E extends { readonly partnerId: string }, P extends CountablePosition>(
  round: Countable<E, P>,
): Counted<E, P> {
  const electors = electorsLeft(round.electorate, round.removals);
  const whys = new Map<P, NotCountedWhy>();
  const byPartner = new Map<string, P>();
  for (const [partnerId, positions] of eligiblePositions(round, electors, whys)) {
    const [first, second] = positions;
    const winner = second === undefined ? first : contend(positions, whys);
    if (winner !== undefined) byPartner.set(partnerId, winner);
  }
  const counted: P[] = [];
  const notCounted: { positionId: string; why: NotCountedWhy }[] = [];
  for (const position of round.positions) {
    const why = whys.get(position);
    if (why === undefined) counted.push(position);
    else notCounted.push({ positionId: position.positionId, why });
  }
  return { electors, byPartner, counted, notCounted };
}

function electorsLeft<E extends { readonly partnerId: string }>(
  electorate: readonly E[],
  removals: readonly { readonly partnerId: string }[],
): readonly E[] {
  if (removals.length === 0) return electorate;
  const removed = new Set(removals.map(({ partnerId }) => partnerId));
  return electorate.filter(({ partnerId }) => !removed.has(partnerId));
}

/** Step 1: the positions of each partner of E that are in time, not contested and not struck. */
function eligiblePositions<P extends CountablePosition>(
  round: { readonly positions: readonly P[]; readonly closesAt: string },
  electors: readonly { readonly partnerId: string }[],
  whys: Map<P, NotCountedWhy>,
): ReadonlyMap<string, P[]> {
  const groups = new Map<string, P[]>();
  for (const { partnerId } of electors) groups.set(partnerId, []);
  for (const position of round.positions) {
    const group = groups.get(position.partnerId);
    const why = group === undefined ? 'removed' : ownFault(position, round.closesAt);
    if (why === undefined) group?.push(position);
    else whys.set(position, why);
  }
  return groups;
}

function ownFault(position: CountablePosition, closesAt: string): NotCountedWhy | undefined {
  if (position.recordedAt > closesAt) return 'late';
  if (position.contested) return 'contested';
  return position.struck ? 'struck' : undefined;
}

type Contest = (left: readonly CountablePosition[]) => (position: CountablePosition) => boolean;

/** Steps 2 to 5: from the positions left, a test of which go. The last leaves exactly one. */
const CONTESTS: readonly (readonly [NotCountedWhy, Contest])[] = [
  ['own-beats-proxy', ownBeatsProxy],
  ['direct-beats-on-behalf', directBeatsOnBehalf],
  ['titular-beats-substitute', titularBeatsSubstitute],
  ['later', latestStays],
];

function contend<P extends CountablePosition>(positions: readonly P[], whys: Map<P, NotCountedWhy>): P | undefined {
  let left = positions;
  for (const [why, contest] of CONTESTS) {
    const goes = contest(left);
    const staying: P[] = [];
    for (const position of left) {
      if (goes(position)) whys.set(position, why);
      else staying.push(position);
    }
    left = staying;
  }
  return left[0];
}

function ownBeatsProxy(left: readonly CountablePosition[]): (position: CountablePosition) => boolean {
  const hasOwn = left.some(({ channel }) => channel !== 'proxy');
  return ({ channel }) => hasOwn && channel === 'proxy';
}

function directBeatsOnBehalf(left: readonly CountablePosition[]): (position: CountablePosition) => boolean {
  let lastDirect = '';
  for (const { channel, recordedAt } of left) {
    if (channel === 'direct' && recordedAt > lastDirect) lastDirect = recordedAt;
  }
  return (position) => position.channel === 'on-behalf' && lastDirect >= momentOf(position);
}

function titularBeatsSubstitute(left: readonly CountablePosition[]): (position: CountablePosition) => boolean {
  const hasTitular = left.some(({ standing }) => standing === 'titular');
  return ({ standing }) => hasTitular && standing === 'substitute';
}

function latestStays(left: readonly CountablePosition[]): (position: CountablePosition) => boolean {
  let latest = left[0];
  for (const position of left) if (latest === undefined || isLater(position, latest)) latest = position;
  return (position) => position !== latest;
}

function isLater(position: CountablePosition, than: CountablePosition): boolean {
  const moment = momentOf(position);
  const other = momentOf(than);
  return moment > other || (moment === other && position.seq > than.seq);
}

/** When it was said: `statedAt` on behalf, else `recordedAt`. */
function momentOf({ channel, statedAt, recordedAt }: CountablePosition): string {
  return channel === 'on-behalf' ? (statedAt ?? recordedAt) : recordedAt;
}
