import { HOUR_MS } from '#kernel';
import type { Id } from '#kernel';
import type { Rounds } from './rounds.js';
import type { Scene } from './scene.js';
import type { Dice, World } from './world.js';

/** How the partners of a round are told of it, and who speaks for whom. */
export class Voices {
  private readonly world: World;
  private readonly dice: Dice;

  constructor(
    private readonly scene: Scene,
    private readonly rounds: Rounds,
  ) {
    this.world = scene.world;
    this.dice = scene.dice;
  }

  /** A round of which every partner is told, one way or another; some then say nothing. */
  async notified(): Promise<void> {
    const roundId = await this.asked();
    if (!roundId) return;
    for (const partnerId of this.scene.active()) await this.tell(roundId, partnerId);
    await this.rounds.answer(roundId, 0.9);
    this.rounds.waitForClosing(roundId);
  }

  private async asked(): Promise<Id | undefined> {
    const proposal = await this.rounds.propose('ordinary');
    return proposal && (await this.rounds.open(proposal.proposalId, proposal.sponsor));
  }

  private tell(roundId: Id, partnerId: Id, positionId?: Id) {
    const about = { roundId, partnerId, positionId };
    this.world.wait(this.dice.between(1, 5) * HOUR_MS);
    const status = this.dice.chance(0.9) ? 'delivered' : 'failed';
    if (this.dice.chance(0.5)) {
      const opened = { ...about, channel: 'in-app-opened', status: 'delivered' };
      return this.world.send('RecordNotification', opened, this.scene.mandateOf(partnerId));
    }
    const letter = { ...about, channel: 'letter-received', status, address: 'Une adresse' };
    return this.world.send('RecordNotification', letter, this.scene.facilitator);
  }
}
