import type { ArgumentsOf, Power } from '#contracts';
import { isRefusal, refuse, statedDay } from '#kernel';
import type { Act, Refusal } from '#kernel';
import { facilitatorOnly, isUnrepresented, mandatesInForce, ownRepresentative, representative } from './authority.js';
import { dayIn, factFault } from './dates.js';
import { grantFault, grantOf } from './mandate-rules.js';
import type { Grant } from './mandate-rules.js';
import { record } from './record.js';
import type { AllianceState, Mandate } from './state.js';
import type { Rule } from './world.js';

/** What a facilitator may restore to a partner that has lost its voice (3.3). */
const RESTORED_POWERS: readonly Power[] = ['speak', 'propose', 'take-position', 'appoint'];

/** R(appoint) grants a mandate of its own partner, never to itself; F only restores one (3.3). */
export const grantMandate: Rule<'GrantMandate'> = ({ state }, args, act) => {
  const restored = act.actor.kind === 'facilitator';
  const powerless = restored ? facilitatorOnly(state, act) : notAppointing(state, args, act);
  if (powerless) return powerless;
  const today = dayIn(state, act.at);
  const grant = grantOf(args.partnerId, args);
  const fault =
    factFault(args.occurredOn, today) ??
    (restored ? restorationFault(state, grant, act) : undefined) ??
    grantFault(state, act, { grant });
  if (fault) return fault;
  const data = { mandateId: act.newId('mandateId'), ...grant, grantedBy: restored ? 'restored' : 'partner' } as const;
  return [record('MandateGranted', data, args.sealed, statedDay(args.occurredOn, today))];
};

function notAppointing(state: AllianceState, args: ArgumentsOf<'GrantMandate'>, act: Act): Refusal | undefined {
  const acting = ownRepresentative(state, act, 'appoint', args.partnerId);
  return isRefusal(acting) ? acting : undefined;
}

/** Only while the partner is unrepresented, on a written source, with limited powers (3.3). */
function restorationFault(
  state: AllianceState,
  { partnerId, powers, sourceHash }: Grant,
  act: Act,
): Refusal | undefined {
  const partner = state.partners.get(partnerId);
  if (!partner) return refuse('NOT_FOUND', { pointer: '/partnerId' });
  // An admitted partner without any mandate could otherwise neither sign nor leave, and hold up the charter for ever.
  const voiceless = partner.status === 'admitted' && mandatesInForce(state, partnerId, act.at).length === 0;
  if (!voiceless && !isUnrepresented(state, partnerId, act.at)) return refuse('PARTNER_REPRESENTED');
  if (sourceHash === undefined)
    return refuse('REASON_REQUIRED', { pointer: '/sourceHash', rule: 'restored-on-a-source' });
  const limited = powers.every((power) => RESTORED_POWERS.includes(power));
  return limited ? undefined : refuse('RESTORED_POWERS', { pointer: '/powers' });
}

/** R(appoint) of the same partner passes a mandate on; the old one ends and the new one begins at one instant (3.4). */
export const succeedMandate: Rule<'SucceedMandate'> = ({ state }, args, act) => {
  const acting = representative(state, act.actor, ['appoint'], act.at);
  if (isRefusal(acting)) return acting;
  const old = state.mandates.get(args.mandateId);
  if (!old) return refuse('NOT_FOUND', { pointer: '/mandateId' });
  if (old.partnerId !== acting.partnerId) return refuse('POWER_MISSING');
  const today = dayIn(state, act.at);
  const grant = grantOf(old.partnerId, args.mandate, old.standing);
  const fault =
    endFault(old, args.occurredOn, today) ??
    grantFault(state, act, { grant, pointer: '/mandate', besides: old.mandateId });
  if (fault) return fault;
  const newMandateId = act.newId('newMandateId');
  const occurredOn = statedDay(args.occurredOn, today);
  const granted = { mandateId: newMandateId, ...grant, grantedBy: 'partner' } as const;
  return [
    record('MandateSucceeded', { endedMandateId: old.mandateId, newMandateId }, args.sealed, occurredOn),
    record('MandateGranted', granted, args.mandate.sealed, occurredOn),
  ];
};

/** R(appoint) of the same partner revokes a mandate, or the person itself resigns (3.4). */
export const endMandate: Rule<'EndMandate'> = ({ state }, { mandateId, occurredOn, sealed }, act) => {
  const mandate = state.mandates.get(mandateId);
  const cause = endingCause(state, mandate, act);
  if (isRefusal(cause)) return cause;
  if (!mandate) return refuse('NOT_FOUND', { pointer: '/mandateId' });
  const today = dayIn(state, act.at);
  const fault = endFault(mandate, occurredOn, today);
  if (fault) return fault;
  return [record('MandateEnded', { mandateId, ...cause }, sealed, statedDay(occurredOn, today))];
};

function endingCause(
  state: AllianceState,
  mandate: Mandate | undefined,
  act: Act,
): { readonly cause: 'resigned' | 'revoked' } | Refusal {
  const resigns = mandate !== undefined && 'person' in act.actor && act.actor.person === mandate.personRef;
  const acting =
    act.actor.kind === 'representative' || !resigns
      ? representative(state, act.actor, resigns ? [] : ['appoint'], act.at)
      : undefined;
  if (isRefusal(acting)) return acting;
  if (resigns) return { cause: 'resigned' };
  return !mandate || mandate.partnerId === acting?.partnerId ? { cause: 'revoked' } : refuse('POWER_MISSING');
}

/** An end comes once, and never before the day of the grant (6.2). */
function endFault(mandate: Mandate, occurredOn: string | undefined, today: string): Refusal | undefined {
  if (mandate.ended) return factFault(occurredOn, today) ?? refuse('WRONG_STATE');
  return factFault(occurredOn, today, mandate.grantedOn);
}
