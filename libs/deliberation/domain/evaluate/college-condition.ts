import type { Count } from './method.js';

const MIN_EXPRESSED = 2;

/**
 * The colleges against (part 1, 4.5 "College condition"): at least 2 of their members in E expressed themselves, and
 * more of them against than for. An equal split is not against. In the order of their ids.
 */
export function collegesAgainst({ electors, votes }: Pick<Count, 'electors' | 'votes'>): readonly string[] {
  const collegeOf = new Map(electors.map(({ partnerId, collegeId }) => [partnerId, collegeId]));
  const sides = new Map<string, { favour: number; against: number }>();
  for (const { position, value } of votes) {
    const collegeId = collegeOf.get(position.partnerId);
    if (collegeId === undefined) continue;
    const side = sides.get(collegeId) ?? { favour: 0, against: 0 };
    sides.set(collegeId, side);
    if (value === 'agree' || value === 'agree-with-concern') side.favour += 1;
    else if (value === 'against' || value === 'block') side.against += 1;
  }
  return [...sides.entries()]
    .filter(([, { favour, against }]) => favour + against >= MIN_EXPRESSED && against > favour)
    .map(([collegeId]) => collegeId)
    .sort();
}
