import type { DataOf, PositionValue } from '#contracts';
import { addDays, dayOf, refuse } from '#kernel';
import type { Act, Day, Id, Refusal } from '#kernel';
import type { DeliberationWorld } from './world.js';

/** Whether a partner's own body must confirm its position, and by which last day. */
export type RatificationAsked = Pick<DataOf<'PositionTaken'>, 'adReferendum' | 'ratifyBy'>;

interface Asking {
  readonly value: PositionValue;
  readonly adReferendum?: boolean | undefined;
  readonly ratifyBy?: Day | undefined;
}

/**
 * Only a favourable position can be ad referendum. It is when the mandate of the person acting, giving the proxy or
 * speaking says so, or when that person asks; `ratifyBy` is at most `ratifyDays` from now, which is its base (4.8).
 */
export function ratificationAsked(
  world: DeliberationWorld,
  { value, adReferendum: asked, ratifyBy }: Asking,
  mandates: readonly Id[],
  act: Act,
): RatificationAsked | Refusal {
  const favourable = value === 'agree' || value === 'agree-with-concern';
  if (asked && !favourable) return refuse('AD_REFERENDUM_FAVOURABLE_ONLY', { pointer: '/adReferendum' });
  if (!favourable || (!asked && !mandates.some((mandateId) => world.alliance.mandate(mandateId)?.adReferendum))) {
    return ratifyBy === undefined
      ? { adReferendum: false }
      : refuse('DATE_INVALID', { pointer: '/ratifyBy', rule: 'ad referendum' });
  }
  const ratifyDays = world.alliance.charterInForce()?.charter.ratifyDays ?? 0;
  const today = dayOf(act.at, world.state.timeZone);
  const latest = addDays(today, ratifyDays);
  const last = ratifyBy ?? latest;
  const rule = last < today ? 'over already' : last > latest ? 'ratifyDays' : undefined;
  return rule ? refuse('DATE_INVALID', { pointer: '/ratifyBy', rule }) : { adReferendum: true, ratifyBy: last };
}
