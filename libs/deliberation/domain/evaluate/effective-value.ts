import type { EffectiveValue, VotingMethod } from './method.js';
import type { Elector, Snapshot, SnapshotPosition } from './snapshot.js';

/**
 * What a counted position counts as (part 1, 4.4): an agreement not ratified is an objection or an abstention, an
 * objection that does not qualify is reclassified, a block that does not qualify is a stand-aside.
 */
export function effectiveValue(
  position: SnapshotPosition,
  method: VotingMethod,
  snapshot: Snapshot,
  electors: readonly Elector[],
): EffectiveValue {
  switch (position.value) {
    case 'agree':
    case 'agree-with-concern':
      return position.ratification === 'refused' ? method.refusedRatification : position.value;
    case 'object':
      return qualifies(position, method, snapshot, electors) ? 'object' : 'reclassified';
    case 'block':
      return qualifies(position, method, snapshot, electors) ? 'block' : 'stand-aside';
    case 'abstain':
    case 'stand-aside':
    case 'against':
    case 'ballot':
      return position.value;
  }
}

/**
 * An objection qualifies unless every partner of E but the objector says that it does not (part 1, 4.6). The own
 * limits of a partner cannot be contested. Where there is no other partner, nobody said so and it qualifies.
 */
function qualifies(
  position: SnapshotPosition,
  method: VotingMethod,
  snapshot: Snapshot,
  electors: readonly Elector[],
): boolean {
  const objection = snapshot.objections.find(({ positionId }) => positionId === position.positionId);
  if (method.objectionFalls === 'without-reason') return objection?.reasonGiven === true;
  if (objection === undefined || objection.kind === 'exceeds-our-limits') return true;
  const contesting = new Set(objection.saidNotQualifiedBy);
  const others = electors.filter(({ partnerId }) => partnerId !== position.partnerId);
  return others.length === 0 || others.some(({ partnerId }) => !contesting.has(partnerId));
}
