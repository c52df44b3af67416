import { addDays, DAY_MS, HOUR_MS } from '#kernel';
import type { Id } from '#kernel';
import type { Rounds } from './rounds.js';
import type { Scene } from './scene.js';
import { found } from './world.js';
import type { Dice, World } from './world.js';

const EUROS = { kind: 'money', unit: 'EUR' };

/** What is decided by other ways than a round: amendments, advice, delegation. */
export class Counsel {
  private readonly world: World;
  private readonly dice: Dice;

  constructor(
    private readonly scene: Scene,
    private readonly rounds: Rounds,
  ) {
    this.world = scene.world;
    this.dice = scene.dice;
  }

  /** A proposal that another partner amends, before its round or in it. */
  async amended(): Promise<void> {
    const proposal = await this.rounds.propose('ordinary');
    const author = this.scene.anyPartner(proposal?.sponsor);
    if (!proposal || !author) return;
    const { proposalId, sponsor } = proposal;
    if (this.dice.chance(0.4)) await this.rounds.open(proposalId, sponsor);
    const body = { proposalId, baseVersion: 1, text: 'Un texte amendé', reason: 'Plus clair' };
    const submitted = await this.world.send('SubmitAmendment', body, this.scene.mandateOf(author));
    const amendmentId = found(submitted, 'AmendmentSubmitted')?.data.amendmentId;
    if (!amendmentId) return;
    if (this.dice.chance(0.1)) {
      const text = `Une autre rédaction ${String(this.dice.below(1e6))}`;
      await this.world.send('ReviseProposal', { proposalId, text }, this.scene.mandateOf(sponsor));
    }
    await this.answered(amendmentId, { sponsor, author });
  }

  private async answered(
    amendmentId: Id,
    { sponsor, author }: { readonly sponsor: Id; readonly author: Id },
  ): Promise<void> {
    const outcome = this.dice.below(4);
    if (outcome === 0) {
      await this.world.send('WithdrawAmendment', { amendmentId }, this.scene.mandateOf(author));
      return;
    }
    if (outcome === 1) {
      await this.world.send('AcceptAmendment', { amendmentId }, this.scene.mandateOf(sponsor));
      return;
    }
    await this.world.send('RejectAmendment', { amendmentId, reason: 'Trop loin' }, this.scene.mandateOf(sponsor));
    if (outcome === 3) return;
    const reviewOn = addDays(this.scene.today, this.dice.between(20, 300));
    const body = { amendmentId, title: 'Une autre proposition', driver: 'Le même motif', reviewOn };
    await this.world.send('PromoteAmendment', body, this.scene.mandateOf(author));
  }

  /** A sponsor that asks for advice and decides in its own domain; sometimes it reviews what it decided. */
  async advised(): Promise<void> {
    const decisionId = await this.decidedAlone({ expiresOn: undefined, effectiveFrom: undefined });
    if (!decisionId || this.dice.chance(0.5)) return;
    const reviewOutcome = this.dice.pick(['renew', 'amend', 'revoke'] as const);
    await this.decidedAlone({
      ...{ reviewOf: decisionId, reviewOutcome, expiresOn: undefined, effectiveFrom: undefined },
    });
  }

  private async decidedAlone(more: Readonly<Record<string, unknown>>): Promise<Id | undefined> {
    const affected = this.dice.chance(0.3) ? this.scene.active().slice(0, 2) : [];
    const proposal = await this.rounds.propose('own-domain', { affected, ...more });
    if (!proposal) return undefined;
    const { proposalId, sponsor } = proposal;
    const as = this.scene.mandateOf(sponsor);
    for (const partnerId of new Set([...affected, this.scene.anyPartner(sponsor)])) {
      if (!partnerId || partnerId === sponsor) continue;
      await this.advice(proposalId, partnerId, sponsor);
    }
    await this.ownRequest(proposalId, sponsor);
    if (this.dice.chance(0.6)) this.world.wait(6 * DAY_MS + this.dice.below(5) * HOUR_MS);
    const taken = await this.world.send('TakeAdviceDecision', { proposalId }, as);
    return found(taken, 'DecisionAdopted')?.data.decisionId;
  }

  private async advice(proposalId: Id, partnerId: Id, sponsor: Id): Promise<void> {
    const as = this.scene.mandateOf(sponsor);
    const because = this.dice.pick(['affected', 'knowledge'] as const);
    const asked = await this.world.send(
      'RequestAdvice',
      { proposalId, partnerId, because, question: 'Qu’en pensez-vous ?' },
      as,
    );
    const adviceId = found(asked, 'AdviceRequested')?.data.adviceId;
    if (!adviceId || this.dice.chance(0.3)) return;
    this.world.wait(this.dice.between(1, 90) * HOUR_MS);
    await this.world.send('GiveAdvice', { adviceId, text: 'Notre avis' }, this.scene.mandateOf(partnerId));
    if (this.dice.chance(0.1)) return;
    const followUp = this.dice.pick(['followed', 'partly', 'not-followed'] as const);
    await this.world.send('AnswerAdvice', { adviceId, followUp }, as);
  }

  private async ownRequest(proposalId: Id, sponsor: Id): Promise<void> {
    const partnerId = this.scene.anyPartner(sponsor);
    if (!partnerId || this.dice.chance(0.7)) return;
    const body = { proposalId, partnerId, because: 'own-request' };
    await this.world.send('RequestAdvice', body, this.scene.mandateOf(partnerId));
  }

  /** A delegation, and what its delegates decide under it, within its limits and now and then beyond. */
  async delegated(): Promise<void> {
    const delegates = this.scene.active().slice(0, this.dice.between(1, 3));
    const subjects = [this.scene.person(), this.scene.person()];
    const delegation = {
      ...{ delegates, subjects, ceilings: [{ ...EUROS, amount: '100' }] },
      ...(this.dice.chance(0.5) ? { needs: 1 } : {}),
      validUntil: addDays(this.scene.today, this.dice.between(25, 90)),
    };
    const enablingId = await this.rounds.decide('delegation', { delegation, effectiveFrom: undefined }, 1);
    if (!enablingId) return;
    for (const subjectKey of [...subjects, ...subjects.slice(0, 1)]) {
      if (this.dice.chance(0.1)) this.world.wait(20 * DAY_MS);
      const amounts = this.dice.chance(0.7) ? [{ ...EUROS, amount: String(this.dice.between(10, 60)) }] : [];
      const mandates = delegates.map((partnerId) => this.scene.mandateOf(partnerId));
      const sender = mandates.pop() ?? 'mandate/none';
      const signedBy = mandates.map((capacity) => capacity.slice('mandate/'.length));
      const body = { enablingId, subjectKey, amounts, text: 'Nous décidons' };
      await this.world.send('TakeDelegatedDecision', body, sender, signedBy);
    }
  }
}
