import type { DecisionType } from '#contracts';
import { refuse } from '#kernel';
import type { Act, Id, Refusal } from '#kernel';
import { facilitatorOrProposer } from './authority.js';
import type { AllianceWorld, Target } from './world.js';

/** Statuses under which a decision still says what the alliance wants. */
const HOLDING = ['in-force', 'under-review'];

/** D, its first half: the facilitator or R(propose). */
export function decisionCiter({ state }: AllianceWorld, act: Act): Refusal | undefined {
  return facilitatorOrProposer(state, act);
}

/** What a decision must be to be cited for an act; `fits` where the type has a target. */
export interface Needed {
  readonly type: DecisionType;
  readonly fits?: (target: Target | undefined) => boolean;
}

/**
 * D, its second half: the decision cited is in force, of the type named, and its target fits the object of the event
 * when the type has one; else `DECISION_REQUIRED` (part 1, section 5, Who).
 */
export function citedDecision(
  { deliberation }: AllianceWorld,
  decisionId: Id | undefined,
  { type, fits = () => true }: Needed,
): { readonly decisionId: Id } | Refusal {
  const decision = decisionId === undefined ? undefined : deliberation.decision(decisionId);
  const fault = !decision
    ? 'no-decision'
    : decision.type !== type
      ? `type-is-not-${type}`
      : !HOLDING.includes(decision.status)
        ? 'not-in-force'
        : fits(decision.target)
          ? undefined
          : 'other-target';
  if (fault !== undefined || decisionId === undefined)
    return refuse('DECISION_REQUIRED', { pointer: '/decisionId', rule: fault ?? 'no-decision' });
  return { decisionId };
}

/** The target is this object. */
export function names(sort: Target['sort'], id: Id): (target: Target | undefined) => boolean {
  return (target) => target?.sort === sort && target.id === id;
}

/** A decision of the type, or, while forming, none: F acts alone until the charter is adopted (3.4). */
export function decisionOnceGoverned(
  world: AllianceWorld,
  act: Act,
  decisionId: Id | undefined,
  needed: Needed,
): { readonly decisionId?: Id } | Refusal {
  if (world.state.phase === 'forming' && decisionId === undefined)
    return act.actor.kind === 'facilitator' ? {} : refuse('POWER_MISSING');
  return citedDecision(world, decisionId, needed);
}
