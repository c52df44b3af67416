import { addHours, derivedId } from '#kernel';
import type { Id, Instant } from '#kernel';
import { countedPositions, objectionFalls } from './evaluate/index.js';
import type { Counted } from './evaluate/index.js';
import type { DeliberationState, Objection, Position, Removal, Round } from './state.js';

/** Hours for which a late position is kept, an orphan may be adopted, a sponsor replaced, an abandonment contested. */
export const GRACE_HOURS = 72;

export function graceFrom(instant: Instant): Instant {
  return addHours(instant, GRACE_HOURS);
}

/** The subject of events that name an objection alone (architecture 4.1). */
export function roundSubject(roundId: Id | undefined): string {
  return `round/${String(roundId)}`;
}

/** The objection that a position raises has an id that follows from the position's: there is one at most. */
export function objectionIdOf(positionId: Id): Id {
  return derivedId(positionId, 'ObjectionRaised', 0);
}

/** E as it is now: the electorate as opened, less those that left (part 1, 4.1). */
export function electors(round: Round): Round['electorate'] {
  return round.removals.length === 0
    ? round.electorate
    : round.electorate.filter(({ partnerId }) => !isRemoved(round.removals, partnerId));
}

function isRemoved(removals: readonly Removal[], partnerId: Id): boolean {
  return removals.some((removal) => removal.partnerId === partnerId);
}

export function isElector(round: Round, partnerId: Id): boolean {
  return electors(round).some((elector) => elector.partnerId === partnerId);
}

/** Whether E has the partners and kinds of the floor (part 1, 4.2). */
export function reachesFloor(electorate: Round['electorate'], floor: Round['floor']): boolean {
  return electorate.length >= floor.partners && new Set(electorate.map(({ kind }) => kind)).size >= floor.kinds;
}

/** The counted positions of a round, open or closed (part 1, 4.4). */
export function counted(round: Round): Counted<Round['electorate'][number], Position> {
  const { electorate, removals, positions, closesAt, closed } = round;
  return countedPositions({ electorate, removals, positions, closesAt: closed?.closedAt ?? closesAt });
}

export function countedPosition(round: Round, partnerId: Id): Position | undefined {
  return counted(round).byPartner.get(partnerId);
}

/** Under silent consent nobody says that an objection does not qualify (4.5, M8). */
export function isContestless({ policy }: Round): boolean {
  return objectionFalls(policy.method) === 'without-reason';
}

/** Whether a partner has a position of its own, direct or on behalf, in time and not contested: it ends proxies (4.8). */
export function hasOwnPosition({ positions }: Round, partnerId: Id): boolean {
  return positions.some((one) => one.partnerId === partnerId && one.channel !== 'proxy' && !one.late && !one.contested);
}

/** The objections of a round that live, those of counted positions: an objection lives through its position. */
export function liveObjections(state: DeliberationState, round: Round): readonly Objection[] {
  const { byPartner } = counted(round);
  return round.objections
    .map((objectionId) => state.objections.get(objectionId))
    .filter((objection) => objection !== undefined)
    .filter(({ status }) => status === 'raised')
    .filter(({ partnerId, positionId }) => byPartner.get(partnerId)?.positionId === positionId);
}

/**
 * Whether an objection does not qualify at closing (4.6): every partner of E but the objector says so, own limits never; under
 * silent consent, where nobody contests, when no reason came (4.5, M8).
 */
export function isReclassified(round: Round, { kind, partnerId, notQualified, reasonGiven }: Objection): boolean {
  if (isContestless(round)) return !reasonGiven;
  if (kind === 'exceeds-our-limits' || notQualified.length === 0) return false;
  return electors(round).every(
    (elector) => elector.partnerId === partnerId || notQualified.includes(elector.partnerId),
  );
}
