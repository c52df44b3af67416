import type { DecisionType, Method, PositionValue } from '#contracts';
import { DAY_MS, HOUR_MS } from '#kernel';
import type { Id } from '#kernel';
import type { Round } from '#deliberation';
import type { Rounds } from './rounds.js';
import type { Scene } from './scene.js';
import { found } from './world.js';
import type { Dice, World } from './world.js';

type Weights = Partial<Readonly<Record<PositionValue, number>>>;

/** How partners answer: of one that speaks, the weight of each value; those that the method has no place for fall out. */
const MOODS: readonly { readonly turnout: number; readonly weights: Weights }[] = [
  { turnout: 1, weights: { agree: 1, ballot: 1 } },
  { turnout: 1, weights: { agree: 6, 'agree-with-concern': 2, abstain: 1, ballot: 6 } },
  { turnout: 1, weights: { agree: 3, against: 3, 'stand-aside': 2, block: 1, object: 1, abstain: 1, ballot: 3 } },
  { turnout: 1, weights: { agree: 1, against: 4, 'stand-aside': 3, ballot: 1, object: 1 } },
  { turnout: 1, weights: { abstain: 1 } },
  { turnout: 0.9, weights: { abstain: 4, agree: 1, ballot: 1 } },
  { turnout: 0.8, weights: { agree: 4, against: 1, 'stand-aside': 1, ballot: 4 } },
  { turnout: 0.7, weights: { object: 2, block: 1, agree: 1, against: 2, ballot: 1 } },
  { turnout: 0.2, weights: { agree: 1, abstain: 1, ballot: 1 } },
  { turnout: 0, weights: {} },
];

const OF_CONSENSUS = ['agree', 'agree-with-concern', 'abstain', 'stand-aside', 'block'] as const;
const OF_A_MAJORITY = ['agree', 'agree-with-concern', 'abstain', 'against'] as const;
const OF_CONSENT = ['agree', 'agree-with-concern', 'object'] as const;
const POSITIONS: Partial<Readonly<Record<Method, readonly PositionValue[]>>> = {
  consent: OF_CONSENT,
  consensus: OF_CONSENSUS,
  'consensus-minus-n': OF_CONSENSUS,
  unanimity: ['agree', 'agree-with-concern', 'abstain', 'stand-aside', 'against'],
  'simple-majority': OF_A_MAJORITY,
  'super-majority': OF_A_MAJORITY,
  'absolute-majority': OF_A_MAJORITY,
  'silent-consent': OF_CONSENT,
};
const OF_A_CHOICE = ['ballot', 'abstain'] as const;

/** The types whose method a charter of the walks chooses anew. */
const TYPES: readonly DecisionType[] = ['ordinary', 'orientation', 'resource-call', 'carrier', 'choice', 'choice'];

/** Rounds under whatever method a charter chose, answered in every mood, ended in every way. */
export class Methods {
  private readonly world: World;
  private readonly dice: Dice;

  constructor(
    private readonly scene: Scene,
    private readonly rounds: Rounds,
  ) {
    this.world = scene.world;
    this.dice = scene.dice;
  }

  /** One proposal of any type, asked once; and once more when that may be. */
  async anyRound(): Promise<void> {
    const type = this.dice.pick(TYPES) ?? 'ordinary';
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
    const mood = this.dice.pick(MOODS);
    for (const { partnerId } of round.electorate) {
      this.world.wait(this.dice.between(1, 60) * 60_000);
      if (!mood || !this.dice.chance(mood.turnout)) continue;
      const value = this.valueIn(mood.weights, POSITIONS[round.policy.method] ?? OF_A_CHOICE);
      if (value) await this.take(round, partnerId, value);
    }
  }

  private valueIn(weights: Weights, allowed: readonly PositionValue[]): PositionValue | undefined {
    const weighed = allowed.flatMap((value) => Array.from({ length: weights[value] ?? 0 }, () => value));
    return this.dice.pick(weighed);
  }

  private async take({ roundId, policy, options }: Round, partnerId: Id, value: PositionValue): Promise<void> {
    if (policy.method === 'silent-consent' && value === 'object') await this.objectForNow(roundId, partnerId);
    else if (value === 'ballot') {
      const ballot = this.ballot(policy, [...options, 'status-quo']);
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

  private ballot({ method, maxGrade = 0, min = 0, max = 0, budget = 0 }: Round['policy'], options: readonly string[]) {
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
    const throwOf = this.dice.next();
    if (throwOf < 0.05) await this.world.send('WithdrawProposal', { proposalId }, this.scene.mandateOf(sponsor));
    else if (throwOf < 0.1) await this.revise(proposalId, sponsor, this.nextOption(round));
    else if (throwOf < 0.15)
      for (const { partnerId } of round.electorate) {
        if (this.world.state.deliberation.rounds.get(roundId)?.closed) return;
        await this.world.send('RecusePartner', { roundId, reason: 'Un intérêt' }, this.scene.mandateOf(partnerId));
      }
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
