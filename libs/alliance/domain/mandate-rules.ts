import { amountLinesFault, lineKey } from '#contracts';
import type { ArgumentsOf, DataOf } from '#contracts';
import { refuse } from '#kernel';
import type { Act, Id, Refusal } from '#kernel';
import { dayIn, termFault, termsOverlap } from './dates.js';
import type { AllianceState } from './state.js';

/** Mandates of one partner without recorded end, at most, so that the commit of its leaving fits an entry. */
const MOST_MANDATES = 40;

export type Grant = Omit<DataOf<'MandateGranted'>, 'mandateId' | 'grantedBy'>;
type Given = Omit<ArgumentsOf<'AdmitPartner'>['mandate'], 'sealed'> & Pick<Grant, 'sourceHash'>;

/** What is granted, with the value of each member left out: titular, appointed, no ceiling, not ad referendum. */
export function grantOf(partnerId: Id, given: Given, standing: Grant['standing'] = 'titular'): Grant {
  return {
    partnerId,
    personRef: given.personRef,
    standing: given.standing ?? standing,
    powers: [...new Set(given.powers)],
    ceilings: given.ceilings ?? [],
    validFrom: given.validFrom,
    validTo: given.validTo,
    origin: given.origin ?? 'appointed',
    adReferendum: given.adReferendum ?? false,
    sourceHash: given.sourceHash,
  };
}

interface Granting {
  readonly grant: Grant;
  /** Where the mandate stands in the arguments. */
  readonly pointer?: string;
  /** The mandate that it takes the place of. */
  readonly besides?: Id;
}

/** The rules of every mandate (3.3), in order. */
export function grantFault(
  state: AllianceState,
  act: Act,
  { grant, pointer = '', besides }: Granting,
): Refusal | undefined {
  if ('person' in act.actor && act.actor.person === grant.personRef)
    return refuse('SELF_GRANT', { pointer: `${pointer}/personRef` });
  if (grant.origin === 'elected-office' && grant.validTo === undefined)
    return refuse('DATE_INVALID', { pointer: `${pointer}/validTo`, rule: 'elected-office-has-an-end' });
  return (
    ceilingsFault(grant, `${pointer}/ceilings`) ??
    termFault(grant, dayIn(state, act.at), pointer) ??
    titularFault(state, act, grant, besides) ??
    limitFault(state, grant.partnerId, besides)
  );
}

/** Ceilings are lines and amounts as in part 2, 1.2 and 1.3, and at most one of each line. */
function ceilingsFault({ ceilings }: Grant, pointer: string): Refusal | undefined {
  const fault = amountLinesFault(ceilings, pointer);
  if (fault) return fault;
  const lines = new Set(ceilings.map(lineKey));
  return lines.size < ceilings.length ? refuse('AMOUNT_INVALID', { pointer, rule: 'one-ceiling-per-line' }) : undefined;
}

/** At most one titular in force per partner at any instant (3.3). */
function titularFault(state: AllianceState, act: Act, grant: Grant, besides: Id | undefined): Refusal | undefined {
  if (grant.standing !== 'titular') return undefined;
  const today = dayIn(state, act.at);
  // A mandate is in force from its recording on, whatever earlier day it names.
  const term = { validFrom: grant.validFrom > today ? grant.validFrom : today, validTo: grant.validTo };
  const others = openMandates(state, grant.partnerId).filter((id) => id !== besides);
  const second = others.some((id) => {
    const other = state.mandates.get(id);
    return other?.standing === 'titular' && termsOverlap(term, other);
  });
  return second ? refuse('TITULAR_EXISTS') : undefined;
}

function limitFault(state: AllianceState, partnerId: Id, besides: Id | undefined): Refusal | undefined {
  const others = openMandates(state, partnerId).filter((id) => id !== besides);
  return others.length >= MOST_MANDATES ? refuse('LIMIT_EXCEEDED', { rule: 'mandates-of-one-partner' }) : undefined;
}

function openMandates(state: AllianceState, partnerId: Id): readonly Id[] {
  return state.partners.get(partnerId)?.mandates ?? [];
}
