import type { Power } from '#contracts';
import { isRefusal, refuse } from '#kernel';
import type { Act, Id, Refusal } from '#kernel';
import type { Objection, Proposal, Round } from './state.js';
import type { DeliberationWorld, Representative } from './world.js';

/** Deliberation needs a charter and ends with the alliance (part 1, 3.4). */
export function phaseRefusal(world: DeliberationWorld): Refusal | undefined {
  const phase = world.alliance.phase();
  if (phase === 'governed') return undefined;
  return refuse(phase === 'dissolved' ? 'ALLIANCE_DISSOLVED' : 'CHARTER_MISSING');
}

/** R(power): the partner that the actor acts for, which must be active. Without power, any mandate in force will do. */
export function representing(world: DeliberationWorld, act: Act, power?: Power): Representative | Refusal {
  const representative = world.alliance.representative(act.actor, power ? [power] : [], act.at);
  if (isRefusal(representative)) return representative;
  const refusal = phaseRefusal(world);
  if (refusal) return refusal;
  return isActive(world, representative.partnerId) ? representative : refuse('PARTNER_NOT_ACTIVE');
}

/** F: nothing when the actor is a facilitator in force. */
export function notFacilitating(world: DeliberationWorld, act: Act): Refusal | undefined {
  return world.alliance.isFacilitator(act.actor, act.at) ? phaseRefusal(world) : refuse('POWER_MISSING');
}

/** S: the proposal, when the actor acts for its sponsor with `propose`. */
export function sponsoring(world: DeliberationWorld, proposalId: Id, act: Act): Proposal | Refusal {
  const representative = representing(world, act, 'propose');
  if (isRefusal(representative)) return representative;
  const proposal = proposalOf(world, proposalId);
  if (isRefusal(proposal)) return proposal;
  return proposal.sponsorId === representative.partnerId ? proposal : refuse('POWER_MISSING', { rule: 'sponsor' });
}

/** F or S. */
export function facilitatingOrSponsoring(world: DeliberationWorld, proposalId: Id, act: Act): Proposal | Refusal {
  if (!world.alliance.isFacilitator(act.actor, act.at)) return sponsoring(world, proposalId, act);
  return phaseRefusal(world) ?? proposalOf(world, proposalId);
}

export function isActive(world: DeliberationWorld, partnerId: Id | undefined): boolean {
  return partnerId !== undefined && world.alliance.partner(partnerId)?.status === 'active';
}

export function proposalOf(world: DeliberationWorld, proposalId: Id): Proposal | Refusal {
  return world.state.proposals.get(proposalId) ?? refuse('NOT_FOUND', { pointer: '/proposalId' });
}

export function roundOf(world: DeliberationWorld, roundId: Id): Round | Refusal {
  return world.state.rounds.get(roundId) ?? refuse('NOT_FOUND', { pointer: '/roundId' });
}

/** An objection with its round. */
export function objectionOf(
  world: DeliberationWorld,
  objectionId: Id,
): { readonly objection: Objection; readonly round: Round } | Refusal {
  const objection = world.state.objections.get(objectionId);
  const round = world.state.rounds.get(objection?.roundId);
  return objection && round ? { objection, round } : refuse('NOT_FOUND', { pointer: '/objectionId' });
}
