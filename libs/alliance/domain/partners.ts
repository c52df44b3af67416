import { isRefusal, refuse, statedDay } from '#kernel';
import type { Refusal } from '#kernel';
import { facilitatorOnly, facilitatorOrProposer, ownRepresentative } from './authority.js';
import { citedDecision, decisionCiter, decisionOnceGoverned, names } from './cited-decision.js';
import { dayIn, factFault } from './dates.js';
import { grantFault, grantOf } from './mandate-rules.js';
import { freeIdentity, isFull, membershipGoesOn, withCode } from './membership.js';
import { record } from './record.js';
import type { PartnerStatus } from './state.js';
import type { Rule } from './world.js';

/** F or R(propose) invites an organisation; a partner that left, or whose invitation closed, comes back by its id (3.4). */
export const invitePartner: Rule<'InvitePartner'> = ({ state }, args, act) => {
  const fault = facilitatorOrProposer(state, act);
  if (fault) return fault;
  const before = args.partnerId === undefined ? undefined : state.partners.get(args.partnerId);
  if (args.partnerId !== undefined && !before) return refuse('NOT_FOUND', { pointer: '/partnerId' });
  if (before && membershipGoesOn(before)) return refuse('PARTNER_EXISTS', { pointer: '/partnerId' });
  const identity = freeIdentity(state, args, undefined);
  if (isRefusal(identity)) return identity;
  // The same organisation keeps its id, also when who invites it again does not name it.
  const partnerId = before?.partnerId ?? withCode(state, identity)[0]?.partnerId ?? act.newId('partnerId');
  return [record('PartnerInvited', { partnerId, ...identity, founding: state.phase === 'forming' }, args.sealed)];
};

/** The facilitator takes an invitation back (3.4). */
export const closeInvitation: Rule<'CloseInvitation'> = ({ state }, { partnerId, sealed }, act) => {
  const fault = facilitatorOnly(state, act);
  if (fault) return fault;
  const partner = state.partners.get(partnerId);
  if (!partner) return refuse('NOT_FOUND', { pointer: '/partnerId' });
  if (partner.status !== 'invited') return refuse('WRONG_STATE');
  return [record('InvitationClosed', { partnerId, cause: 'revoked' }, sealed)];
};

/**
 * F admits while forming; afterwards a decision of type `admission` names the partner. Its first mandate, titular, is
 * granted in the same commit (3.3, 3.4).
 */
export const admitPartner: Rule<'AdmitPartner'> = (world, { partnerId, decisionId, mandate }, act) => {
  const { state } = world;
  const powerless = decisionCiter(world, act);
  if (powerless) return powerless;
  const partner = state.partners.get(partnerId);
  if (!partner) return refuse('NOT_FOUND', { pointer: '/partnerId' });
  if (partner.status !== 'invited') return refuse('WRONG_STATE');
  const cited = decisionOnceGoverned(world, act, decisionId, { type: 'admission', fits: names('partner', partnerId) });
  if (isRefusal(cited)) return cited;
  if (isFull(state)) return refuse('ALLIANCE_FULL');
  if (mandate.standing === 'substitute')
    return refuse('TITULAR_EXISTS', { pointer: '/mandate/standing', rule: 'first-mandate-is-titular' });
  const grant = grantOf(partnerId, mandate);
  const fault = grantFault(state, act, { grant, pointer: '/mandate' });
  if (fault) return fault;
  const mandateId = act.newId('mandateId');
  return [
    record('PartnerAdmitted', { partnerId, ...cited }),
    record('MandateGranted', { mandateId, ...grant, grantedBy: 'admission' }, mandate.sealed),
  ];
};

/** R(sign-charter) corrects its own partner's details; no electorate already stored changes (5.1). */
export const correctPartnerDetails: Rule<'CorrectPartnerDetails'> = ({ state }, args, act) => {
  const { partnerId } = args;
  const acting = ownRepresentative(state, act, 'sign-charter', partnerId);
  if (isRefusal(acting)) return acting;
  const today = dayIn(state, act.at);
  const fault = factFault(args.occurredOn, today, state.partners.get(partnerId)?.invitedOn);
  if (fault) return fault;
  const identity = freeIdentity(state, args, partnerId);
  if (isRefusal(identity)) return identity;
  const data = { partnerId, ...identity, corrects: partnerId };
  return [record('PartnerDetailsCorrected', data, args.sealed, statedDay(args.occurredOn, today))];
};

/** R(sign-charter) leaves with its partner, on no other condition; its mandates end in the same commit (3.4). */
export const withdrawPartner: Rule<'WithdrawPartner'> = ({ state }, { partnerId, sealed }, act) => {
  const acting = ownRepresentative(state, act, 'sign-charter', partnerId);
  if (isRefusal(acting)) return acting;
  return [record('PartnerWithdrew', { partnerId }, sealed)];
};

/** A decision of type `exclusion` in force that names the partner excludes it (3.4). */
export const excludePartner: Rule<'ExcludePartner'> = (world, { partnerId, decisionId, sealed }, act) => {
  const fault = decisionCiter(world, act) ?? notActive(world.state.partners.get(partnerId)?.status);
  if (fault) return fault;
  const cited = citedDecision(world, decisionId, { type: 'exclusion', fits: names('partner', partnerId) });
  if (isRefusal(cited)) return cited;
  return [record('PartnerExcluded', { partnerId, ...cited }, sealed)];
};

function notActive(status: PartnerStatus | undefined): Refusal | undefined {
  if (status === undefined) return refuse('NOT_FOUND', { pointer: '/partnerId' });
  return status === 'active' ? undefined : refuse('PARTNER_NOT_ACTIVE');
}
