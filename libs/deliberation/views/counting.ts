import type { Day, Id } from '#kernel';
import type { RowReader } from '#views';
import { countedPositions } from '../domain/evaluate/index.js';
import type { DeliberationRow } from './deliberation.projection.js';
import { by, lastBy } from './rows/dated.js';
import type { Dated } from './rows/dated.js';
import type { LeaverRow } from './rows/leaver.row.js';
import type { PositionRow } from './rows/position.row.js';
import type { PositionFact, RoundRow } from './rows/round.row.js';

export type Removed = 'withdrew' | 'excluded' | 'recused';

/** A position with what became of it. */
export interface KnownPosition {
  readonly fact: PositionFact;
  readonly later: PositionRow | undefined;
}

/** The positions of a round by a day, each with what became of it. */
export async function knownPositions(
  rows: RowReader<DeliberationRow>,
  row: RoundRow,
  trueOn: Day,
): Promise<readonly KnownPosition[]> {
  const known: KnownPosition[] = [];
  for (const fact of by(row.positions, trueOn)) {
    const later = (await rows.get(`position/${fact.positionId}`))?.doc as PositionRow | undefined;
    known.push({ fact, later });
  }
  return known;
}

/** What a proxy holder took that recused itself since: it counts for nobody (part 1, 4.7). */
export function isStruck({ channel, takenBy }: PositionFact, { recused }: RoundRow, trueOn: Day): boolean {
  return channel === 'proxy' && by(recused, trueOn).some(({ partnerId }) => partnerId === takenBy);
}

export function isContested(later: PositionRow | undefined, trueOn: Day): boolean {
  return later?.contested !== undefined && later.contested.day <= trueOn;
}

/** Partners that left the electorate of a round while it was open, by a day. */
export function removalsOf(
  { opened, closed, recused }: RoundRow,
  leavers: readonly LeaverRow[],
  trueOn: Day,
): ReadonlyMap<Id, Removed> {
  const removed = new Map<Id, Removed>(by(recused, trueOn).map(({ partnerId }) => [partnerId, 'recused']));
  const isMeanwhile = (left: Dated): boolean =>
    opened !== undefined && left.seq > opened.seq && (closed === undefined || left.seq <= closed.seq);
  for (const { partnerId, left } of leavers) {
    const leaving = by(left, trueOn).find(isMeanwhile);
    const isElector = opened?.electorate.some((one) => one.partnerId === partnerId) === true;
    if (leaving && isElector && !removed.has(partnerId)) removed.set(partnerId, leaving.cause);
  }
  return removed;
}

/**
 * Why each position does not count, by position: of an open round as it would close now, of a closed one as it was counted,
 * after what was learnt since (part 1, 4.4).
 */
export function notCountedIn(
  row: RoundRow,
  positions: readonly KnownPosition[],
  leavers: readonly LeaverRow[],
  trueOn: Day,
): ReadonlyMap<string, string> {
  const { closed, opened } = row;
  if (closed && closed.day <= trueOn) return notCountedAtClosing(row, positions, trueOn);
  const { notCounted } = countedPositions({
    electorate: opened?.electorate ?? [],
    removals: [...removalsOf(row, leavers, trueOn).keys()].map((partnerId) => ({ partnerId })),
    positions: positions.map(({ fact, later }, index) => ({
      ...fact,
      seq: index + 1,
      recordedAt: fact.at,
      contested: isContested(later, trueOn),
      struck: isStruck(fact, row, trueOn),
    })),
    closesAt: lastBy(row.deadlines, trueOn)?.closesAt ?? opened?.closesAt ?? '',
  });
  return new Map(notCounted.map(({ positionId, why }) => [positionId, why]));
}

function notCountedAtClosing(
  { closed, reevaluated }: RoundRow,
  positions: readonly KnownPosition[],
  trueOn: Day,
): ReadonlyMap<string, string> {
  const outcome = lastBy(reevaluated, trueOn)?.outcome ?? closed?.outcome;
  const late = positions.filter(({ fact }) => fact.late).map(({ fact }) => [fact.positionId, 'late'] as const);
  return new Map([...late, ...(outcome?.notCounted ?? []).map(({ positionId, why }) => [positionId, why] as const)]);
}
