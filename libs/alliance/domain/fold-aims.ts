import type { Folds } from './folds.js';

type AimEvents =
  | 'TerritoryDefined'
  | 'DiagnosisPublished'
  | 'StakeIdentified'
  | 'StakeRetired'
  | 'CommonGoalSet'
  | 'PartnerObjectiveDeclared'
  | 'PartnerObjectiveWithdrawn';

/** Territory, diagnosis, stakes, goals and objectives: of each, what the next command asks. */
export const aimFolds: Folds<AimEvents> = {
  TerritoryDefined: (state, { data }) => ({ ...state, territoryVersion: data.territoryVersion }),
  DiagnosisPublished: (state, { data }) => ({ ...state, diagnoses: state.diagnoses.with(data.diagnosisId, true) }),
  StakeIdentified: (state, { data }) => ({ ...state, stakes: state.stakes.with(data.stakeId, 'identified') }),
  StakeRetired: (state, { data }) => ({ ...state, stakes: state.stakes.change(data.stakeId, () => 'retired') }),
  CommonGoalSet: (state, { data }) => ({ ...state, goals: state.goals.with(data.goalId, data.goalVersion) }),
  PartnerObjectiveDeclared: (state, { data }) => {
    const { objectiveId, partnerId, objectiveVersion: version } = data;
    const objective = { objectiveId, partnerId, version, withdrawn: false };
    return { ...state, objectives: state.objectives.with(objectiveId, objective) };
  },
  PartnerObjectiveWithdrawn: (state, { data }) => ({
    ...state,
    objectives: state.objectives.change(data.objectiveId, (objective) => ({ ...objective, withdrawn: true })),
  }),
};
