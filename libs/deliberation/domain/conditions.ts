import { amountFault, amountOf, event, lineFault } from '#contracts';
import type { DomainEvent } from '#contracts';
import { dayOf, endOfDay, firstDue, isDue, refuse, startOfDay } from '#kernel';
import type { Act, Instant, Refusal } from '#kernel';
import type { Conditions, DecisionRecord } from './state.js';
import type { DeliberationWorld } from './world.js';

const MAX_CONDITIONS = 20;

/** Conditions of a version: at most 20, each a line with an amount, by a last day that is not over (part 1, 4.9). */
export function conditionsFault(
  { state }: Pick<DeliberationWorld, 'state'>,
  conditions: Conditions,
  act: Act,
): Refusal | undefined {
  if (conditions.length > MAX_CONDITIONS) return refuse('LIMIT_EXCEEDED', { pointer: '/conditions' });
  const today = dayOf(act.at, state.timeZone);
  for (const [index, condition] of conditions.entries()) {
    const at = `/conditions/${String(index)}`;
    const fault = lineFault(condition, at) ?? amountFault(condition.atLeast, condition.unit, `${at}/atLeast`);
    if (fault) return fault;
    if (condition.by < today) return refuse('DATE_INVALID', { pointer: `${at}/by`, rule: 'over already' });
  }
  return undefined;
}

/** Whether enough is firmly promised to the decision on that line. Asked only here, and never for a result. */
function holds(
  { contribution }: DeliberationWorld,
  { decisionId }: DecisionRecord,
  { kind, unit, atLeast }: Conditions[number],
): boolean {
  return amountOf(contribution.committed(decisionId, kind, unit)) >= amountOf(atLeast);
}

/**
 * What becomes of a pending decision as of an instant (part 1, 4.9): it takes effect once its day has come and every
 * condition holds; it lapses once the last day of a condition is over that does not hold.
 */
export function pendingTurn(world: DeliberationWorld, decision: DecisionRecord, at: Instant): DomainEvent | undefined {
  const { decisionId, status, conditions, effectiveFrom } = decision;
  if (status !== 'pending') return undefined;
  const { timeZone } = world.state;
  const missing = conditions.filter((condition) => !holds(world, decision, condition));
  if (missing.some(({ by }) => endOfDay(by, timeZone) <= at)) return event('DecisionLapsed', { decisionId });
  const dayHasCome = startOfDay(effectiveFrom, timeZone) <= at;
  return dayHasCome && missing.length === 0 ? event('DecisionTookEffect', { decisionId }) : undefined;
}

/** The first decision whose conditions came true, or false for ever, by what just happened. What is due comes first. */
export function conditionalTurn(world: DeliberationWorld): DomainEvent | undefined {
  const { conditional, decisions, due, lastAt } = world.state;
  const first = conditional.length > 0 ? firstDue(due) : undefined;
  if (first && isDue(first, lastAt)) return undefined;
  for (const decisionId of conditional) {
    const decision = decisions.get(decisionId);
    const turn = decision && pendingTurn(world, decision, lastAt);
    if (turn) return turn;
  }
  return undefined;
}
