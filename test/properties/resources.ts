import { addDays } from '#kernel';
import type { Id } from '#kernel';
import { DOCUMENT } from './scene.js';
import type { Scene } from './scene.js';
import type { Rounds } from './rounds.js';
import { found } from './world.js';
import type { Dice, World } from './world.js';

/** Needs, promises and gifts. */
export class Resources {
  private readonly world: World;
  private readonly dice: Dice;

  constructor(
    private readonly scene: Scene,
    private readonly rounds: Rounds,
  ) {
    this.world = scene.world;
    this.dice = scene.dice;
  }

  async contribute(): Promise<void> {
    const { provider, attestor } = this.twoPartners();
    if (!provider || !attestor) return;
    const [asProvider, asAttestor] = [this.scene.mandateOf(provider), this.scene.mandateOf(attestor)];
    const line = this.dice.chance(0.5) ? { kind: 'goods', unit: 'piece' } : { kind: 'volunteer-time', unit: 'hour' };
    const requestId = await this.need(line);
    const amount = String(this.dice.between(2, 40));
    const commit = {
      ...line,
      amount,
      providerId: provider,
      attestorId: attestor,
      obligation: 'means',
      ...(requestId ? { requestId } : {}),
    };
    const dueOn = addDays(this.scene.today, this.dice.between(0, 60));
    const made = await this.world.send('MakeCommitment', { ...commit, dueOn }, asProvider);
    const commitmentId = found(made, 'CommitmentMade')?.data.commitmentId;
    if (commitmentId && this.dice.chance(0.2)) {
      await this.world.send('RescheduleCommitment', { commitmentId, dueOn: addDays(dueOn, 10) }, asAttestor);
    }
    if (commitmentId && this.dice.chance(0.2)) {
      await this.world.send('ReleaseCommitment', { commitmentId, amount: '1', reason: 'agreement' }, asAttestor);
    }
    if (this.dice.chance(0.7))
      await this.give(
        { ...line, amount, providerId: provider, attestorId: attestor },
        commitmentId,
        asProvider,
        asAttestor,
      );
    if (requestId && this.dice.chance(0.4))
      await this.world.send('CloseRequest', { requestId }, this.scene.facilitator);
  }

  private twoPartners(): { provider: Id | undefined; attestor: Id | undefined } {
    const provider = this.scene.anyPartner();
    return { provider, attestor: this.scene.anyPartner(provider) };
  }

  private async need(line: { kind: string; unit: string }): Promise<Id | undefined> {
    if (this.dice.chance(0.3)) return undefined;
    if (this.dice.chance(0.3)) {
      await this.rounds.decide('resource-call', { requests: [{ partnerIds: [], ...line, amount: '100' }] }, 1);
      return undefined;
    }
    const asked = await this.world.send(
      'RequestResource',
      { ...line, amount: '100' },
      this.scene.mandateOf(this.scene.anyPartner()),
    );
    return found(asked, 'ResourceRequested')?.data.requestId;
  }

  private async give(
    what: Readonly<Record<string, unknown>>,
    commitmentId: Id | undefined,
    asProvider: string,
    asAttestor: string,
  ): Promise<void> {
    const fulfils = commitmentId ? [{ obligationId: commitmentId, amount: what['amount'] }] : [];
    // A gift may be told of some days later, one that was promised not as earlier than the promise.
    const daysAgo = commitmentId ? 0 : this.dice.between(0, 3);
    const body = { ...what, fulfils, occurredOn: addDays(this.scene.today, -daysAgo) };
    const declared = await this.world.send('DeclareContribution', body, asProvider);
    const contributionId = found(declared, 'ContributionDeclared')?.data.contributionId;
    if (!contributionId) return;
    if (this.dice.chance(0.8))
      await this.world.send('AcknowledgeContribution', { contributionId, amount: '1' }, asAttestor);
    if (this.dice.chance(0.4)) {
      const dispute = { contributionId, amount: '1', from: 'awaiting', ground: 'defective', explanation: 'Abîmé' };
      await this.world.send('ContestContribution', dispute, asAttestor);
      if (this.dice.chance(0.6)) await this.world.send('LiftContestation', { contributionId, amount: '1' }, asAttestor);
    }
    if (!this.dice.chance(0.4)) return;
    const delta = this.dice.chance(0.5) ? '-1' : '2';
    await this.world.send(
      'CorrectContribution',
      { contributionId, corrects: contributionId, delta, cause: 'recount' },
      asProvider,
    );
  }

  async moneyWithCarrier(): Promise<void> {
    const { alliance } = this.world.state;
    const carrier = alliance.carriers.at(-1);
    if (carrier && carrier.endedOn === undefined && !alliance.incorporated) {
      await this.payThrough(carrier.carrierId, carrier.partnerId);
      if (this.dice.chance(0.3)) {
        const as = this.scene.facilitator;
        await this.world.send('EndCarrier', { carrierId: carrier.carrierId, noticeHash: DOCUMENT }, as);
      }
      return;
    }
    const partnerId = this.scene.anyPartner();
    if (!partnerId) return;
    const decisionId = await this.rounds.decide('carrier', { target: { sort: 'carrier', id: partnerId } }, 1);
    if (!decisionId) return;
    const body = {
      partnerId,
      registerScheme: 'none',
      consentHash: DOCUMENT,
      validFrom: this.scene.today,
      decisionId,
      name: 'La structure',
    };
    await this.world.send('DesignateCarrier', body, this.scene.facilitator);
  }

  private async payThrough(carrierId: Id, receiverId: Id | undefined): Promise<void> {
    const provider = this.scene.anyPartner(receiverId);
    if (!provider || !receiverId) return;
    const what = {
      kind: 'money',
      unit: 'EUR',
      amount: '100',
      providerId: provider,
      receiverId,
      attestorId: receiverId,
      carrierId,
    };
    await this.give(what, undefined, this.scene.mandateOf(provider), this.scene.mandateOf(receiverId));
  }

  async attestorLeaves(): Promise<void> {
    const { provider, attestor } = this.twoPartners();
    if (!provider || !attestor) return;
    const what = {
      kind: 'goods',
      unit: 'piece',
      amount: '5',
      providerId: provider,
      attestorId: attestor,
      occurredOn: this.scene.today,
    };
    const contributionId = found(
      await this.world.send('DeclareContribution', what, this.scene.mandateOf(provider)),
      'ContributionDeclared',
    )?.data.contributionId;
    await this.world.send('WithdrawPartner', { partnerId: attestor }, this.scene.mandateOf(attestor));
    const next = this.scene.anyPartner(provider);
    if (contributionId && next)
      await this.world.send(
        'ReplaceAttestor',
        { contributionId, attestorId: next, reason: 'Parti' },
        this.scene.facilitator,
      );
  }
}
