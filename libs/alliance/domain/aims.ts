import { normalisedCode, officialCodeFault } from '#contracts';
import type { OfficialCode } from '#contracts';
import { isRefusal, refuse, statedDay } from '#kernel';
import type { Id, Refusal, Table } from '#kernel';
import { facilitatorOrProposer, proposer } from './authority.js';
import { citedDecision, decisionCiter, decisionOnceGoverned } from './cited-decision.js';
import { dayIn, factFault } from './dates.js';
import { record } from './record.js';
import type { Rule } from './world.js';

const ORIENTATION = { type: 'orientation' } as const;

/** F while forming, then D of type `orientation`, defines the next version; earlier ones stay as they are (3.1). */
export const defineTerritory: Rule<'DefineTerritory'> = (world, { validFrom, codes, decisionId, sealed }, act) => {
  const powerless = decisionCiter(world, act);
  if (powerless) return powerless;
  const cited = decisionOnceGoverned(world, act, decisionId, ORIENTATION);
  if (isRefusal(cited)) return cited;
  const normalised = codes.map((one) => ({ ...one, code: normalisedOf(one) }));
  const fault = codesFault(normalised);
  if (fault) return fault;
  const territoryVersion = world.state.territoryVersion + 1;
  return [record('TerritoryDefined', { territoryVersion, validFrom, codes: normalised, ...cited }, sealed)];
};

/** A place without official code is a random id, which stays as it is. */
function normalisedOf({ scheme, code }: OfficialCode): string {
  return scheme === 'other' ? code : normalisedCode(code);
}

function codesFault(codes: readonly OfficialCode[]): Refusal | undefined {
  for (const [place, code] of codes.entries()) {
    const rule = officialCodeFault(code);
    if (rule !== undefined) return refuse('IDENTIFIER_INVALID', { pointer: `/codes/${place}/code`, rule });
  }
  return undefined;
}

/** F or R(propose) publishes a dated study that names at least one source (3.1). */
export const publishDiagnosis: Rule<'PublishDiagnosis'> = ({ state }, args, act) => {
  const { studiedOn, documentHash, sourceHashes, occurredOn, sealed } = args;
  const today = dayIn(state, act.at);
  const fault = facilitatorOrProposer(state, act) ?? factFault(occurredOn, today);
  if (fault) return fault;
  if (studiedOn > today) return refuse('FUTURE_FACT', { pointer: '/studiedOn' });
  if (sourceHashes.length === 0) return refuse('REASON_REQUIRED', { pointer: '/sourceHashes', rule: 'one-source' });
  const data = { diagnosisId: act.newId('diagnosisId'), studiedOn, documentHash, sourceHashes };
  return [record('DiagnosisPublished', data, sealed, statedDay(occurredOn, today))];
};

/** F while forming, then D of type `orientation`, names an issue of the territory (3.1). */
export const identifyStake: Rule<'IdentifyStake'> = (world, args, act) => {
  const { category, sdg, diagnosisId, decisionId, sealed } = args;
  const powerless = decisionCiter(world, act);
  if (powerless) return powerless;
  const cited = decisionOnceGoverned(world, act, decisionId, ORIENTATION);
  if (isRefusal(cited)) return cited;
  if (diagnosisId !== undefined && !world.state.diagnoses.has(diagnosisId))
    return refuse('NOT_FOUND', { pointer: '/diagnosisId' });
  return [record('StakeIdentified', { stakeId: act.newId('stakeId'), category, sdg, diagnosisId, ...cited }, sealed)];
};

/** F while forming, then D of type `orientation`, puts a stake aside (5.1). */
export const retireStake: Rule<'RetireStake'> = (world, { stakeId, decisionId }, act) => {
  const powerless = decisionCiter(world, act);
  if (powerless) return powerless;
  const fault = stakesFault(world.state.stakes, [stakeId], '/stakeId');
  if (fault) return fault;
  const cited = decisionOnceGoverned(world, act, decisionId, ORIENTATION);
  return isRefusal(cited) ? cited : [record('StakeRetired', { stakeId, ...cited })];
};

/** Only a decision of type `orientation` sets a goal, on at least one stake; its id given, the next version (3.1). */
export const setCommonGoal: Rule<'SetCommonGoal'> = (world, args, act) => {
  const { state } = world;
  const powerless = decisionCiter(world, act);
  if (powerless) return powerless;
  if (state.phase === 'forming') return refuse('CHARTER_MISSING');
  const before = state.goals.get(args.goalId);
  if (args.goalId !== undefined && before === undefined) return refuse('NOT_FOUND', { pointer: '/goalId' });
  if (args.stakeIds.length === 0) return refuse('LIMIT_EXCEEDED', { pointer: '/stakeIds', rule: 'one-stake-at-least' });
  const fault = stakesFault(state.stakes, args.stakeIds, '/stakeIds');
  if (fault) return fault;
  const cited = citedDecision(world, args.decisionId, ORIENTATION);
  if (isRefusal(cited)) return cited;
  const { stakeIds, targetDate } = args;
  const goalId = args.goalId ?? act.newId('goalId');
  return [
    record('CommonGoalSet', { goalId, goalVersion: (before ?? 0) + 1, stakeIds, targetDate, ...cited }, args.sealed),
  ];
};

function stakesFault(
  stakes: Table<'identified' | 'retired'>,
  ids: readonly Id[],
  pointer: string,
): Refusal | undefined {
  if (ids.some((id) => !stakes.has(id))) return refuse('NOT_FOUND', { pointer });
  return ids.some((id) => stakes.get(id) === 'retired') ? refuse('WRONG_STATE', { pointer }) : undefined;
}

/** A partner's own R(propose), and nobody else, declares or changes what it seeks for itself (3.1). */
export const declarePartnerObjective: Rule<'DeclarePartnerObjective'> = ({ state }, args, act) => {
  const { partnerId, goalIds, sealed } = args;
  const acting = proposer(state, act, partnerId);
  if (isRefusal(acting)) return acting;
  const before = state.objectives.get(args.objectiveId);
  if (args.objectiveId !== undefined && !before) return refuse('NOT_FOUND', { pointer: '/objectiveId' });
  if (before && before.partnerId !== partnerId) return refuse('POWER_MISSING', { pointer: '/objectiveId' });
  if (before?.withdrawn) return refuse('ALREADY_WITHDRAWN', { pointer: '/objectiveId' });
  if (goalIds.some((id) => !state.goals.has(id))) return refuse('NOT_FOUND', { pointer: '/goalIds' });
  const objectiveId = args.objectiveId ?? act.newId('objectiveId');
  const objectiveVersion = (before?.version ?? 0) + 1;
  return [record('PartnerObjectiveDeclared', { objectiveId, objectiveVersion, partnerId, goalIds }, sealed)];
};

/** A partner's own R(propose), and nobody else, withdraws its objective (3.1). */
export const withdrawPartnerObjective: Rule<'WithdrawPartnerObjective'> = ({ state }, { objectiveId }, act) => {
  const acting = proposer(state, act);
  if (isRefusal(acting)) return acting;
  const objective = state.objectives.get(objectiveId);
  if (!objective) return refuse('NOT_FOUND', { pointer: '/objectiveId' });
  if (objective.partnerId !== acting.partnerId) return refuse('POWER_MISSING');
  if (objective.withdrawn) return refuse('ALREADY_WITHDRAWN');
  return [record('PartnerObjectiveWithdrawn', { objectiveId })];
};
