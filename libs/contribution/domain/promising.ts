import { amountOf, sameLine } from '#contracts';
import type { Line } from '#contracts';
import { addDays, refuse } from '#kernel';
import type { Day, Id, Refusal } from '#kernel';
import { namedRequestFault, openRequestFault } from './requests.js';
import type { World } from './world.js';

/** What a firm promise says of its ratification. */
export interface Terms {
  readonly adReferendum: boolean;
  readonly ratifyBy?: Day;
}

export interface Asked {
  readonly adReferendum?: boolean | undefined;
  readonly ratifyBy?: Day | undefined;
  readonly mandateId: Id;
}

/** Ad referendum when the mandate says so or the person asks (part 2, 1.5). */
export function isAdReferendum(world: World, { adReferendum, mandateId }: Asked): boolean {
  return adReferendum === true || world.alliance.mandate(mandateId)?.adReferendum === true;
}

const BASE_RATIFY_DAYS = 90;

/** `ratifyBy` at most `ratifyDays` of the charter after the promise, which is its base (part 1, 3.5; part 2, 1.5). */
export function ratificationTerms(world: World, asked: Asked, madeOn: Day): Terms | Refusal {
  const { ratifyBy } = asked;
  const pointer = '/ratifyBy';
  if (!isAdReferendum(world, asked)) {
    if (ratifyBy !== undefined)
      return refuse('DATE_INVALID', { pointer, rule: 'only what is ad referendum is ratified' });
    return { adReferendum: false };
  }
  const days = world.alliance.charterInForce()?.charter.ratifyDays ?? BASE_RATIFY_DAYS;
  const latest = addDays(madeOn, days);
  if (ratifyBy === undefined) return { adReferendum: true, ratifyBy: latest };
  if (ratifyBy < madeOn || ratifyBy > latest) {
    return refuse('DATE_INVALID', { pointer, rule: 'within ratifyDays of the charter' });
  }
  return { adReferendum: true, ratifyBy };
}

interface Answering extends Line {
  readonly requestId?: Id | undefined;
  readonly providerId: Id;
}

/**
 * A firm promise answers an open request of the same line; not, but ad referendum, while the provider's own position
 * on the decision behind it awaits ratification (part 2, 1.5, 6).
 */
export function answeredRequestFault(world: World, promise: Answering, asked: Asked): Refusal | undefined {
  const { requestId, providerId } = promise;
  const fault = openRequestFault(world, requestId) ?? namedRequestFault(world, requestId, promise);
  if (fault) return fault;
  const decisionId = world.state.requests.get(requestId)?.fact.decisionId;
  if (decisionId === undefined || isAdReferendum(world, asked)) return undefined;
  return world.deliberation.suspendedFor(decisionId).includes(providerId)
    ? refuse('DECISION_NOT_RATIFIED', { pointer: '/requestId' })
    : undefined;
}

/** At most the mandate's ceiling for this line, per promise; a line without ceiling is 0 (part 2, 1.5, 8). */
export function ceilingFault(
  world: World,
  promise: Line & { readonly amount: string },
  asked: Asked,
  pointer: string,
): Refusal | undefined {
  if (isAdReferendum(world, asked)) return undefined;
  const ceiling = world.alliance.mandate(asked.mandateId)?.ceilings.find((one) => sameLine(one as Line, promise));
  return amountOf(promise.amount) > amountOf(ceiling?.amount ?? '0') ? refuse('OVER_CEILING', { pointer }) : undefined;
}
