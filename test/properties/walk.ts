import { METHODS, PARTNER_KINDS } from '#contracts';
import type { DecisionType, PositionValue } from '#contracts';
import { addDays, DAY_MS, dayOf, HOUR_MS } from '#kernel';
import type { Day, Id } from '#kernel';
import { Dice, found, World } from './world.js';

const ALL_POWERS = ['speak', 'propose', 'take-position', 'commit', 'sign-charter', 'appoint'];
const CEILINGS = [
  { kind: 'goods', unit: 'piece', amount: '50' },
  { kind: 'volunteer-time', unit: 'hour', amount: '200' },
  { kind: 'money', unit: 'EUR', amount: '5000' },
];
const DOCUMENT = Buffer.alloc(32, 7).toString('base64');

/** A walk of many commands through one alliance: mostly what people do, now and then what they may not. */
export class Walk {
  readonly world: World;
  private readonly dice: Dice;
  private facilitator = '';
  private people = 0;

  constructor(seed: number) {
    this.world = new World(seed);
    this.dice = new Dice(seed);
  }

  async run(commands: number): Promise<World> {
    await this.form();
    for (let acts = 0; this.world.sent.length < commands && acts < 10 * commands; acts++) {
      this.pass();
      if (this.world.state.alliance.phase === 'dissolved') break;
      await this.act();
    }
    return this.world;
  }

  private get today(): Day {
    return dayOf(this.world.now, 'Europe/Paris');
  }

  private pass(): void {
    const throwOf = this.dice.next();
    if (throwOf < 0.75) this.world.wait(this.dice.between(1, 300) * 60_000);
    else if (throwOf < 0.95) this.world.wait(this.dice.between(1, 6) * DAY_MS);
    else this.world.wait(this.dice.between(10, 60) * DAY_MS);
    if (this.dice.chance(0.3)) this.world.tick();
  }

  private person(): Id {
    return this.world.person(`p${String(this.people++)}`);
  }

  /** The mandate of an active partner; of the one given, or any. */
  private mandateOf(partnerId: Id | undefined): string {
    const { alliance } = this.world.state;
    const mandates = (partnerId && alliance.partners.get(partnerId)?.mandates) ?? [];
    const full = mandates.find((id) => alliance.mandates.get(id)?.powers.length === ALL_POWERS.length);
    return `mandate/${full ?? mandates[0] ?? 'a'.repeat(26)}`;
  }

  private active(): Id[] {
    const { alliance } = this.world.state;
    return alliance.members.filter((id) => alliance.partners.get(id)?.status === 'active');
  }

  private anyPartner(except?: Id): Id | undefined {
    return this.dice.pick(this.active().filter((id) => id !== except));
  }

  private mandatePart(extra: Readonly<Record<string, unknown>> = {}) {
    return {
      personRef: this.person(),
      powers: ALL_POWERS,
      ceilings: CEILINGS,
      validFrom: this.today,
      name: 'Une personne',
      ...extra,
    };
  }

  private async form(): Promise<void> {
    const camille = this.person();
    const facilitator = {
      validFrom: this.today,
      validTo: addDays(this.today, this.dice.between(100, 360)),
      name: 'Camille',
    };
    const body = { timeZone: 'Europe/Paris', locale: 'fr', name: 'Une alliance', facilitator };
    const formed = await this.world.send('FormAlliance', body, { kind: 'account', person: camille });
    this.facilitator = `facilitator/${found(formed, 'FacilitatorAppointed')?.data.facilitatorId ?? ''}`;
    const size = this.dice.between(3, 7);
    for (let index = 0; index < size; index++) await this.admitFounder(index);
    if (this.dice.chance(0.3)) await this.admitFounder(8);
    await this.draft();
    if (this.dice.chance(0.2)) await this.draft();
    if (this.dice.chance(0.2)) await this.publishDiagnosis();
    for (const partnerId of this.world.state.alliance.members) await this.sign(partnerId);
  }

