import type { AllianceEvent } from '#contracts';
import { firstDue, restDue } from '#kernel';
import type { DueItem } from '#kernel';
import { consequence } from './domain/consequences.js';
import { whenDue } from './domain/deadlines.js';
import { decide } from './domain/decide.js';
import { evolve } from './domain/evolve.js';
import { NO_ALLIANCE } from './domain/state.js';
import type { AllianceState } from './domain/state.js';
import type { AllianceWorld } from './domain/world.js';

/** The alliance context, as the engine composes it. */
export const alliance = {
  initial: NO_ALLIANCE,
  evolve,
  decide,
  consequence: (world: AllianceWorld): AllianceEvent | undefined => consequence(world),
  firstDue: (state: AllianceState): DueItem | undefined => firstDue(state.due),
  whenDue,
  dropDue: (state: AllianceState): AllianceState => ({ ...state, due: restDue(state.due) }),
};

export { allianceAnswers } from './domain/answers.js';
export type { AllianceAnswers, PartnerAnswer } from './domain/answers.js';
export type { Representative } from './domain/authority.js';
export { actorNamed, capacitiesOf, resolveActor } from './domain/capacities.js';
export type { Capacity } from './domain/capacities.js';
export { charterFault } from './domain/charter-rules.js';
export { completeCharter } from './domain/charter.js';
export { INVITATION_DAYS } from './domain/deadlines.js';
export type { AllianceState, Carrier, CharterVersion, Mandate, Partner, Phase } from './domain/state.js';
export type { AllianceWorld, CitedDecision, Target } from './domain/world.js';
export { charterView } from './views/charter.view.js';
export { expiringMandatesView } from './views/expiring-mandates.view.js';
export type { ExpiringTerm } from './views/expiring-mandates.view.js';
export { mandatesOf, mandatesView } from './views/mandates.view.js';
export type { ShownMandate } from './views/mandates.view.js';
export { membersView } from './views/members.view.js';
export type { Member, MembersAnswer } from './views/members.view.js';
export { membership } from './views/membership.projection.js';
