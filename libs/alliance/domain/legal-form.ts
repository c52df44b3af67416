import { checkedRegisterCode } from '#contracts';
import type { ArgumentsOf } from '#contracts';
import { isRefusal, refuse, statedDay } from '#kernel';
import type { Act, Day, Id, Refusal } from '#kernel';
import { isFacilitator } from './authority.js';
import { citedDecision, decisionCiter } from './cited-decision.js';
import { dayIn, factFault } from './dates.js';
import { record } from './record.js';
import type { AllianceState, Carrier } from './state.js';
import type { AllianceWorld, Rule, Target } from './world.js';

/** The carrier without recorded end; there is one at most. */
export function carrierInForce(state: AllianceState): Carrier | undefined {
  const last = state.carriers.at(-1);
  return last?.endedOn === undefined ? last : undefined;
}

/** D of type `carrier` on this carrier, with its consent; the carrier until now ends at the same instant (3.4). */
export const designateCarrier: Rule<'DesignateCarrier'> = (world, args, act) => {
  const { state } = world;
  const today = dayIn(state, act.at);
  const current = carrierInForce(state);
  const powerless = decisionCiter(world, act) ?? factFault(args.occurredOn, today, current?.designatedOn);
  if (powerless) return powerless;
  if (state.incorporated) return refuse('WRONG_STATE');
  const checked = checkedRegisterCode(args.registerScheme, args.registerCode);
  if (isRefusal(checked)) return checked;
  const fault = carrierFault(state, { ...args, ...checked }, today);
  if (fault) return fault;
  const cited = citedDecision(world, args.decisionId, { type: 'carrier', fits: designates(state, args.partnerId) });
  if (isRefusal(cited)) return cited;
  const carrierId = newCarrierId(world, cited.decisionId, act);
  const { partnerId, registerScheme, consentHash, validFrom } = args;
  const occurredOn = statedDay(args.occurredOn, today);
  const data = { carrierId, partnerId, registerScheme, ...checked, consentHash, validFrom, ...cited };
  const ended = current ? [record('CarrierEnded', { carrierId: current.carrierId, ...cited }, {}, occurredOn)] : [];
  return [...ended, record('CarrierDesignated', data, args.sealed, occurredOn)];
};

/** Another carrier than the one in force, a partner only if active, and not from before the last one's end. */
function carrierFault(
  state: AllianceState,
  args: Omit<ArgumentsOf<'DesignateCarrier'>, 'sealed'>,
  today: Day,
): Refusal | undefined {
  const { partnerId, registerScheme, registerCode, validFrom } = args;
  if (partnerId !== undefined && state.partners.get(partnerId)?.status !== 'active')
    return refuse('PARTNER_NOT_ACTIVE', { pointer: '/partnerId' });
  const current = carrierInForce(state);
  const sameCode = registerCode !== undefined && current?.registerCode === registerCode;
  if (current && (sameCode ? current.registerScheme === registerScheme : partnerId && partnerId === current.partnerId))
    return refuse('WRONG_STATE', { rule: 'carrier-already' });
  const lastDay = current ? (args.occurredOn ?? today) : state.carriers.at(-1)?.endedOn;
  if (lastDay !== undefined && validFrom < lastDay)
    return refuse('DATE_INVALID', { pointer: '/validFrom', rule: 'one-carrier-at-a-time' });
  return undefined;
}

/** The target is the partner that is to carry, or the id that the carrier will have: one not yet used. */
function designates(state: AllianceState, partnerId: Id | undefined): (target: Target | undefined) => boolean {
  return (target) => {
    if (target?.id === undefined) return false;
    if (partnerId !== undefined && target.id === partnerId)
      return target.sort === 'carrier' || target.sort === 'partner';
    return target.sort === 'carrier' && isUnused(state, target.id);
  };
}

function isUnused(state: AllianceState, id: Id): boolean {
  return !state.partners.has(id) && !state.carriers.some(({ carrierId }) => carrierId === id);
}