  private async admitFounder(index: number): Promise<void> {
    const kind = index < 2 ? PARTNER_KINDS[index] : this.dice.pick(PARTNER_KINDS);
    const invited = await this.invite(kind ?? 'other');
    if (invited && this.dice.chance(0.05))
      await this.world.send('CloseInvitation', { partnerId: invited }, this.facilitator);
    if (invited)
      await this.world.send('AdmitPartner', { partnerId: invited, mandate: this.mandatePart() }, this.facilitator);
  }

  private async invite(kind: string, partnerId?: Id): Promise<Id | undefined> {
    const as =
      this.dice.chance(0.7) || this.active().length === 0 ? this.facilitator : this.mandateOf(this.anyPartner());
    const body = { kind, registerScheme: 'none', legalName: 'Un partenaire', ...(partnerId ? { partnerId } : {}) };
    return found(await this.world.send('InvitePartner', body, as), 'PartnerInvited')?.data.partnerId;
  }

  private charter() {
    const method = this.dice.pick([
      'consent',
      'simple-majority',
      'super-majority',
      'absolute-majority',
      'unanimity',
    ] as const);
    const parameters = method === 'super-majority' ? { num: 2, den: 3, strict: false, basis: 'expressed' } : {};
    const fallback =
      method === 'consent' && this.dice.chance(0.5) ? { fallback: { method: 'simple-majority', parameters: {} } } : {};
    const ordinary = { method: method ?? 'consent', parameters, collegeCondition: this.dice.chance(0.3), ...fallback };
    const unusual = {
      method: this.dice.pick(METHODS.slice(0, 3)) ?? 'consent',
      parameters: {},
      collegeCondition: false,
    };
    return {
      noticeDays: 3,
      roundDays: 20,
      minOpenHours: this.dice.between(1, 48),
      integrationDays: this.dice.between(1, 10),
      maxRounds: this.dice.between(1, 3),
      silence: this.dice.pick(['not-counted', 'consent-if-notified']),
      colleges: [{ collegeId: this.world.person('college'), kinds: ['association', 'company'] }],
      policies: { ordinary, ...(this.dice.chance(0.2) ? { 'resource-call': unusual } : {}) },
    };
  }

  private async draft(): Promise<Id | undefined> {
    const as = this.world.state.alliance.phase === 'governed' ? this.mandateOf(this.anyPartner()) : this.facilitator;
    const drafted = await this.world.send(
      'DraftCharter',
      { charter: this.charter(), preamble: 'Nous voulons agir.' },
      as,
    );
    return found(drafted, 'CharterDrafted')?.data.charterHash as Id | undefined;
  }

  private async sign(partnerId: Id): Promise<void> {
    const { charterInForce, drafts, phase } = this.world.state.alliance;
    const version = phase === 'forming' ? drafts[0] : charterInForce;
    const body = { charterVersion: version?.version ?? 1, charterHash: version?.hash ?? DOCUMENT };
    await this.world.send('SignCharter', body, this.mandateOf(partnerId));
  }

  private async publishDiagnosis(): Promise<void> {
    const body = {
      studiedOn: this.today,
      documentHash: DOCUMENT,
      sourceHashes: [DOCUMENT],
      title: 'Étude',
      sources: ['Une source'],
    };
    await this.world.send('PublishDiagnosis', body, this.facilitator);
  }

  private async act(): Promise<void> {
    const acts: readonly [number, () => Promise<unknown>][] = [
      [14, () => this.decide('ordinary')],
      [5, () => this.objected()],
      [3, () => this.orphaned()],
      [2, () => this.reclassified()],
      [3, () => this.changeOfMind()],
      [14, () => this.contribute()],
      [4, () => this.moneyWithCarrier()],
      [3, () => this.attestorLeaves()],
      [8, () => this.mandates()],
      [8, () => this.aims()],
      [6, () => this.membership()],
      [3, () => this.accesses()],
      [3, () => this.charterChange()],
      [3, () => this.facilitate()],
      [4, () => this.drafts()],
      [2, () => this.supersede()],
      [2, () => this.sponsorLeaves()],
      [1, () => this.leave()],
      [0.5, () => this.structure()],
      [0.4, () => this.dissolve()],
      [3, () => this.trespass()],
    ];
    const total = acts.reduce((sum, [weight]) => sum + weight, 0);
    let throwOf = this.dice.next() * total;
    for (const [weight, act] of acts) {
      throwOf -= weight;
      if (throwOf < 0) return void (await act());
    }
  }

