import { amountLinesFault, amountOf, linesOf, sameLine, sum } from '#contracts';
import type { Line } from '#contracts';
import { dayOf, refuse } from '#kernel';
import type { Act, Refusal } from '#kernel';
import type { Amounts, Delegation, Proposal } from './state.js';
import type { DeliberationWorld } from './world.js';

/** With how many must sign: all delegates when nothing else is said (part 1, 4.5, M11). */
export function withNeeds(delegation: Delegation): Delegation {
  return { ...delegation, needs: needsOf(delegation) };
}

export function needsOf({ needs, delegates }: Delegation): number {
  return needs ?? delegates.length;
}

/** A decision of type `delegation` names partners as delegates, once each, and lets them act until a day that is not over. */
export function delegationFault(
  { state, alliance }: DeliberationWorld,
  { decisionType }: Pick<Proposal, 'decisionType'>,
  delegation: Delegation | undefined,
  act: Act,
): Refusal | undefined {
  if (!delegation) return undefined;
  const pointer = '/delegation';
  if (decisionType !== 'delegation') return refuse('WRONG_STATE', { pointer, rule: 'delegation' });
  const { delegates, ceilings, validUntil } = delegation;
  const unknown = delegates.findIndex((partnerId, index) => {
    return !alliance.partner(partnerId) || delegates.indexOf(partnerId) < index;
  });
  if (unknown >= 0) return refuse('NOT_FOUND', { pointer: `${pointer}/delegates/${String(unknown)}` });
  const needs = needsOf(delegation);
  if (needs < 1 || needs > delegates.length) return refuse('LIMIT_EXCEEDED', { pointer: `${pointer}/needs` });
  const invalid = amountLinesFault(ceilings, `${pointer}/ceilings`);
  if (invalid) return invalid;
  if (validUntil >= dayOf(act.at, state.timeZone)) return undefined;
  return refuse('DATE_INVALID', { pointer: `${pointer}/validUntil`, rule: 'over already' });
}

/** Whether acts together take more than a ceiling on one line; a line that has none is 0 (part 1, 4.5, M11). */
export function isAboveCeilings(acts: readonly Amounts[], ceilings: Amounts): boolean {
  const taken = acts.flat();
  return linesOf(taken).some((line) => totalOf(taken, line) > totalOf(ceilings, line));
}

function totalOf(list: Amounts, line: Line): bigint {
  return sum(list.filter((one) => sameLine(one, line)).map(({ amount }) => amountOf(amount)));
}
