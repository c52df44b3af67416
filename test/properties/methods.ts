import type { DecisionType, PositionValue, Result } from '#contracts';
import { DAY_MS, HOUR_MS } from '#kernel';
import type { Id } from '#kernel';
import type { Round } from '#deliberation';
import { LIKELY, MOODS, OF_A_CHOICE, POSITIONS } from './moods.js';
import type { Mood, Weights } from './moods.js';
import type { Rounds } from './rounds.js';
import { DOCUMENT } from './scene.js';
import type { Scene } from './scene.js';
import { found } from './world.js';
import type { Dice, World } from './world.js';

type Policy = Round['policy'];

/** The types whose method a charter of the walks chooses anew. */
const TYPES: readonly DecisionType[] = ['ordinary', 'orientation', 'resource-call', 'carrier', 'choice', 'choice'];

/** Rounds under whatever method a charter chose, answered in every mood, ended in every way. */
export class Methods {
  private readonly world: World;
  private readonly dice: Dice;
  private aim: Result | undefined;

  constructor(
    private readonly scene: Scene,
    private readonly rounds: Rounds,
  ) {
    this.world = scene.world;
    this.dice = scene.dice;
  }

  /**
   * One proposal of any type or of the one given, asked once, and once more when that may be; in a mood in which the result
   * aimed at is likely, or in any.
   */
  async anyRound(of?: DecisionType, aim?: Result): Promise<void> {
    this.aim = this.dice.chance(0.8) ? aim : undefined;
    const type = of ?? this.dice.pick(TYPES) ?? 'ordinary';
    const optionId = type === 'choice' ? { optionId: this.scene.person(), thenType: 'ordinary' } : {};
    const proposal = await this.rounds.propose(type, optionId);
    if (!proposal) return;
    const { proposalId, sponsor } = proposal;
    for (let more = type === 'choice' ? this.dice.below(3) : 0; more > 0; more--)
      await this.revise(proposalId, sponsor, { optionId: this.scene.person() });
    await this.asked(proposalId, sponsor);
    const after = this.world.state.deliberation.proposals.get(proposalId);
    if (after?.status !== 'submitted' || !this.dice.chance(0.5)) return;
    if (after.selected === undefined && this.dice.chance(0.3)) this.world.wait(20 * DAY_MS);
    await this.asked(proposalId, sponsor);
  }

  private async asked(proposalId: Id, sponsor: Id): Promise<void> {
    const roundId = await this.rounds.open(proposalId, sponsor);
    const round = this.world.state.deliberation.rounds.get(roundId);
    if (!roundId || !round) return;
    if (round.policy.noticeDays !== undefined) await this.tellAll(round);
    await this.answers(round);
    await this.comesBetween(round, sponsor);
    this.rounds.waitForClosing(roundId);
  }

  private async answers(round: Round): Promise<void> {
    const likely = this.aim && LIKELY[this.aim];
    const mood = this.dice.pick(likely ?? MOODS) ?? { turnout: 0, weights: {} };
    await this.objectsFirst(round);
    for (const { partnerId, collegeId } of round.electorate) {
      this.world.wait(this.dice.between(1, 60) * 60_000);
      if (!this.dice.chance(mood.turnout)) continue;
      const weights = (collegeId === undefined ? undefined : mood.ofColleges) ?? mood.weights;
      const value = this.valueIn(weights, POSITIONS[round.policy.method] ?? OF_A_CHOICE);
      if (value && this.dice.chance(0.05)) await this.substituteTakes(round, partnerId, value);
      if (value) await this.take(round, partnerId, value, mood);
      if (value && this.dice.chance(0.02)) await this.tellsToo(round, partnerId, value);
    }
  }

  /** Rare by itself: silence is barred from most rounds, and an objection with its reason closes one at once. */
  private async objectsFirst({ roundId, policy, electorate: [first] }: Round): Promise<void> {
    const isAsked = this.aim === undefined && policy.method === 'silent-consent';
    if (isAsked && first) await this.objectForNow(roundId, first.partnerId);
  }

  /** The facilitator records what the partner had said before it answered itself. */
  private tellsToo({ roundId, opensAt }: Round, partnerId: Id, value: PositionValue) {
    const speakerMandateId = this.scene.mandateOf(partnerId).slice('mandate/'.length);
    const said = { statedAt: opensAt, means: 'phone', evidenceHash: DOCUMENT, evidence: 'Une note' };
    const body = { roundId, partnerId, speakerMandateId, ...said, value: this.harmless(value) };
    return this.world.send('RecordPositionOnBehalf', body, this.scene.facilitator);
  }

  private harmless(value: PositionValue): PositionValue {
    return value === 'ballot' ? 'abstain' : 'agree';
  }

  /** A substitute of the partner speaks before its titular does. */
  private async substituteTakes({ roundId }: Round, partnerId: Id, value: PositionValue): Promise<void> {
    const powers = { standing: 'substitute', powers: ['speak', 'take-position'], ceilings: [] };
    const mandate = { partnerId, ...this.scene.mandatePart(powers) };
    const granted = await this.world.send('GrantMandate', mandate, this.scene.mandateOf(partnerId));
    const mandateId = found(granted, 'MandateGranted')?.data.mandateId;
    const taken = { roundId, value: this.harmless(value) };
    if (mandateId) await this.world.send('TakePosition', taken, `mandate/${mandateId}`);
  }

