import { isRefusal, refuse } from '#kernel';
import type { Act, Id } from '#kernel';
import { isFacilitator, ownRepresentative } from './authority.js';
import { citedDecision, decisionCiter, names } from './cited-decision.js';
import { dayIn, termHolds } from './dates.js';
import { facilitatorTermFault } from './formation.js';
import { record } from './record.js';
import type { AllianceState, Facilitator } from './state.js';
import type { AllianceWorld, Rule } from './world.js';

/** D of type `facilitator` naming the person; any R(appoint) without decision while forming and none is in force (3.4). */
export const appointFacilitator: Rule<'AppointFacilitator'> = (world, args, act) => {
  const { state } = world;
  const { personRef, validFrom, validTo, decisionId, sealed } = args;
  const vacant = isVacant(state, act) && decisionId === undefined;
  const acting = vacant ? ownRepresentative(state, act, 'appoint', undefined) : decisionCiter(world, act);
  if (isRefusal(acting)) return acting;
  const needed = { type: 'facilitator', fits: names('person', personRef) } as const;
  const cited = vacant ? {} : citedDecision(world, decisionId, needed);
  if (isRefusal(cited)) return cited;
  const fault = facilitatorTermFault(state, { validFrom, validTo }, dayIn(state, act.at));
  if (fault) return fault;
  const facilitatorId = act.newId('facilitatorId');
  return [record('FacilitatorAppointed', { facilitatorId, personRef, validFrom, validTo, ...cited }, sealed)];
};

function isVacant(state: AllianceState, act: Act): boolean {
  if (state.phase !== 'forming') return false;
  const today = dayIn(state, act.at);
  return ![...state.facilitators.values()].some((term) => !term.ended && termHolds(term, today));
}

/** F ends a term, its own above all; others by another decision of type `facilitator` naming the person (5.1). */
export const endFacilitator: Rule<'EndFacilitator'> = (world, { facilitatorId, decisionId }, act) => {
  const { state } = world;
  const powerless = decisionCiter(world, act);
  if (powerless) return powerless;
  const term = state.facilitators.get(facilitatorId);
  if (!term) return refuse('NOT_FOUND', { pointer: '/facilitatorId' });
  if (term.ended) return refuse('WRONG_STATE');
  const alone = decisionId === undefined && isFacilitator(state, act.actor, act.at);
  const cited = alone ? {} : endingDecision(world, term, decisionId);
  if (isRefusal(cited)) return cited;
  const own = 'person' in act.actor && act.actor.person === term.personRef;
  return [record('FacilitatorEnded', { facilitatorId, cause: own ? 'resigned' : 'revoked', ...cited })];
};

/** The decision that appointed does not also end the term. */
function endingDecision(world: AllianceWorld, term: Facilitator, decisionId: Id | undefined) {
  const other = decisionId === term.decisionId ? undefined : decisionId;
  return citedDecision(world, other, { type: 'facilitator', fits: names('person', term.personRef) });
}
