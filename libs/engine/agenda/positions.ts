import { contestableUntil, toContestTag, toRatifyTag } from '#deliberation';
import type { PositionRow } from '#deliberation';
import { dated, MAX_ROWS, timed } from './agenda-item.js';
import type { AgendaItem, Asking } from './agenda-item.js';

/** Positions that the partner's own body confirms, and those told on its behalf that it may contest (part 1, 4.8). */
export async function ofPositions({ rows, partnerId, asOf }: Asking): Promise<readonly AgendaItem[]> {
  const toRatify = await rows.list({ tag: toRatifyTag(partnerId) }, MAX_ROWS);
  const toContest = await rows.list({ tag: toContestTag(partnerId) }, MAX_ROWS);
  return [
    ...toRatify.flatMap(({ doc }): readonly AgendaItem[] => {
      const { positionId, taken } = doc as PositionRow;
      const by = taken?.ratifyBy ?? null;
      return by === null || asOf.trueOn <= by ? [dated('ratify-position', positionId, by)] : [];
    }),
    ...toContest.flatMap(({ doc }): readonly AgendaItem[] => {
      const { positionId, deliveredAt } = doc as PositionRow;
      // The seven days begin when the partner was told: before that there is no last day.
      if (deliveredAt === undefined) return [dated('contest-position', positionId, null)];
      return timed('contest-position', positionId, contestableUntil(deliveredAt), asOf);
    }),
  ];
}