  /** Drafts and submits a proposal; gives its id. */
  private async propose(
    type: DecisionType,
    more: Readonly<Record<string, unknown>> = {},
  ): Promise<{ proposalId: Id; sponsor: Id } | undefined> {
    const sponsor = this.anyPartner();
    if (!sponsor) return undefined;
    const as = this.mandateOf(sponsor);
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
      reviewOn: addDays(this.today, days),
      ...(this.dice.chance(0.3) ? { expiresOn: addDays(this.today, days + 30) } : {}),
      ...(this.dice.chance(0.2) ? { effectiveFrom: addDays(this.today, this.dice.between(5, 40)) } : {}),
      ...more,
    };
    await this.world.send('SubmitProposal', body, as);
    if (this.dice.chance(0.3))
      await this.world.send('AcceptResponsibility', { proposalId }, this.mandateOf(this.anyPartner()));
    return { proposalId, sponsor };
  }

  private async open(proposalId: Id, sponsor: Id): Promise<Id | undefined> {
    const as = this.dice.chance(0.5) ? this.facilitator : this.mandateOf(sponsor);
    const closesAt = new Date(Date.parse(this.world.now) + this.dice.between(4, 18) * DAY_MS).toISOString();
    return found(await this.world.send('OpenRound', { proposalId, closesAt }, as), 'RoundOpened')?.data.roundId;
  }

  private take(roundId: Id, partnerId: Id, value: PositionValue, kind = 'harms-aim') {
    const objection = { kind, touches: { sort: 'aim' }, reason: 'Une raison', suggestedChange: 'Un changement' };
    const more = value === 'object' ? { reason: 'Une raison', objection } : {};
    return this.world.send('TakePosition', { roundId, value, ...more }, this.mandateOf(partnerId));
  }

  /** Everybody answers, mostly in favour; then the round closes by itself. */
  private async answer(roundId: Id, favour = 0.93): Promise<void> {
    const method = this.world.state.deliberation.rounds.get(roundId)?.policy.method ?? 'consent';
    const others: Record<string, PositionValue[]> = {
      consent: ['agree-with-concern'],
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

  private extend(roundId: Id) {
    const round = this.world.state.deliberation.rounds.get(roundId);
    const closesAt = new Date(Date.parse(round?.closesAt ?? this.world.now) + 2 * DAY_MS).toISOString();
    return this.world.send('ExtendRound', { roundId, closesAt, reason: 'Plus de temps' }, this.facilitator);
  }

  private waitForClosing(roundId: Id): void {
    for (let hours = 0; hours < 24 * 40; hours += 25) {
      if (this.world.state.deliberation.rounds.get(roundId)?.closed) return;
      this.world.wait(25 * HOUR_MS);
      this.world.tick();
    }
  }

  /** A whole decision; gives its id when it was adopted. */
  private async decide(
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

  private objectionIn(roundId: Id): Id | undefined {
    return this.world.state.deliberation.rounds.get(roundId)?.objections.at(-1);
  }

  /** A consent round with one objection, and what may become of it after the closing. */
  private async objected(): Promise<void> {
    const proposal = await this.propose('facilitator', { target: { sort: 'person', id: this.person() } });
    const roundId = proposal && (await this.open(proposal.proposalId, proposal.sponsor));
    const objector = this.anyPartner(proposal?.sponsor);
    if (!proposal || !roundId || !objector) return;
    for (const partnerId of this.active())
      await this.take(roundId, partnerId, partnerId === objector ? 'object' : 'agree');
    const objectionId = this.objectionIn(roundId);
    if (!objectionId) return;
    if (this.dice.chance(0.4))
      await this.world.send('TestObjection', { objectionId, form: 'complete' }, this.facilitator);
    this.waitForClosing(roundId);
    await this.settle(proposal.proposalId, proposal.sponsor, objector, objectionId);
    this.world.wait(this.dice.between(1, 12) * DAY_MS);
    const again = await this.open(proposal.proposalId, proposal.sponsor);
    if (again) await this.answer(again, 1);
    if (again) this.waitForClosing(again);
  }

  private async settle(proposalId: Id, sponsor: Id, objector: Id, objectionId: Id): Promise<void> {
    const [asSponsor, asObjector] = [this.mandateOf(sponsor), this.mandateOf(objector)];
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
      const invitedOn = this.today;
      this.world.wait(4 * DAY_MS);
      await this.world.send('AbandonObjection', { objectionId, invitedOn, reason: 'Sans nouvelles' }, this.facilitator);
      if (this.dice.chance(0.5))
        await this.world.send('ContestAbandonment', { objectionId, reason: 'Je suis là' }, asObjector);
      await revise([]);
    } else await revise([]);
  }

  /** An objector leaves in mid-round; its objection is adopted by another, or lapses. */
  private async orphaned(): Promise<void> {
    if (this.active().length < 5) return void (await this.grow());
    const proposal = await this.propose('facilitator', { target: { sort: 'person', id: this.person() } });
    const roundId = proposal && (await this.open(proposal.proposalId, proposal.sponsor));
    const objector = this.anyPartner(proposal?.sponsor);
    if (!roundId || !objector) return;
    await this.take(roundId, objector, 'object');
    const objectionId = this.objectionIn(roundId);
    await this.world.send('WithdrawPartner', { partnerId: objector }, this.mandateOf(objector));
    if (objectionId && this.dice.chance(0.5)) {
      await this.world.send('AdoptObjection', { objectionId }, this.mandateOf(this.anyPartner()));
    }
    this.waitForClosing(roundId);
  }

  private async reclassified(): Promise<void> {
    const proposal = await this.propose('facilitator', { target: { sort: 'person', id: this.person() } });
    const roundId = proposal && (await this.open(proposal.proposalId, proposal.sponsor));
    const objector = this.anyPartner();
    if (!roundId || !objector) return;
    await this.take(
      roundId,
      objector,
      'object',
      this.dice.chance(0.8) ? 'worthwhile-improvement' : 'exceeds-our-limits',
    );
    const objectionId = this.objectionIn(roundId);
    if (!objectionId) return;
    for (const partnerId of this.active().filter((id) => id !== objector)) {
      const body = { objectionId, says: 'not-qualified', reason: 'Pas une objection' };
      await this.world.send('ContestObjection', body, this.mandateOf(partnerId));
      await this.take(roundId, partnerId, 'agree');
    }
    this.waitForClosing(roundId);
  }

  private async changeOfMind(): Promise<void> {
    const proposal = await this.propose('facilitator', { target: { sort: 'person', id: this.person() } });
    const roundId = proposal && (await this.open(proposal.proposalId, proposal.sponsor));
    const objector = this.anyPartner();
    if (!roundId || !objector) return;
    await this.take(roundId, objector, 'object');
    await this.take(roundId, objector, 'agree-with-concern');
    if (this.dice.chance(0.3))
      return void (await this.world.send(
        'WithdrawProposal',
        { proposalId: proposal.proposalId },
        this.mandateOf(proposal.sponsor),
      ));
    await this.answer(roundId, 1);
    this.waitForClosing(roundId);
    if (this.dice.chance(0.5)) await this.take(roundId, objector, 'agree');
  }

  private async drafts(): Promise<void> {
    const citizen = { kind: 'citizen', person: this.person() } as const;
    const as = this.dice.chance(0.3) ? citizen : this.mandateOf(this.anyPartner());
    const drafted = await this.world.send(
      'DraftProposal',
      { decisionType: 'ordinary', title: 'Brouillon', driver: 'Un motif' },
      as,
    );
    const proposalId = found(drafted, 'ProposalDrafted')?.data.proposalId;
    if (!proposalId) return;
    const sponsor = this.anyPartner();
    await this.world.send('SponsorProposal', { proposalId }, this.mandateOf(sponsor));
    if (this.dice.chance(0.4)) await this.world.send('WithdrawProposal', { proposalId }, this.mandateOf(sponsor));
  }

  private async sponsorLeaves(): Promise<void> {
    if (this.active().length < 5) return void (await this.grow());
    const proposal = await this.propose('ordinary');
    const roundId = proposal && (await this.open(proposal.proposalId, proposal.sponsor));
    if (!roundId) return;
    await this.world.send('WithdrawPartner', { partnerId: proposal.sponsor }, this.mandateOf(proposal.sponsor));
    if (this.dice.chance(0.5))
      await this.world.send('SponsorProposal', { proposalId: proposal.proposalId }, this.mandateOf(this.anyPartner()));
    this.waitForClosing(roundId);
  }

  private async supersede(): Promise<void> {
    const first = await this.decide('ordinary', {}, 1);
    const subject = first && this.world.state.deliberation.decisions.get(first)?.subjectKey;
    if (subject) await this.decide('ordinary', { subjectKey: subject, supersedes: [first] }, 1);
  }

  private async contribute(): Promise<void> {
    const { provider, attestor } = this.twoPartners();
    if (!provider || !attestor) return;
    const [asProvider, asAttestor] = [this.mandateOf(provider), this.mandateOf(attestor)];
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
    const dueOn = addDays(this.today, this.dice.between(0, 60));
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
    if (requestId && this.dice.chance(0.4)) await this.world.send('CloseRequest', { requestId }, this.facilitator);
  }

  private twoPartners(): { provider: Id | undefined; attestor: Id | undefined } {
    const provider = this.anyPartner();
    return { provider, attestor: this.anyPartner(provider) };
  }

  private async need(line: { kind: string; unit: string }): Promise<Id | undefined> {
    if (this.dice.chance(0.3)) return undefined;
    if (this.dice.chance(0.3)) {
      await this.decide('resource-call', { requests: [{ partnerIds: [], ...line, amount: '100' }] }, 1);
      return undefined;
    }
    const asked = await this.world.send(
      'RequestResource',
      { ...line, amount: '100' },
      this.mandateOf(this.anyPartner()),
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
    const declared = await this.world.send(
      'DeclareContribution',
      { ...what, fulfils, occurredOn: this.today },
      asProvider,
    );
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

  private async moneyWithCarrier(): Promise<void> {
    const { alliance } = this.world.state;
    const carrier = alliance.carriers.at(-1);
    if (carrier && carrier.endedOn === undefined && !alliance.incorporated) {
      await this.payThrough(carrier.carrierId, carrier.partnerId);
      if (this.dice.chance(0.3)) {
        const as = this.facilitator;
        await this.world.send('EndCarrier', { carrierId: carrier.carrierId, noticeHash: DOCUMENT }, as);
      }
      return;
    }
    const partnerId = this.anyPartner();
    if (!partnerId) return;
    const decisionId = await this.decide('carrier', { target: { sort: 'carrier', id: partnerId } }, 1);
    if (!decisionId) return;
    const body = {
      partnerId,
      registerScheme: 'none',
      consentHash: DOCUMENT,
      validFrom: this.today,
      decisionId,
      name: 'La structure',
    };
    await this.world.send('DesignateCarrier', body, this.facilitator);
  }

  private async payThrough(carrierId: Id, receiverId: Id | undefined): Promise<void> {
    const provider = this.anyPartner(receiverId);
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
    await this.give(what, undefined, this.mandateOf(provider), this.mandateOf(receiverId));
  }

  private async attestorLeaves(): Promise<void> {
    if (this.active().length < 5) return void (await this.grow());
    const { provider, attestor } = this.twoPartners();
    if (!provider || !attestor) return;
    const what = {
      kind: 'goods',
      unit: 'piece',
      amount: '5',
      providerId: provider,
      attestorId: attestor,
      occurredOn: this.today,
    };
    const contributionId = found(
      await this.world.send('DeclareContribution', what, this.mandateOf(provider)),
      'ContributionDeclared',
    )?.data.contributionId;
    await this.world.send('WithdrawPartner', { partnerId: attestor }, this.mandateOf(attestor));
    const next = this.anyPartner(provider);
    if (contributionId && next)
      await this.world.send('ReplaceAttestor', { contributionId, attestorId: next, reason: 'Parti' }, this.facilitator);
  }

  private async mandates(): Promise<void> {
    const partnerId = this.anyPartner();
    if (!partnerId) return;
    const as = this.mandateOf(partnerId);
    const mandateId = as.slice('mandate/'.length);
    const throwOf = this.dice.below(4);
    if (throwOf === 0) {
      const body = {
        partnerId,
        ...this.mandatePart({
          standing: 'substitute',
          powers: ['speak', 'take-position'],
          validTo: addDays(this.today, 30),
        }),
      };
      await this.world.send('GrantMandate', body, as);
    } else if (throwOf === 1) await this.world.send('SucceedMandate', { mandateId, mandate: this.mandatePart() }, as);
    else if (throwOf === 2 && this.active().length > 3) {
      await this.world.send('EndMandate', { mandateId, reason: 'Fin' }, as);
      const restored = this.mandatePart({ powers: ['speak', 'propose', 'take-position', 'appoint'], ceilings: [] });
      await this.world.send('GrantMandate', { partnerId, sourceHash: DOCUMENT, ...restored }, this.facilitator);
      const granted = this.world.state.alliance.partners.get(partnerId)?.mandates[0];
      if (granted)
        await this.world.send(
          'SucceedMandate',
          { mandateId: granted, mandate: this.mandatePart() },
          `mandate/${granted}`,
        );
    } else
      await this.world.send(
        'CorrectPartnerDetails',
        { partnerId, kind: 'association', registerScheme: 'none', legalName: 'Autre nom' },
        as,
      );
  }

  private async aims(): Promise<void> {
    const partnerId = this.anyPartner();
    if (!partnerId) return;
    if (this.dice.chance(0.4)) {
      const declared = await this.world.send(
        'DeclarePartnerObjective',
        { partnerId, goalIds: [], statement: 'Notre but' },
        this.mandateOf(partnerId),
      );
      const objectiveId = found(declared, 'PartnerObjectiveDeclared')?.data.objectiveId;
      if (objectiveId && this.dice.chance(0.5))
        await this.world.send('WithdrawPartnerObjective', { objectiveId }, this.mandateOf(partnerId));
      return;
    }
    if (this.dice.chance(0.2)) return this.publishDiagnosis();
    const decisionId = await this.decide('orientation', {}, 1);
    if (!decisionId) return;
    const as = this.facilitator;
    const stake = await this.world.send(
      'IdentifyStake',
      { category: 'quality-of-life', sdg: [], decisionId, statement: 'Un enjeu' },
      as,
    );
    const stakeId = found(stake, 'StakeIdentified')?.data.stakeId;
    await this.world.send(
      'DefineTerritory',
      { validFrom: this.today, codes: [{ scheme: 'department', code: '86', year: 2024 }], decisionId, label: 'Ici' },
      as,
    );
    if (stakeId)
      await this.world.send('SetCommonGoal', { stakeIds: [stakeId], decisionId, statement: 'Notre but commun' }, as);
    if (stakeId && this.dice.chance(0.3)) await this.world.send('RetireStake', { stakeId, decisionId }, as);
  }

  /** A new partner, by decision. */
  private async grow(): Promise<void> {
    const partnerId = await this.invite(this.dice.pick(PARTNER_KINDS) ?? 'other');
    const decisionId = partnerId && (await this.decide('admission', { target: { sort: 'partner', id: partnerId } }, 1));
    if (!decisionId) return;
    await this.world.send('AdmitPartner', { partnerId, decisionId, mandate: this.mandatePart() }, this.facilitator);
    await this.sign(partnerId);
  }

  private async membership(): Promise<void> {
    const throwOf = this.dice.below(6);
    if (throwOf < 3) return this.grow();
    if (throwOf === 3) {
      const partnerId = await this.invite('other');
      if (partnerId && this.dice.chance(0.5))
        await this.world.send('CloseInvitation', { partnerId, reason: 'Non' }, this.facilitator);
      else this.world.wait(91 * DAY_MS);
      return;
    }
    if (throwOf === 4 && this.active().length >= 5) {
      const target = this.anyPartner();
      const decisionId = target && (await this.decide('exclusion', { target: { sort: 'partner', id: target } }, 1));
      if (decisionId) await this.world.send('ExcludePartner', { partnerId: target, decisionId }, this.facilitator);
      return;
    }
    const left = [...this.world.state.alliance.partners.values()].find(
      ({ status }) => status === 'withdrawn' || status === 'excluded',
    );
    if (left) await this.invite(left.kind, left.partnerId);
  }

  private async accesses(): Promise<void> {
    const dates = { validFrom: this.today, validTo: addDays(this.today, this.dice.between(5, 60)) };
    const granted = await this.world.send(
      'GrantAccess',
      { role: 'observer', personRef: this.person(), ...dates, name: 'Une observatrice' },
      this.facilitator,
    );
    const observer = found(granted, 'AccessGranted')?.data.accessId;
    if (observer && this.dice.chance(0.5)) await this.world.send('EndAccess', { accessId: observer }, this.facilitator);
    const opened = await this.world.send(
      'OpenAudit',
      { personRef: this.person(), ...dates, name: 'Un auditeur' },
      this.mandateOf(this.anyPartner()),
    );
    const audit = found(opened, 'AuditOpened')?.data.accessId;
    const report = {
      accessId: audit,
      fromSeq: 0,
      toSeq: 0,
      differences: 0,
      reportHash: DOCUMENT,
      report: 'Rien à signaler',
    };
    if (audit) await this.world.send('FileAuditReport', report, `access/${audit}`);
  }

  private async charterChange(): Promise<void> {
    const hash = await this.draft();
    if (hash) await this.decide('charter-change', { target: { sort: 'charter', hash } }, 1);
  }

  private async facilitate(): Promise<void> {
    const person = this.person();
    const decisionId = await this.decide('facilitator', { target: { sort: 'person', id: person } }, 1);
    if (!decisionId) return;
    const body = {
      personRef: person,
      validFrom: this.today,
      validTo: addDays(this.today, this.dice.between(20, 360)),
      decisionId,
      name: 'Une animatrice',
    };
    const as = this.dice.chance(0.5) ? this.facilitator : this.mandateOf(this.anyPartner());
    const appointed = await this.world.send('AppointFacilitator', body, as);
    const facilitatorId = found(appointed, 'FacilitatorAppointed')?.data.facilitatorId;
    if (!facilitatorId) return;
    const former = this.facilitator;
    this.facilitator = `facilitator/${facilitatorId}`;
    if (this.dice.chance(0.5))
      await this.world.send('EndFacilitator', { facilitatorId: former.slice('facilitator/'.length) }, former);
  }

  private async leave(): Promise<void> {
    const partnerId = this.anyPartner();
    if (partnerId && this.active().length > 3)
      await this.world.send('WithdrawPartner', { partnerId, reason: 'Fin' }, this.mandateOf(partnerId));
  }

  private async structure(): Promise<void> {
    const decisionId = await this.decide('structuring', {}, 1);
    if (!decisionId) return;
    const body = {
      legalForm: 'association',
      registerScheme: 'none',
      effectiveFrom: this.today,
      statutesHash: DOCUMENT,
      decisionId,
      name: 'L’association',
    };
    await this.world.send('StructureAlliance', body, this.facilitator);
  }

  private async dissolve(): Promise<void> {
    const decisionId = await this.decide('dissolution', {}, 1);
    if (decisionId) await this.world.send('DissolveAlliance', { decisionId, closingNote: 'Fin' }, this.facilitator);
  }

  /** What may not be done: each time refused, or harmless. */
  private async trespass(): Promise<void> {
    const partnerId = this.anyPartner();
    const other = this.anyPartner(partnerId);
    if (!partnerId || !other) return;
    await this.world.send('WithdrawPartner', { partnerId }, this.mandateOf(other));
    await this.world.send(
      'DeclarePartnerObjective',
      { partnerId, goalIds: [], statement: 'Pas le sien' },
      this.mandateOf(other),
    );
    const commit = {
      kind: 'goods',
      unit: 'piece',
      amount: '999',
      providerId: partnerId,
      attestorId: other,
      dueOn: this.today,
      obligation: 'means',
    };
    await this.world.send('MakeCommitment', commit, this.mandateOf(partnerId));
    const [roundId] = this.world.state.deliberation.openRounds;
    if (roundId) await this.world.send('TakePosition', { roundId, value: 'agree' }, this.facilitator);
  }
}
