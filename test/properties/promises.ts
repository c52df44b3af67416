import { formatAmount } from '#contracts';
import { bucketsOf } from '#contribution';
import { addDays, DAY_MS } from '#kernel';
import type { Id } from '#kernel';
import type { Resources } from './resources.js';
import type { Rounds } from './rounds.js';
import { DOCUMENT } from './scene.js';
import type { Scene } from './scene.js';
import { found } from './world.js';
import type { Dice, World } from './world.js';

const GOODS = { kind: 'goods', unit: 'piece' } as const;

/** Pledges, ratifications, values and guarantees. */
export class Promises {
  private readonly world: World;
  private readonly dice: Dice;

  constructor(
    private readonly scene: Scene,
    private readonly rounds: Rounds,
    private readonly resources: Resources,
  ) {
    this.world = scene.world;
    this.dice = scene.dice;
  }

  private soon(days: number): string {
    return addDays(this.scene.today, this.dice.between(0, days));
  }

  /** From a pledge to a commitment that its body ratifies, refuses or forgets. */
  async pledge(): Promise<void> {
    const providerId = this.scene.anyPartner();
    const attestorId = this.scene.anyPartner(providerId);
    if (!providerId || !attestorId) return;
    const as = this.scene.mandateOf(providerId);
    const asked = await this.world.send('RequestResource', { ...GOODS, amount: '60' }, as);
    const requestId = found(asked, 'ResourceRequested')?.data.requestId;
    const promise = {
      ...GOODS,
      providerId,
      amount: String(this.dice.between(1, 90)),
      ...(requestId ? { requestId } : {}),
    };
    const validUntil = this.dice.chance(0.6) ? { validUntil: this.soon(12) } : {};
    const made = await this.world.send('MakePledge', { ...promise, ...validUntil }, as);
    const pledgeId = found(made, 'PledgeMade')?.data.pledgeId;
    if (pledgeId && this.dice.chance(0.25)) await this.world.send('WithdrawPledge', { pledgeId }, as);
    if (!pledgeId || this.dice.chance(0.3)) return;
    const terms = { attestorId, obligation: 'result', dueOn: this.soon(60), pledgeId };
    const ratification = { adReferendum: true, ...(this.dice.chance(0.7) ? { ratifyBy: this.soon(15) } : {}) };
    const bound = await this.world.send('MakeCommitment', { ...promise, ...terms, ...ratification }, as);
    const commitmentId = found(bound, 'CommitmentMade')?.data.commitmentId;
    if (commitmentId) await this.answerOf('Commitment', { commitmentId }, as);
  }

  private async answerOf(
    of: 'Commitment' | 'Guarantee',
    named: Readonly<Record<string, Id>>,
    as: string,
  ): Promise<void> {
    const throwOf = this.dice.next();
    const ratifiedOn = this.scene.today;
    if (throwOf < 0.5) await this.world.send(`Ratify${of}`, { ...named, ratifiedOn, actHash: DOCUMENT }, as);
    else if (throwOf < 0.7) await this.world.send(`Refuse${of}Ratification`, named, as);
  }

  /** Values of something acknowledged, on each basis that its parties may record. */
  async value(): Promise<void> {
    const acknowledged = [...this.world.state.contribution.contributions.values()].filter(
      ({ fact }) => fact.kind !== 'money' && bucketsOf(fact).acknowledged > 0n,
    );
    const fact = this.dice.pick(acknowledged)?.fact;
    if (!fact?.providerId) return;
    const { contributionId, providerId } = fact;
    const amount = formatAmount(bucketsOf(fact).acknowledged);
    const value = { contributionId, amount, currency: 'EUR' };
    const as = this.scene.mandateOf(providerId);
    const hours = { basis: 'cvn', method: 'minimum-wage-based', bookedById: providerId };
    const ceiling = { basis: 'market-ceiling', method: 'market-price', evidenceHash: DOCUMENT };
    const cost = { basis: 'donor-cost', method: 'actual-cost' };
    const one = this.dice.chance(0.4) ? ceiling : fact.kind === 'volunteer-time' ? hours : cost;
    await this.world.send('ValueContribution', { ...value, ...one, value: String(this.dice.between(1, 500)) }, as);
  }

