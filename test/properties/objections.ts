import { DAY_MS } from '#kernel';
import type { Id } from '#kernel';
import type { Rounds } from './rounds.js';
import type { Scene } from './scene.js';
import { found } from './world.js';
import type { Dice, World } from './world.js';

/** Rounds in which something comes in between: objections, changes of mind, partners who leave. */
export class Objections {
  private readonly world: World;
  private readonly dice: Dice;

  constructor(
    private readonly scene: Scene,
    private readonly rounds: Rounds,
  ) {
    this.world = scene.world;
    this.dice = scene.dice;
  }

  /** A consent round with one objection, and what may become of it after the closing. */
  async objected(): Promise<void> {
    const proposal = await this.rounds.propose('facilitator', { target: { sort: 'person', id: this.scene.person() } });
    const roundId = proposal && (await this.rounds.open(proposal.proposalId, proposal.sponsor));
    const objector = this.scene.anyPartner(proposal?.sponsor);
    if (!proposal || !roundId || !objector) return;
    for (const partnerId of this.scene.active())
      await this.rounds.take(roundId, partnerId, partnerId === objector ? 'object' : 'agree');
    const objectionId = this.objectionIn(roundId);
    if (!objectionId) return;
    if (this.dice.chance(0.4))
      await this.world.send('TestObjection', { objectionId, form: 'complete' }, this.scene.facilitator);
    this.rounds.waitForClosing(roundId);
    await this.settle(proposal.proposalId, proposal.sponsor, objector, objectionId);
    this.world.wait(this.dice.between(1, 12) * DAY_MS);
    const again = await this.rounds.open(proposal.proposalId, proposal.sponsor);
    if (again) await this.rounds.answer(again, 1);
    if (again) this.rounds.waitForClosing(again);
  }

  private async settle(proposalId: Id, sponsor: Id, objector: Id, objectionId: Id): Promise<void> {
    const [asSponsor, asObjector] = [this.scene.mandateOf(sponsor), this.scene.mandateOf(objector)];
    const revise = (integrates: Id[]) =>
      this.world.send(
        'ReviseProposal',
        { proposalId, text: `Autre texte ${String(this.dice.below(1e6))}`, integrates },
        asSponsor,
      );
    const end = this.dice.below(4);
    if (end === 0) {
      await revise([objectionId]);
      await this.world.send('ConfirmResolution', { objectionId, side: 'objector' }, asObjector);
      await this.world.send('ConfirmResolution', { objectionId, side: 'sponsor' }, asSponsor);
    } else if (end === 1) {
      await this.world.send('WithdrawObjection', { objectionId }, asObjector);
      await revise([]);
    } else if (end === 2) {
      const invitedOn = this.scene.today;
      this.world.wait(4 * DAY_MS);
      await this.world.send(
        'AbandonObjection',
        { objectionId, invitedOn, reason: 'Sans nouvelles' },
        this.scene.facilitator,
      );
      if (this.dice.chance(0.5))
        await this.world.send('ContestAbandonment', { objectionId, reason: 'Je suis là' }, asObjector);
      await revise([]);
    } else await revise([]);
  }

  private objectionIn(roundId: Id): Id | undefined {
    return this.world.state.deliberation.rounds.get(roundId)?.objections.at(-1);
  }

  /** An objector leaves in mid-round; its objection is adopted by another, or lapses. */
  async orphaned(): Promise<void> {
    const proposal = await this.rounds.propose('facilitator', { target: { sort: 'person', id: this.scene.person() } });
    const roundId = proposal && (await this.rounds.open(proposal.proposalId, proposal.sponsor));
    const objector = this.scene.anyPartner(proposal?.sponsor);
    if (!roundId || !objector) return;
    await this.rounds.take(roundId, objector, 'object');
    const objectionId = this.objectionIn(roundId);
    await this.world.send('WithdrawPartner', { partnerId: objector }, this.scene.mandateOf(objector));
    if (objectionId && this.dice.chance(0.5)) {
      await this.world.send('AdoptObjection', { objectionId }, this.scene.mandateOf(this.scene.anyPartner()));
    }
    this.rounds.waitForClosing(roundId);
  }

  async reclassified(): Promise<void> {
    const proposal = await this.rounds.propose('facilitator', { target: { sort: 'person', id: this.scene.person() } });
    const roundId = proposal && (await this.rounds.open(proposal.proposalId, proposal.sponsor));
    const objector = this.scene.anyPartner();
    if (!roundId || !objector) return;
    await this.rounds.take(
      roundId,
      objector,
      'object',
      this.dice.chance(0.8) ? 'worthwhile-improvement' : 'exceeds-our-limits',
    );
    const objectionId = this.objectionIn(roundId);
    if (!objectionId) return;
    for (const partnerId of this.scene.active().filter((id) => id !== objector)) {
      const body = { objectionId, says: 'not-qualified', reason: 'Pas une objection' };
      await this.world.send('ContestObjection', body, this.scene.mandateOf(partnerId));
      await this.rounds.take(roundId, partnerId, 'agree');
    }
    this.rounds.waitForClosing(roundId);
  }

  async changeOfMind(): Promise<void> {
    const proposal = await this.rounds.propose('facilitator', { target: { sort: 'person', id: this.scene.person() } });
    const roundId = proposal && (await this.rounds.open(proposal.proposalId, proposal.sponsor));
    const objector = this.scene.anyPartner();
    if (!roundId || !objector) return;
    await this.rounds.take(roundId, objector, 'object');
    await this.rounds.take(roundId, objector, 'agree-with-concern');
    if (this.dice.chance(0.3)) {
      const as = this.scene.mandateOf(proposal.sponsor);
      await this.world.send('WithdrawProposal', { proposalId: proposal.proposalId }, as);
      return;
    }
    await this.rounds.answer(roundId, 1);
    this.rounds.waitForClosing(roundId);
    if (this.dice.chance(0.5)) await this.rounds.take(roundId, objector, 'agree');
  }

  async drafts(): Promise<void> {
    const citizen = { kind: 'citizen', person: this.scene.person() } as const;
    const as = this.dice.chance(0.3) ? citizen : this.scene.mandateOf(this.scene.anyPartner());
    const drafted = await this.world.send(
      'DraftProposal',
      { decisionType: 'ordinary', title: 'Brouillon', driver: 'Un motif' },
      as,
    );
    const proposalId = found(drafted, 'ProposalDrafted')?.data.proposalId;
    if (!proposalId) return;
    const sponsor = this.scene.anyPartner();
    await this.world.send('SponsorProposal', { proposalId }, this.scene.mandateOf(sponsor));
    if (this.dice.chance(0.4)) await this.world.send('WithdrawProposal', { proposalId }, this.scene.mandateOf(sponsor));
  }

  async sponsorLeaves(): Promise<void> {
    const proposal = await this.rounds.propose('ordinary');
    const roundId = proposal && (await this.rounds.open(proposal.proposalId, proposal.sponsor));
    if (!roundId) return;
    await this.world.send('WithdrawPartner', { partnerId: proposal.sponsor }, this.scene.mandateOf(proposal.sponsor));
    if (this.dice.chance(0.5))
      await this.world.send(
        'SponsorProposal',
        { proposalId: proposal.proposalId },
        this.scene.mandateOf(this.scene.anyPartner()),
      );
    this.rounds.waitForClosing(roundId);
  }
}