function newCarrierId({ state, deliberation }: AllianceWorld, decisionId: Id, act: Act): Id {
  const target = deliberation.decision(decisionId)?.target;
  if (target?.sort !== 'carrier' || target.id === undefined) return act.newId('carrierId');
  return isUnused(state, target.id) ? target.id : act.newId('carrierId');
}

/** Another decision of type `carrier` on it ends a carrier; or F, on the carrier's own notice (3.4). */
export const endCarrier: Rule<'EndCarrier'> = (world, args, act) => {
  const { state } = world;
  const today = dayIn(state, act.at);
  const carrier = state.carriers.find(({ carrierId }) => carrierId === args.carrierId);
  const fault = decisionCiter(world, act) ?? factFault(args.occurredOn, today, carrier?.designatedOn);
  if (fault) return fault;
  if (!carrier) return refuse('NOT_FOUND', { pointer: '/carrierId' });
  if (carrier.endedOn !== undefined) return refuse('WRONG_STATE');
  const onNotice = args.noticeHash !== undefined && isFacilitator(state, act.actor, act.at);
  const cited = onNotice && args.decisionId === undefined ? {} : endingDecision(world, carrier, args.decisionId);
  if (isRefusal(cited)) return cited;
  const data = { carrierId: carrier.carrierId, noticeHash: args.noticeHash, ...cited };
  return [record('CarrierEnded', data, args.sealed, statedDay(args.occurredOn, today))];
};

/** The decision that designated a carrier does not also end it. */
function endingDecision(world: AllianceWorld, carrier: Carrier, decisionId: Id | undefined) {
  const other = decisionId === carrier.decisionId ? undefined : decisionId;
  const fits = (target: Target | undefined): boolean =>
    target?.id !== undefined && (target.id === carrier.carrierId || target.id === carrier.partnerId);
  return citedDecision(world, other, { type: 'carrier', fits });
}

/** D of type `structuring` makes the alliance a legal entity, once; a carrier ends, and the ledger goes on (3.6). */
export const structureAlliance: Rule<'StructureAlliance'> = (world, args, act) => {
  const { state } = world;
  const today = dayIn(state, act.at);
  const current = carrierInForce(state);
  const fault = decisionCiter(world, act) ?? factFault(args.occurredOn, today, current?.designatedOn);
  if (fault) return fault;
  if (state.incorporated) return refuse('WRONG_STATE');
  const checked = checkedRegisterCode(args.registerScheme, args.registerCode);
  if (isRefusal(checked)) return checked;
  const cited = citedDecision(world, args.decisionId, { type: 'structuring' });
  if (isRefusal(cited)) return cited;
  const { legalForm, registerScheme, effectiveFrom, statutesHash } = args;
  const occurredOn = statedDay(args.occurredOn, today);
  const data = { legalForm, registerScheme, ...checked, effectiveFrom, statutesHash, ...cited };
  const ended = current ? [record('CarrierEnded', { carrierId: current.carrierId, ...cited }, {}, occurredOn)] : [];
  return [...ended, record('AllianceStructured', data, args.sealed, occurredOn)];
};

/** D of type `dissolution` ends the alliance when no round is open; the ledger stays readable for ever (3.6). */
export const dissolveAlliance: Rule<'DissolveAlliance'> = (world, { decisionId, sealed }, act) => {
  const powerless = decisionCiter(world, act);
  if (powerless) return powerless;
  const cited = citedDecision(world, decisionId, { type: 'dissolution' });
  if (isRefusal(cited)) return cited;
  if (world.deliberation.openRounds().length > 0) return refuse('ROUND_OPEN');
  if (act.head === undefined) return refuse('WRONG_STATE');
  const openCommitments = world.contribution.openCommitments().length;
  return [record('AllianceDissolved', { ...cited, openCommitments, headHash: act.head }, sealed)];
};
