import { PARTNER_KINDS } from '#contracts';
import type { PositionValue } from '#contracts';
import { addHours, HOUR_MS } from '#kernel';
import type { Id } from '#kernel';
import { MAX_ENTRY_BYTES, MAX_ENTRY_EVENTS } from '#ledger';
import type { Entry } from '#ledger';
import { verifyLedger } from '#transparency';
import { Scene } from './scene.js';
import { found } from './world.js';

/** `minOpenHours` of a charter that says nothing else. */
const OPEN_HOURS = 48;

/** An alliance of many partners, in which as much is heaped up as the limits let through. */
export class Crowd extends Scene {
  readonly partners: Id[] = [];

  /** Their mandates may promise up to `ceilings`. */
  static async of(size: number, charter: object = {}, ceilings: readonly object[] = []): Promise<Crowd> {
    const crowd = new Crowd(size);
    await crowd.form(size, charter, ceilings);
    return crowd;
  }

  private async form(size: number, charter: object, ceilings: readonly object[]): Promise<void> {
    const { world } = this;
    const facilitator = { validFrom: this.today, validTo: '2026-12-31', name: 'Camille' };
    const body = { timeZone: 'Europe/Paris', locale: 'fr', name: 'Une foule', facilitator };
    const formed = await world.send('FormAlliance', body, { kind: 'account', person: this.person() });
    this.facilitator = `facilitator/${found(formed, 'FacilitatorAppointed')?.data.facilitatorId ?? ''}`;
    for (let index = 0; index < size; index++) {
      const kind = PARTNER_KINDS[index % PARTNER_KINDS.length];
      const details = { kind, registerScheme: 'none', legalName: 'Un partenaire' };
      const partnerId = found(await world.send('InvitePartner', details, this.facilitator), 'PartnerInvited')?.data
        .partnerId;
      await world.send('AdmitPartner', { partnerId, mandate: this.mandatePart({ ceilings }) }, this.facilitator);
      if (partnerId) this.partners.push(partnerId);
    }
    await world.send('DraftCharter', { charter }, this.facilitator);
    const [draft] = world.state.alliance.drafts;
    for (const partnerId of this.partners) {
      await world.send('SignCharter', { charterVersion: 1, charterHash: draft?.hash }, this.mandateOf(partnerId));
    }
    if (world.state.alliance.phase !== 'governed') throw new Error('the crowd has no charter');
  }

  /** A substitute of a partner; gives its capacity. */
  async substituteOf(partnerId: Id): Promise<string> {
    const more = { standing: 'substitute', powers: ['speak', 'take-position'], ceilings: [] };
    const granted = await this.world.send(
      'GrantMandate',
      { partnerId, ...this.mandatePart(more) },
      this.mandateOf(partnerId),
    );
    return `mandate/${found(granted, 'MandateGranted')?.data.mandateId ?? ''}`;
  }

  /** A round on a new proposal of the first partner, to close at the end of the hours that rounds stay open at least. */
  async ask(more: object = {}): Promise<Id> {
    const { world } = this;
    const as = this.mandateOf(this.partners[0]);
    const draft = { decisionType: 'ordinary', title: 'Une proposition', driver: 'Un motif' };
    const proposalId = found(await world.send('DraftProposal', draft, as), 'ProposalDrafted')?.data.proposalId;
    await world.send('SubmitProposal', { proposalId, text: 'Un texte', reviewOn: '2026-12-01', ...more }, as);
    const open = { proposalId, closesAt: addHours(world.now, OPEN_HOURS) };
    const roundId = found(await world.send('OpenRound', open, this.facilitator), 'RoundOpened')?.data.roundId;
    if (!roundId) throw new Error(`no round: ${[...world.refusals.keys()].join(' ')}`);
    return roundId;
  }

  take(roundId: Id, as: string, value: PositionValue = 'agree', more: object = {}) {
    const reason = value === 'agree' ? {} : { reason: 'Une raison' };
    return this.world.send('TakePosition', { roundId, value, ...reason, ...more }, as);
  }

  passDeadline(): void {
    this.world.wait((OPEN_HOURS + 1) * HOUR_MS);
    this.world.tick();
  }

  /** What is wrong with the ledger: an entry above the limits, or what `verify` says. */
  async fault(): Promise<unknown> {
    const { entries } = this.world;
    const above = entries.find((entry) => entry.events.length > MAX_ENTRY_EVENTS || bytesOf(entry) > MAX_ENTRY_BYTES);
    if (above) return { seq: above.seq, events: above.events.length, bytes: bytesOf(above) };
    return (await verifyLedger(entries.map(({ body }) => ({ body })))).fault;
  }
}

export function bytesOf({ body }: Entry): number {
  return Buffer.byteLength(body);
}
