import { addMonths, isTimeZone, refuse } from '#kernel';
import { dayOf } from '#kernel';
import type { Day, Refusal } from '#kernel';
import { BASE_FACILITATOR_MONTHS } from './charter.js';
import { termFault } from './dates.js';
import { record } from './record.js';
import type { AllianceState } from './state.js';
import type { Rule } from './world.js';

/** Any account forms an alliance and is its first facilitator, without decision (3.4). */
export const formAlliance: Rule<'FormAlliance'> = ({ state }, args, act) => {
  if (act.actor.kind !== 'account') return refuse('POWER_MISSING');
  if (state.phase !== 'none') return refuse('ALLIANCE_EXISTS');
  const { timeZone, locale, facilitator, sealed } = args;
  if (!isTimeZone(timeZone)) return refuse('IDENTIFIER_INVALID', { pointer: '/timeZone', rule: 'time-zone' });
  const { validFrom, validTo } = facilitator;
  const fault = facilitatorTermFault(state, { validFrom, validTo }, dayOf(act.at, timeZone), '/facilitator');
  if (fault) return fault;
  const facilitatorId = act.newId('facilitatorId');
  return [
    record('AllianceFormed', { timeZone, locale, nonce: act.newNonce('nonce') }, sealed),
    record(
      'FacilitatorAppointed',
      { facilitatorId, personRef: act.actor.person, validFrom, validTo },
      facilitator.sealed,
    ),
  ];
};

/** A facilitator's term is at most `facilitatorMonths`; before there is a charter, the base value (3.1, 3.5). */
export function facilitatorTermFault(
  state: AllianceState,
  term: { readonly validFrom: Day; readonly validTo: Day },
  today: Day,
  pointer = '',
): Refusal | undefined {
  const months = state.charterInForce?.charter.facilitatorMonths ?? BASE_FACILITATOR_MONTHS;
  if (term.validTo > addMonths(term.validFrom, months))
    return refuse('DATE_INVALID', { pointer: `${pointer}/validTo`, rule: 'facilitatorMonths' });
  return termFault(term, today, pointer);
}
