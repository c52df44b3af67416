import { addDays, DAY_MS, HOUR_MS } from '#kernel';
import type { Id } from '#kernel';
import { DOCUMENT } from './scene.js';
import type { Scene } from './scene.js';
import type { Rounds } from './rounds.js';
import { found } from './world.js';
import type { Dice, World } from './world.js';

type More = Readonly<Record<string, unknown>>;

/** What becomes of decisions: ratification and its refusal, conditions, reviews, late objections. */
export class Decisions {
  private readonly world: World;
  private readonly dice: Dice;

  constructor(
    private readonly scene: Scene,
    private readonly rounds: Rounds,
  ) {
    this.world = scene.world;
    this.dice = scene.dice;
  }

  /** A decision to which some agree ad referendum; their bodies ratify, refuse, or do not answer. */
  async ratified(): Promise<void> {
    const effectiveFrom = this.dice.chance(0.2) ? { effectiveFrom: addDays(this.scene.today, 40) } : {};
    const proposal = await this.rounds.propose('ordinary', effectiveFrom);
    const roundId = proposal && (await this.rounds.open(proposal.proposalId, proposal.sponsor));
    if (!roundId) return;
    const pending = await this.agreeing(roundId, true);
    if (this.dice.chance(0.15)) await this.answer(pending.slice(0, 1));
    this.rounds.waitForClosing(roundId);
    this.world.wait(this.dice.between(1, 20) * HOUR_MS);
    if (this.dice.chance(0.25)) this.world.wait(this.dice.between(20, 95) * DAY_MS);
    else await this.answer(pending);
    this.world.tick();
    await this.repair(proposal.proposalId, proposal.sponsor);
  }

  /** Everybody agrees, some ad referendum; gives the positions of these. */
  private async agreeing(roundId: Id, adReferendum: boolean): Promise<{ partnerId: Id; positionId: Id }[]> {
    const pending: { partnerId: Id; positionId: Id }[] = [];
    for (const [index, { partnerId }] of this.electorate(roundId).entries()) {
      const asks = adReferendum && (index === 0 || this.dice.chance(0.2));
      const ratifyBy = this.dice.chance(0.5) ? { ratifyBy: addDays(this.scene.today, this.dice.between(25, 60)) } : {};
      const ratification = asks ? { adReferendum: true, ...ratifyBy } : {};
      const as = this.scene.mandateOf(partnerId);
      const taken = await this.world.send('TakePosition', { roundId, value: 'agree', ...ratification }, as);
      const positionId = found(taken, 'PositionTaken')?.data.positionId;
      if (asks && positionId) pending.push({ partnerId, positionId });
    }
    return pending;
  }

  private electorate(roundId: Id) {
    return this.world.state.deliberation.rounds.get(roundId)?.electorate ?? [];
  }

  private async answer(pending: readonly { partnerId: Id; positionId: Id }[]): Promise<void> {
    for (const { partnerId, positionId } of pending) {
      const name = this.dice.chance(0.5) ? 'RatifyPosition' : 'RefusePositionRatification';
      const act = this.dice.chance(0.5) ? { actHash: DOCUMENT, actOn: this.scene.today, act: 'Délibération 12' } : {};
      await this.world.send(name, { positionId, ...act }, this.scene.mandateOf(partnerId));
    }
  }

  /** A suspended decision is asked again, or replaced by a new version, or left to its annulment. */
  private async repair(proposalId: Id, sponsor: Id): Promise<void> {
    const { decisionId } = this.world.state.deliberation.proposals.get(proposalId) ?? {};
    if (this.world.state.deliberation.decisions.get(decisionId)?.status !== 'suspended') return;
    const end = this.dice.below(3);
    if (end === 0) {
      this.world.wait(31 * DAY_MS);
      this.world.tick();
      return;
    }
    if (end === 1) {
      const text = `Une autre rédaction ${String(this.dice.below(1e6))}`;
      await this.world.send('ReviseProposal', { proposalId, text }, this.scene.mandateOf(sponsor));
    }
    const again = await this.rounds.open(proposalId, sponsor);
    if (!again) return;
    await this.agreeing(again, false);
    this.rounds.waitForClosing(again);
  }

  /** A decision that waits for what is promised to it, and lapses when it is not. */
  async conditional(): Promise<void> {
    const line = { kind: 'goods', unit: 'piece' };
    const by = addDays(this.scene.today, this.dice.between(10, 40));
    const decisionId = await this.rounds.decide(
      'resource-call',
      {
        requests: [{ partnerIds: [], ...line, amount: '20' }],
        conditions: [{ ...line, atLeast: '20', by }],
      },
      1,
    );
    if (!decisionId) return;
    const [requestId] = this.world.state.contribution.requestsOf.get(decisionId) ?? [];
    for (const amount of ['5', '15']) {
      if (this.dice.chance(0.2)) break;
      const providerId = this.scene.anyPartner();
      const attestorId = this.scene.anyPartner(providerId);
      const terms = { ...line, amount, obligation: 'means', dueOn: addDays(this.scene.today, 30) };
      const as = this.scene.mandateOf(providerId);
      await this.world.send('MakeCommitment', { ...terms, requestId, providerId, attestorId }, as);
    }
    if (this.dice.chance(0.4)) this.world.wait(this.dice.between(10, 45) * DAY_MS);
    this.world.tick();
  }

  /** A decision, and a review of it. */
  async review(): Promise<void> {
    const decisionId = await this.rounds.decide('ordinary', { effectiveFrom: this.scene.today, ...this.unending() }, 1);
    if (!decisionId) return;
    if (this.dice.chance(0.3)) await this.lateObjection(decisionId);
    if (this.dice.chance(0.3))
      await this.world.send('RequestReview', { decisionId, reason: 'Les choses ont changé' }, this.anyMandate());
    const reviewOutcome = this.dice.pick(['renew', 'amend', 'revoke'] as const);
    const more: More = { reviewOf: decisionId, reviewOutcome, ...this.unending() };
    await this.rounds.decide('ordinary', more, this.dice.chance(0.8) ? 1 : 0.5);
    if (this.dice.chance(0.2)) await this.lateObjection(decisionId);
  }

  private unending(): More {
    return { expiresOn: undefined, reviewOn: addDays(this.scene.today, this.dice.between(30, 200)) };
  }

  private async lateObjection(decisionId: Id): Promise<void> {
    const reviewRequest = this.dice.chance(0.3) ? { reviewRequest: { reason: 'À revoir' } } : {};
    const body = { decisionId, kind: 'harms-aim', reason: 'Nous ne l’avions pas vu', ...reviewRequest };
    await this.world.send('FileLateObjection', body, this.anyMandate());
  }

  private anyMandate(): string {
    return this.scene.mandateOf(this.scene.anyPartner());
  }
}
