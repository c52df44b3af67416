import type { Id } from '#kernel';
import { admit, FAY, founded, governed, hash, id } from './testing.js';

const poitiers = { scheme: 'commune', code: '86194', year: 2024 } as const;
const territory = { validFrom: '2026-01-01', codes: [poitiers] };
const stake = { category: 'social-cohesion', sdg: ['11'] } as const;
const study = { studiedOn: '2025-11-01', documentHash: hash('study'), sourceHashes: [hash('source')] };

describe('while forming', () => {
  it('the facilitator defines territory and stakes without decision; a partner does not', () => {
    const { play, ann } = founded();
    expect(play.tries(FAY, 'DefineTerritory', territory)).toEqual(['TerritoryDefined']);
    expect(play.tries(ann.actor, 'DefineTerritory', territory)).toBe('POWER_MISSING');
    const { stakeId } = play.does(FAY, 'IdentifyStake', stake) as { stakeId: Id };
    expect(play.tries(ann.actor, 'IdentifyStake', stake)).toBe('POWER_MISSING');
    expect(play.tries(ann.actor, 'RetireStake', { stakeId })).toBe('POWER_MISSING');
    expect(play.tries(FAY, 'RetireStake', { stakeId })).toEqual(['StakeRetired']);
  });

  it('there is no common goal', () => {
    const { play } = founded();
    const { stakeId } = play.does(FAY, 'IdentifyStake', stake) as { stakeId: Id };
    expect(play.tries(FAY, 'SetCommonGoal', { stakeIds: [stakeId] })).toBe('CHARTER_MISSING');
  });
});

describe('the territory', () => {
  it('once governed is defined by a decision of type orientation, in numbered versions', () => {
    const { play, ann } = governed();
    for (const decisionId of [undefined, play.decided('ordinary')])
      expect(play.tries(FAY, 'DefineTerritory', { ...territory, decisionId })).toBe('DECISION_REQUIRED');
    const decisionId = play.decided('orientation');
    play.does(ann.actor, 'DefineTerritory', { ...territory, decisionId });
    expect(play.dataOf('TerritoryDefined')).toMatchObject({ territoryVersion: 1, decisionId });
    play.does(FAY, 'DefineTerritory', { ...territory, decisionId });
    expect(play.dataOf('TerritoryDefined')).toMatchObject({ territoryVersion: 2 });
  });

  it('mixes codes of several schemes, each normalised and valid in its year', () => {
    const { play } = founded();
    const corsica = { scheme: 'department', code: '2a', year: 2024 } as const;
    const place = { scheme: 'other', code: id('a place'), year: 2026 } as const;
    play.does(FAY, 'DefineTerritory', { ...territory, codes: [poitiers, corsica, place] });
    expect(play.dataOf('TerritoryDefined')['codes']).toEqual([poitiers, { ...corsica, code: '2A' }, place]);
    const former = { scheme: 'region', code: '54', year: 2024 } as const;
    expect(play.tries(FAY, 'DefineTerritory', { ...territory, codes: [poitiers, former] })).toBe('IDENTIFIER_INVALID');
    expect(play.refusal).toMatchObject({ pointer: '/codes/1/code', rule: 'region-of-year' });
  });
});

describe('a diagnosis', () => {
  it('is published by the facilitator or R(propose), with a source, on a day that has come', () => {
    const { play, ann } = founded();
    const mute = admit(play, 'mia', { powers: ['speak'] });
    expect(play.tries(mute.actor, 'PublishDiagnosis', study)).toBe('POWER_MISSING');
    expect(play.tries(FAY, 'PublishDiagnosis', { ...study, sourceHashes: [] })).toBe('REASON_REQUIRED');
    expect(play.tries(FAY, 'PublishDiagnosis', { ...study, studiedOn: '2026-01-06' })).toBe('FUTURE_FACT');
    expect(play.tries(FAY, 'PublishDiagnosis', { ...study, occurredOn: '2026-01-06' })).toBe('FUTURE_FACT');
    expect(play.tries(ann.actor, 'PublishDiagnosis', study)).toEqual(['DiagnosisPublished']);
  });
});

describe('a stake', () => {
  it('comes from a diagnosis that there is, and is retired once', () => {
    const { play } = founded();
    const { diagnosisId } = play.does(FAY, 'PublishDiagnosis', study) as { diagnosisId: Id };
    expect(play.tries(FAY, 'IdentifyStake', { ...stake, diagnosisId: id('x') })).toBe('NOT_FOUND');
    const { stakeId } = play.does(FAY, 'IdentifyStake', { ...stake, diagnosisId }) as { stakeId: Id };
    play.does(FAY, 'RetireStake', { stakeId });
    expect(play.tries(FAY, 'RetireStake', { stakeId })).toBe('WRONG_STATE');
    expect(play.tries(FAY, 'RetireStake', { stakeId: id('x') })).toBe('NOT_FOUND');
  });

  it('once governed comes and goes by a decision of type orientation', () => {
    const { play, ann } = governed();
    const decisionId = play.decided('orientation');
    expect(play.tries(FAY, 'IdentifyStake', stake)).toBe('DECISION_REQUIRED');
    const { stakeId } = play.does(ann.actor, 'IdentifyStake', { ...stake, decisionId }) as { stakeId: Id };
    expect(play.tries(FAY, 'RetireStake', { stakeId })).toBe('DECISION_REQUIRED');
    expect(play.tries(FAY, 'RetireStake', { stakeId, decisionId })).toEqual(['StakeRetired']);
  });
});