  async scale(): Promise<void> {
    const decisionId = await this.rounds.decide('ordinary', {}, 1);
    if (!decisionId) return;
    const lines = [
      { ...GOODS, rate: '110' },
      { kind: 'volunteer-time', unit: 'hour', rate: '12.02' },
      { kind: 'volunteer-time', unit: 'hour', level: 3, rate: '30.123456' },
    ];
    const scale = { decisionId, validFrom: this.soon(30), currency: 'EUR', lines };
    await this.world.send('AdoptValuationScale', scale, this.scene.facilitator);
  }

  /** A guarantee of a debt of the carrier, from its offer to the payment of a call. */
  async guarantee(): Promise<void> {
    const carrierId = await this.carrier();
    const debtorId = this.world.state.alliance.carriers.find((one) => one.carrierId === carrierId)?.partnerId;
    const obligorId = this.scene.anyPartner(debtorId);
    if (!carrierId || !debtorId || !obligorId) return;
    const [asObligor, asDebtor] = [this.scene.mandateOf(obligorId), this.scene.mandateOf(debtorId)];
    const guaranteeId = await this.offer({ obligorId, debtorId }, asObligor);
    if (!guaranteeId) return;
    const contract = { guaranteeId, contractHash: DOCUMENT, ...this.told() };
    const entered = await this.world.send('EnterGuarantee', contract, asDebtor);
    if (!entered || this.dice.chance(0.2)) return;
    if (this.dice.chance(0.3)) this.world.wait(this.dice.between(1, 20) * DAY_MS);
    const call = { guaranteeId, amount: '250', dueOn: this.soon(20), ...this.told() };
    const callId = found(await this.world.send('CallGuarantee', call, asDebtor), 'GuaranteeCalled')?.data.callId;
    if (this.dice.chance(0.5)) await this.world.send('ReleaseGuarantee', { guaranteeId, amount: '100' }, asDebtor);
    if (!callId || this.dice.chance(0.4)) return;
    const parties = { providerId: obligorId, receiverId: debtorId, attestorId: debtorId, carrierId };
    const money = { kind: 'money', unit: 'EUR', amount: '200', fulfils: [{ obligationId: callId, amount: '200' }] };
    const paid = await this.world.send('DeclareContribution', { ...parties, ...money }, asObligor);
    const contributionId = found(paid, 'ContributionDeclared')?.data.contributionId;
    if (contributionId) await this.world.send('AcknowledgeContribution', { contributionId, amount: '200' }, asDebtor);
  }

  /** Told of on its own day, or some days later: then the rules see to it that it stands behind what makes it possible. */
  private told(): { readonly occurredOn?: string } {
    return this.dice.chance(0.5) ? {} : { occurredOn: addDays(this.scene.today, -this.dice.between(0, 8)) };
  }

  /** The carrier in office; without one, the next is designated first. */
  private async carrier(): Promise<Id | undefined> {
    const inOffice = () => this.world.state.alliance.carriers.find(({ endedOn }) => endedOn === undefined)?.carrierId;
    if (!inOffice()) await this.resources.moneyWithCarrier();
    return inOffice();
  }

  private async offer(parties: Readonly<Record<string, Id>>, as: string): Promise<Id | undefined> {
    const debt = { ...parties, currency: 'EUR', principal: '1000', cap: '400', share: { num: 1, den: 2 } };
    const adReferendum = this.dice.chance(0.5);
    const by = adReferendum && this.dice.chance(0.7) ? { ratifyBy: this.soon(10) } : {};
    const offer = { ...debt, termOn: this.soon(60), adReferendum, ...by };
    const offered = await this.world.send('OfferGuarantee', offer, as);
    const guaranteeId = found(offered, 'GuaranteeOffered')?.data.guaranteeId;
    if (guaranteeId && adReferendum) await this.answerOf('Guarantee', { guaranteeId }, as);
    return guaranteeId;
  }
}
