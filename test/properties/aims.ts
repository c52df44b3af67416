import type { Charters } from './charters.js';
import { DOCUMENT } from './scene.js';
import type { Scene } from './scene.js';
import type { Rounds } from './rounds.js';
import { found } from './world.js';
import type { Dice, World } from './world.js';

/** What the alliance is for, its legal form, its end. */
export class Aims {
  private readonly world: World;
  private readonly dice: Dice;

  constructor(
    private readonly scene: Scene,
    private readonly rounds: Rounds,
    private readonly charters: Charters,
  ) {
    this.world = scene.world;
    this.dice = scene.dice;
  }

  async aims(): Promise<void> {
    const partnerId = this.scene.anyPartner();
    if (!partnerId) return;
    if (this.dice.chance(0.4)) {
      const declared = await this.world.send(
        'DeclarePartnerObjective',
        { partnerId, goalIds: [], statement: 'Notre but' },
        this.scene.mandateOf(partnerId),
      );
      const objectiveId = found(declared, 'PartnerObjectiveDeclared')?.data.objectiveId;
      if (objectiveId && this.dice.chance(0.5))
        await this.world.send('WithdrawPartnerObjective', { objectiveId }, this.scene.mandateOf(partnerId));
      return;
    }
    if (this.dice.chance(0.2)) return this.charters.publishDiagnosis();
    const decisionId = await this.rounds.decide('orientation', {}, 1);
    if (!decisionId) return;
    const as = this.scene.facilitator;
    const stake = await this.world.send(
      'IdentifyStake',
      { category: 'quality-of-life', sdg: [], decisionId, statement: 'Un enjeu' },
      as,
    );
    const stakeId = found(stake, 'StakeIdentified')?.data.stakeId;
    await this.world.send(
      'DefineTerritory',
      {
        validFrom: this.scene.today,
        codes: [{ scheme: 'department', code: '86', year: 2024 }],
        decisionId,
        label: 'Ici',
      },
      as,
    );
    if (stakeId)
      await this.world.send('SetCommonGoal', { stakeIds: [stakeId], decisionId, statement: 'Notre but commun' }, as);
    if (stakeId && this.dice.chance(0.3)) await this.world.send('RetireStake', { stakeId, decisionId }, as);
  }

  async structure(): Promise<void> {
    const decisionId = await this.rounds.decide('structuring', {}, 1);
    if (!decisionId) return;
    const body = {
      legalForm: 'association',
      registerScheme: 'none',
      effectiveFrom: this.scene.today,
      statutesHash: DOCUMENT,
      decisionId,
      name: 'L’association',
    };
    await this.world.send('StructureAlliance', body, this.scene.facilitator);
  }

  async dissolve(): Promise<void> {
    const decisionId = await this.rounds.decide('dissolution', {}, 1);
    if (decisionId)
      await this.world.send('DissolveAlliance', { decisionId, closingNote: 'Fin' }, this.scene.facilitator);
  }
}
