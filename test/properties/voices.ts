import { addDays, addMs, DAY_MS, HOUR_MS } from '#kernel';
import type { Id } from '#kernel';
import type { Rounds } from './rounds.js';
import { DOCUMENT } from './scene.js';
import type { Scene } from './scene.js';
import { found } from './world.js';
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

  /** A partner leaves a round for a conflict of interest, at times after it objected or as the sponsor. */
  async recused(): Promise<void> {
    const roundId = await this.asked();
    const partnerId = this.scene.anyPartner();
    if (!roundId || !partnerId) return;
    if (this.dice.chance(0.4)) await this.rounds.take(roundId, partnerId, 'object');
    const recusal = { roundId, reason: 'Un intérêt' };
    await this.world.send('RecusePartner', recusal, this.scene.mandateOf(partnerId));
    await this.rounds.answer(roundId);
    this.rounds.waitForClosing(roundId);
  }

  /** One partner lets another take its position, in one round or between two dates; then something comes in between. */
  async proxied(): Promise<void> {
    const roundId = await this.asked();
    const giverId = this.scene.anyPartner();
    const holderId = this.scene.anyPartner(giverId);
    if (!roundId || !giverId || !holderId) return;
    const dates = { validFrom: this.scene.today, validTo: addDays(this.scene.today, this.dice.between(1, 30)) };
    const span = this.dice.chance(0.5) ? { roundId } : dates;
    const asGiver = this.scene.mandateOf(giverId);
    const proxyId = found(await this.world.send('GiveProxy', { holderId, ...span }, asGiver), 'ProxyGiven')?.data
      .proxyId;
    if (!proxyId) return;
    this.world.wait(HOUR_MS);
    if (this.dice.chance(0.7))
      await this.world.send('TakePosition', this.proxyPosition(roundId, proxyId), this.scene.mandateOf(holderId));
    const then = this.dice.below(5);
    if (then === 0) await this.world.send('RevokeProxy', { proxyId }, asGiver);
    else if (then === 1) await this.rounds.take(roundId, giverId, 'agree');
    else if (then === 2) await this.world.send('RecusePartner', { roundId }, this.scene.mandateOf(holderId));
    if (this.dice.chance(0.6)) await this.rounds.answer(roundId, 1);
    this.rounds.waitForClosing(roundId);
  }

  private proxyPosition(roundId: Id, proxyId: Id) {
    if (this.dice.chance(0.8)) return { roundId, proxyId, value: 'agree' };
    const objection = { kind: 'harms-aim', touches: { sort: 'aim' }, reason: 'Une raison' };
    return { roundId, proxyId, value: 'object', objection };
  }

  /** What a partner said elsewhere is recorded by another, who tells it; it may say that it is not its position. */
  async onBehalf(): Promise<void> {
    const roundId = await this.asked();
    const partnerId = this.scene.anyPartner();
    if (!roundId || !partnerId) return;
    this.world.wait(this.dice.between(1, 20) * HOUR_MS);
    const by = this.dice.chance(0.5) ? this.scene.facilitator : this.scene.mandateOf(this.scene.anyPartner(partnerId));
    const recorded = await this.world.send('RecordPositionOnBehalf', this.said(roundId, partnerId), by);
    const positionId = found(recorded, 'PositionRecordedOnBehalf')?.data.positionId;
    if (!positionId) return;
    if (this.dice.chance(0.8)) await this.tell(roundId, partnerId, positionId);
    const early = this.dice.chance(0.5);
    if (early) await this.contest(positionId, partnerId);
    for (const other of this.scene.active()) if (other !== partnerId) await this.rounds.take(roundId, other, 'agree');
    this.rounds.waitForClosing(roundId);
    if (!early && this.dice.chance(0.7)) await this.contest(positionId, partnerId);
  }

  private said(roundId: Id, partnerId: Id) {
    const speakerMandateId = this.scene.mandateOf(partnerId).slice('mandate/'.length);
    const statedAt = addMs(this.world.now, -this.dice.between(0, 60) * 60_000);
    const means = this.dice.pick(['phone', 'paper', 'meeting', 'email']);
    const told = {
      roundId,
      partnerId,
      speakerMandateId,
      statedAt,
      means,
      evidenceHash: DOCUMENT,
      evidence: 'Une note',
    };
    if (this.dice.chance(0.7)) return { ...told, value: 'agree' };
    const objection = { kind: 'harms-aim', touches: { sort: 'aim' }, reason: 'Une raison' };
    return { ...told, value: 'object', objection };
  }

  private contest(positionId: Id, partnerId: Id) {
    this.world.wait(this.dice.between(0, 2) * DAY_MS);
    const body = { positionId, reason: 'Pas notre position' };
    return this.world.send('ContestPosition', body, this.scene.mandateOf(partnerId));
  }

  /** By consent half of the time, so that objections can be taken by others too. */
  private async asked(): Promise<Id | undefined> {
    const target = { target: { sort: 'person', id: this.scene.person() } };
    const proposal = await (this.dice.chance(0.5)
      ? this.rounds.propose('ordinary')
      : this.rounds.propose('facilitator', target));
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
