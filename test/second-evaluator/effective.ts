import { electorateAtClosing } from './counting.js';
import type { Position, Snapshot, Tallies, Tally } from './form.js';
import { TALLIES } from './form.js';

/** "`reclassified` if and only if every partner of E other than the objector says so; `exceeds-our-limits` is never" (4.6). */
function qualifies(position: Position, snapshot: Snapshot): boolean {
  const objection = snapshot.objections.find((one) => one.positionId === position.positionId);
  if (!objection) return true;
  if (objection.kind === 'exceeds-our-limits') return true;
  if (snapshot.policy.method === 'silent-consent') return true; // "No contest under M8" (4.5)
  const others = electorateAtClosing(snapshot).filter((member) => member.partnerId !== position.partnerId);
  if (others.length === 0) return true; // nobody said anything
  return !others.every((member) => objection.saidNotQualifiedBy.includes(member.partnerId));
}

function hasReason(position: Position, snapshot: Snapshot): boolean {
  return snapshot.objections.some((one) => one.positionId === position.positionId && one.reasonGiven);
}

const TALLY_OF: Readonly<Record<Position['value'], Tally>> = {
  agree: 'agree',
  'agree-with-concern': 'concern',
  abstain: 'abstain',
  'stand-aside': 'standAside',
  against: 'against',
  object: 'object',
  block: 'block',
  ballot: 'ballots',
};

/** "Effective value" (4.4), named by the tally that it is counted in. */
export function effectiveValue(position: Position, snapshot: Snapshot): Tally {
  const { method } = snapshot.policy;
  const { value } = position;
  if ((value === 'agree' || value === 'agree-with-concern') && position.ratification === 'refused')
    return method === 'consent' || method === 'silent-consent' ? 'object' : 'abstain';
  if (value === 'object') {
    if (!qualifies(position, snapshot)) return 'reclassified';
    if (method === 'silent-consent' && !hasReason(position, snapshot)) return 'reclassified';
  }
  if (value === 'block' && !qualifies(position, snapshot)) return 'standAside';
  return TALLY_OF[value];
}

export interface Effective {
  readonly position: Position;
  readonly value: Tally;
}

export function tally(effective: readonly Effective[]): Tallies {
  const counts = TALLIES.map((name) => [name, effective.filter(({ value }) => value === name).length] as const);
  return Object.fromEntries(counts) as Record<Tally, number>;
}