  private valueIn(weights: Weights, allowed: readonly PositionValue[]): PositionValue | undefined {
    const weighed = allowed.flatMap((value) => Array.from({ length: weights[value] ?? 0 }, () => value));
    return this.dice.pick(weighed);
  }

  private async take(
    { roundId, policy, options }: Round,
    partnerId: Id,
    value: PositionValue,
    { isEven }: Mood,
  ): Promise<void> {
    if (policy.method === 'silent-consent' && value === 'object') await this.objectForNow(roundId, partnerId);
    else if (value === 'ballot') {
      const all = [...options, 'status-quo'];
      const ballot = isEven ? this.evenBallot(policy, all) : this.ballot(policy, all);
      await this.world.send('TakePosition', { roundId, value, ballot }, this.scene.mandateOf(partnerId));
    } else await this.rounds.take(roundId, partnerId, value, value === 'block' ? 'grave-harm' : 'harms-aim');
  }

  /** Under silent consent a reason may come with the objection, later, or never. */
  private async objectForNow(roundId: Id, partnerId: Id): Promise<void> {
    const reason = this.dice.chance(0.2) ? { reason: 'Une raison' } : {};
    const objection = { kind: 'harms-aim', touches: { sort: 'aim' }, ...reason };
    const as = this.scene.mandateOf(partnerId);
    const taken = await this.world.send('TakePosition', { roundId, value: 'object', objection }, as);
    const objectionId = found(taken, 'ObjectionRaised')?.data.objectionId;
    if (!objectionId || this.dice.chance(0.3)) return;
    this.world.wait(this.dice.between(1, 50) * HOUR_MS);
    await this.world.send('GiveObjectionReason', { objectionId, reason: 'Voici pourquoi' }, as);
  }

  /** A ballot to which the options are all one; of ranks there is no such ballot. */
  private evenBallot(policy: Policy, options: readonly string[]) {
    if (policy.method === 'ranked-irv') return this.ballot(policy, options);
    return options.map((optionId) => ({ optionId, score: 1 }));
  }

  private ballot({ method, maxGrade = 0, min = 0, max = 0, budget = 0 }: Policy, options: readonly string[]) {
    const chosen = options.filter(() => this.dice.chance(0.8));
    if (method === 'ranked-irv') {
      const ranked = chosen.length > 0 ? chosen : options;
      const turned = ranked.map((_, place) => ranked[(place + this.dice.below(2)) % ranked.length] ?? 'status-quo');
      return [...new Set(turned)].map((optionId, place) => ({ optionId, score: place + 1 }));
    }
    const most = method === 'dots' ? Math.floor(budget / options.length) : method === 'score' ? max : maxGrade;
    // Grades at the ends alone now and then: only so are ties frequent.
    const extreme = this.dice.chance(0.5);
    return chosen.map((optionId) => ({
      optionId,
      score: extreme ? (this.dice.chance(0.5) ? most : 0) : this.dice.between(method === 'score' ? min : 0, most),
    }));
  }

  /** A round may be ended by its sponsor, or by so many recusals that too few are left. */
  private async comesBetween(round: Round, sponsor: Id): Promise<void> {
    const { roundId, proposalId } = round;
    const asSponsor = this.scene.mandateOf(sponsor);
    if (this.ends('cancelled:withdrawn')) await this.world.send('WithdrawProposal', { proposalId }, asSponsor);
    else if (this.ends('superseded-by-version')) await this.revise(proposalId, sponsor, this.nextOption(round));
    else if (this.ends('cancelled:electorate'))
      for (const { partnerId } of round.electorate) {
        if (this.world.state.deliberation.rounds.get(roundId)?.closed) return;
        await this.world.send('RecusePartner', { roundId, reason: 'Un intérêt' }, this.scene.mandateOf(partnerId));
      }
  }

  private ends(result: Result): boolean {
    return this.aim === result || this.dice.chance(0.04);
  }

  private nextOption({ options: [first] }: Round): { readonly optionId?: Id } {
    return first === undefined ? {} : { optionId: first };
  }

  private revise(proposalId: Id, sponsor: Id, more: { readonly optionId?: Id } = {}) {
    const text = `Une autre version ${String(this.dice.below(1e6))}`;
    return this.world.send('ReviseProposal', { proposalId, text, ...more }, this.scene.mandateOf(sponsor));
  }

  private async tellAll({ roundId, electorate }: Round): Promise<void> {
    const all = this.dice.chance(0.7);
    for (const { partnerId } of electorate) {
      if (!all && this.dice.chance(0.5)) continue;
      const told = { roundId, partnerId, channel: 'meeting', status: 'delivered' };
      await this.world.send('RecordNotification', told, this.scene.facilitator);
    }
  }
}
