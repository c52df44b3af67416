import { amountOf, atLeastZero, formatAmount, sum } from '#contracts';
import type { Amount, Line } from '#contracts';
import type { Day, Id } from '#kernel';
import type { Facts, RequestFact } from './facts.js';
import { pick } from './pick.js';
import { isBy } from './ratification.js';
import { readAt } from './reading.js';
import type { Reading } from './reading.js';

export interface Coverage {
  readonly requested: Amount;
  readonly pledged: Amount;
  readonly committed: Amount;
  readonly covered: Amount;
  readonly uncovered: Amount;
}

/** How far a need is covered: firm promises and what came without one; pledges never count (part 2, 2.3). */
export function coverageOf(
  request: Pick<RequestFact, 'requestId' | 'amount'>,
  { pledges, obligations, given, guarantees }: Reading,
): Coverage {
  const isFor = ({ fact }: { readonly fact: { readonly requestId?: Id } }) => fact.requestId === request.requestId;
  const answering = obligations.filter(isFor);
  const guaranteed = sum(
    guarantees.filter((one) => one.inForce && isFor(one)).map(({ cap, released }) => atLeastZero(cap - released)),
  );
  const requested = amountOf(request.amount);
  const covered =
    guaranteed +
    sum(answering.map((one) => one.fulfilled + one.open)) +
    sum(given.filter(isFor).map((one) => one.spontaneous));
  return {
    requested,
    pledged: sum(pledges.filter(isFor).map(({ open }) => open)),
    committed: guaranteed + sum(answering.map((one) => one.amount - one.released)),
    covered,
    uncovered: atLeastZero(requested - covered),
  };
}

export interface NeedShown extends Line {
  readonly requestId: Id;
  readonly decisionId?: Id;
  readonly askedBy?: Id;
  /** Empty: all. */
  readonly partnerIds: readonly Id[];
  readonly neededBy?: Day;
  readonly status: 'open' | 'closed';
  readonly cause?: NonNullable<RequestFact['closed']>['cause'];
  readonly requested: string;
  readonly pledged: string;
  readonly committed: string;
  readonly covered: string;
  readonly uncovered: string;
}

/** Needs, couverture des besoins: one row per request, in the order of asking (part 2, 2.3). */
export function needsOf(
  facts: Facts,
  decisionId: Id | undefined,
  trueOn: Day,
): { readonly needs: readonly NeedShown[] } {
  const reading = readAt(facts, trueOn);
  const asked = facts.requests.filter(
    (fact) => isBy(fact, trueOn) && (decisionId === undefined || fact.decisionId === decisionId),
  );
  return { needs: asked.map((fact) => needShown(fact, coverageOf(fact, reading), trueOn)) };
}

function needShown(fact: RequestFact, coverage: Coverage, trueOn: Day): NeedShown {
  const { requestId, kind, unit, partnerIds, closed } = fact;
  const ended = closed && isBy(closed, trueOn) ? { status: 'closed', cause: closed.cause } : { status: 'open' };
  return {
    requestId,
    ...pick(fact, ['decisionId', 'askedBy', 'neededBy']),
    kind,
    unit,
    partnerIds,
    ...(ended as Pick<NeedShown, 'status' | 'cause'>),
    requested: formatAmount(coverage.requested),
    pledged: formatAmount(coverage.pledged),
    committed: formatAmount(coverage.committed),
    covered: formatAmount(coverage.covered),
    uncovered: formatAmount(coverage.uncovered),
  };
}