describe('a common goal', () => {
  it('is set by a decision of type orientation alone, on one stake at least, in numbered versions', () => {
    const { play, ann } = governed();
    const decisionId = play.decided('orientation');
    const { stakeId } = play.does(FAY, 'IdentifyStake', { ...stake, decisionId }) as { stakeId: Id };
    const stakeIds = [stakeId];
    expect(play.tries(FAY, 'SetCommonGoal', { stakeIds })).toBe('DECISION_REQUIRED');
    expect(play.tries(FAY, 'SetCommonGoal', { stakeIds: [], decisionId })).toBe('LIMIT_EXCEEDED');
    expect(play.tries(FAY, 'SetCommonGoal', { stakeIds: [id('x')], decisionId })).toBe('NOT_FOUND');
    const { goalId } = play.does(ann.actor, 'SetCommonGoal', { stakeIds, decisionId }) as { goalId: Id };
    expect(play.dataOf('CommonGoalSet')).toEqual({ goalId, goalVersion: 1, stakeIds, decisionId });
    play.does(FAY, 'SetCommonGoal', { goalId, stakeIds, decisionId });
    expect(play.dataOf('CommonGoalSet')).toMatchObject({ goalId, goalVersion: 2 });
    expect(play.tries(FAY, 'SetCommonGoal', { goalId: id('x'), stakeIds, decisionId })).toBe('NOT_FOUND');
    play.does(FAY, 'RetireStake', { stakeId, decisionId });
    expect(play.tries(FAY, 'SetCommonGoal', { stakeIds, decisionId })).toBe('WRONG_STATE');
  });
});

describe("a partner's objective", () => {
  it('is declared, changed and withdrawn by that partner alone', () => {
    const { play, ann, bob } = founded();
    const { partnerId } = ann;
    const declare = { partnerId, goalIds: [] };
    expect(play.tries(bob.actor, 'DeclarePartnerObjective', declare)).toBe('POWER_MISSING');
    expect(play.tries(FAY, 'DeclarePartnerObjective', declare)).toBe('POWER_MISSING');
    const { objectiveId } = play.does(ann.actor, 'DeclarePartnerObjective', declare) as { objectiveId: Id };
    play.does(ann.actor, 'DeclarePartnerObjective', { ...declare, objectiveId });
    expect(play.dataOf('PartnerObjectiveDeclared')).toMatchObject({ objectiveId, objectiveVersion: 2 });
    const poaching = { partnerId: bob.partnerId, goalIds: [], objectiveId };
    expect(play.tries(bob.actor, 'DeclarePartnerObjective', poaching)).toBe('POWER_MISSING');
    expect(play.tries(bob.actor, 'WithdrawPartnerObjective', { objectiveId })).toBe('POWER_MISSING');
    expect(play.tries(ann.actor, 'WithdrawPartnerObjective', { objectiveId })).toEqual(['PartnerObjectiveWithdrawn']);
    expect(play.tries(ann.actor, 'WithdrawPartnerObjective', { objectiveId })).toBe('ALREADY_WITHDRAWN');
    expect(play.tries(ann.actor, 'DeclarePartnerObjective', { ...declare, objectiveId })).toBe('ALREADY_WITHDRAWN');
  });

  it('names goals and objectives that there are', () => {
    const { play, ann } = founded();
    const declare = { partnerId: ann.partnerId, goalIds: [] };
    expect(play.tries(ann.actor, 'DeclarePartnerObjective', { ...declare, goalIds: [id('x')] })).toBe('NOT_FOUND');
    expect(play.tries(ann.actor, 'DeclarePartnerObjective', { ...declare, objectiveId: id('x') })).toBe('NOT_FOUND');
    expect(play.tries(ann.actor, 'WithdrawPartnerObjective', { objectiveId: id('x') })).toBe('NOT_FOUND');
  });

  it('is not yet for a partner that has not signed the charter in force', () => {
    const { play } = governed();
    const dan = admit(play, 'dan');
    const declare = { partnerId: dan.partnerId, goalIds: [] };
    expect(play.tries(dan.actor, 'DeclarePartnerObjective', declare)).toBe('PARTNER_NOT_ACTIVE');
  });
});
