import type { DecisionType, PositionValue } from '#contracts';
import { addDays, DAY_MS, HOUR_MS } from '#kernel';
import type { Id } from '#kernel';
import type { Scene } from './scene.js';
import { found } from './world.js';
import type { Dice, World } from './world.js';

/** Proposals, rounds and decisions. */
export class Rounds {
  private readonly world: World;
  private readonly dice: Dice;

  constructor(private readonly scene: Scene) {
    this.world = scene.world;
    this.dice = scene.dice;
  }

  /** Drafts and submits a proposal; gives its id. */
  async propose(
    type: DecisionType,
    more: Readonly<Record<string, unknown>> = {},
  ): Promise<{ proposalId: Id; sponsor: Id } | undefined> {
    const sponsor = this.scene.anyPartner();
    if (!sponsor) return undefined;
    const as = this.scene.mandateOf(sponsor);
    const drafted = await this.world.send(
      'DraftProposal',
      { decisionType: type, title: 'Proposition', driver: 'Un motif' },
      as,
    );
    const proposalId = found(drafted, 'ProposalDrafted')?.data.proposalId;
    if (!proposalId) return undefined;
    const days = this.dice.between(20, 300);
    const body = {
      proposalId,
      text: `Un texte ${String(this.dice.below(1000))}`,
      reviewOn: addDays(this.scene.today, days),
      ...(this.dice.chance(0.3) ? { expiresOn: addDays(this.scene.today, days + 30) } : {}),
      ...(this.dice.chance(0.2) ? { effectiveFrom: addDays(this.scene.today, this.dice.between(5, 40)) } : {}),
      ...more,
    };
    await this.world.send('SubmitProposal', body, as);
    if (this.dice.chance(0.3))
      await this.world.send('AcceptResponsibility', { proposalId }, this.scene.mandateOf(this.scene.anyPartner()));
    return { proposalId, sponsor };
  }

  async open(proposalId: Id, sponsor: Id): Promise<Id | undefined> {
    const as = this.dice.chance(0.5) ? this.scene.facilitator : this.scene.mandateOf(sponsor);
    const closesAt = new Date(Date.parse(this.world.now) + this.dice.between(4, 18) * DAY_MS).toISOString();
    return found(await this.world.send('OpenRound', { proposalId, closesAt }, as), 'RoundOpened')?.data.roundId;
  }

  take(roundId: Id, partnerId: Id, value: PositionValue, kind = 'harms-aim') {
    const objection = { kind, touches: { sort: 'aim' }, reason: 'Une raison', suggestedChange: 'Un changement' };
    const more = value === 'object' || value === 'block' ? { reason: 'Une raison', objection } : {};
    return this.world.send('TakePosition', { roundId, value, ...more }, this.scene.mandateOf(partnerId));
  }

  /** Everybody answers, mostly in favour; then the round closes by itself. */
  async answer(roundId: Id, favour = 0.93): Promise<void> {
    const method = this.world.state.deliberation.rounds.get(roundId)?.policy.method ?? 'consent';
    const others: Record<string, PositionValue[]> = {
      consent: ['agree-with-concern'],
      'silent-consent': ['agree-with-concern'],
      consensus: ['abstain', 'stand-aside'],
      'consensus-minus-n': ['abstain', 'stand-aside'],
      unanimity: ['abstain', 'against'],
    };
    for (const { partnerId } of this.world.state.deliberation.rounds.get(roundId)?.electorate ?? []) {
      this.world.wait(this.dice.between(1, 200) * 60_000);
      if (this.dice.chance(0.03)) continue;
      const unfavourable: readonly PositionValue[] = others[method] ?? ['against', 'abstain'];
      const value = this.dice.chance(favour) ? 'agree' : (this.dice.pick(unfavourable) ?? 'agree');
      await this.take(roundId, partnerId, value);
      if (this.dice.chance(0.02)) await this.take(roundId, partnerId, 'agree');
      if (this.dice.chance(0.02)) await this.extend(roundId);
    }
  }

  extend(roundId: Id) {
    const round = this.world.state.deliberation.rounds.get(roundId);
    const closesAt = new Date(Date.parse(round?.closesAt ?? this.world.now) + 2 * DAY_MS).toISOString();
    return this.world.send('ExtendRound', { roundId, closesAt, reason: 'Plus de temps' }, this.scene.facilitator);
  }

  waitForClosing(roundId: Id): void {
    for (let hours = 0; hours < 24 * 40; hours += 25) {
      if (this.world.state.deliberation.rounds.get(roundId)?.closed) return;
      this.world.wait(25 * HOUR_MS);
      this.world.tick();
    }
  }

  /** A whole decision; gives its id when it was adopted. */
  async decide(
    type: DecisionType,
    more: Readonly<Record<string, unknown>> = {},
    favour = 0.93,
  ): Promise<Id | undefined> {
    const proposal = await this.propose(type, more);
    const roundId = proposal && (await this.open(proposal.proposalId, proposal.sponsor));
    if (!roundId) return undefined;
    await this.answer(roundId, favour);
    this.waitForClosing(roundId);
    return this.decisionOf(roundId);
  }

  private decisionOf(roundId: Id): Id | undefined {
    for (const decision of this.world.state.deliberation.decisions.values()) {
      if (decision.roundId === roundId) return decision.decisionId;
    }
    return undefined;
  }

  async supersede(): Promise<void> {
    const first = await this.decide('ordinary', {}, 1);
    const subject = first && this.world.state.deliberation.decisions.get(first)?.subjectKey;
    if (subject) await this.decide('ordinary', { subjectKey: subject, supersedes: [first] }, 1);
  }
}
