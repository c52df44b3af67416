import { PARTNER_KINDS } from '#contracts';
import { addDays, DAY_MS } from '#kernel';
import type { Charters } from './charters.js';
import { DOCUMENT } from './scene.js';
import type { Scene } from './scene.js';
import type { Rounds } from './rounds.js';
import { found } from './world.js';
import type { Dice, World } from './world.js';

/** Who joins, leaves, speaks for a partner, leads the rounds, looks on. */
export class Members {
  private readonly world: World;
  private readonly dice: Dice;

  constructor(
    private readonly scene: Scene,
    private readonly rounds: Rounds,
    private readonly charters: Charters,
  ) {
    this.world = scene.world;
    this.dice = scene.dice;
  }

  async mandates(): Promise<void> {
    const partnerId = this.scene.anyPartner();
    if (!partnerId) return;
    const as = this.scene.mandateOf(partnerId);
    const mandateId = as.slice('mandate/'.length);
    const throwOf = this.dice.below(4);
    if (throwOf === 0) {
      const body = {
        partnerId,
        ...this.scene.mandatePart({
          standing: 'substitute',
          powers: ['speak', 'take-position'],
          validTo: addDays(this.scene.today, 30),
        }),
      };
      await this.world.send('GrantMandate', body, as);
    } else if (throwOf === 1)
      await this.world.send('SucceedMandate', { mandateId, mandate: this.scene.mandatePart() }, as);
    else if (throwOf === 2 && this.scene.active().length > 3) {
      await this.world.send('EndMandate', { mandateId, reason: 'Fin' }, as);
      const restored = this.scene.mandatePart({
        powers: ['speak', 'propose', 'take-position', 'appoint'],
        ceilings: [],
      });
      await this.world.send('GrantMandate', { partnerId, sourceHash: DOCUMENT, ...restored }, this.scene.facilitator);
      const granted = this.world.state.alliance.partners.get(partnerId)?.mandates[0];
      if (granted)
        await this.world.send(
          'SucceedMandate',
          { mandateId: granted, mandate: this.scene.mandatePart() },
          `mandate/${granted}`,
        );
    } else
      await this.world.send(
        'CorrectPartnerDetails',
        { partnerId, kind: 'association', registerScheme: 'none', legalName: 'Autre nom' },
        as,
      );
  }

  /** A new partner, by decision. */
  async grow(): Promise<void> {
    const partnerId = await this.charters.invite(this.dice.pick(PARTNER_KINDS) ?? 'other');
    const decisionId =
      partnerId && (await this.rounds.decide('admission', { target: { sort: 'partner', id: partnerId } }, 1));
    if (!decisionId) return;
    await this.world.send(
      'AdmitPartner',
      { partnerId, decisionId, mandate: this.scene.mandatePart() },
      this.scene.facilitator,
    );
    await this.charters.sign(partnerId);
  }

  async membership(): Promise<void> {
    const throwOf = this.dice.below(6);
    if (throwOf < 3) return this.grow();
    if (throwOf === 3) {
      const partnerId = await this.charters.invite('other');
      if (partnerId && this.dice.chance(0.5))
        await this.world.send('CloseInvitation', { partnerId, reason: 'Non' }, this.scene.facilitator);
      else this.world.wait(91 * DAY_MS);
      return;
    }
    if (throwOf === 4 && this.scene.active().length >= 5) {
      const target = this.scene.anyPartner();
      const decisionId =
        target && (await this.rounds.decide('exclusion', { target: { sort: 'partner', id: target } }, 1));
      if (decisionId)
        await this.world.send('ExcludePartner', { partnerId: target, decisionId }, this.scene.facilitator);
      return;
    }
    const left = [...this.world.state.alliance.partners.values()].find(
      ({ status }) => status === 'withdrawn' || status === 'excluded',
    );
    if (left) await this.charters.invite(left.kind, left.partnerId);
  }

  async accesses(): Promise<void> {
    const dates = { validFrom: this.scene.today, validTo: addDays(this.scene.today, this.dice.between(5, 60)) };
    const granted = await this.world.send(
      'GrantAccess',
      { role: 'observer', personRef: this.scene.person(), ...dates, name: 'Une observatrice' },
      this.scene.facilitator,
    );
    const observer = found(granted, 'AccessGranted')?.data.accessId;
    if (observer && this.dice.chance(0.5))
      await this.world.send('EndAccess', { accessId: observer }, this.scene.facilitator);
    const opened = await this.world.send(
      'OpenAudit',
      { personRef: this.scene.person(), ...dates, name: 'Un auditeur' },
      this.scene.mandateOf(this.scene.anyPartner()),
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

  async facilitate(): Promise<void> {
    const person = this.scene.person();
    const decisionId = await this.rounds.decide('facilitator', { target: { sort: 'person', id: person } }, 1);
    if (!decisionId) return;
    const body = {
      personRef: person,
      validFrom: this.scene.today,
      validTo: addDays(this.scene.today, this.dice.between(20, 360)),
      decisionId,
      name: 'Une animatrice',
    };
    const as = this.dice.chance(0.5) ? this.scene.facilitator : this.scene.mandateOf(this.scene.anyPartner());
    const appointed = await this.world.send('AppointFacilitator', body, as);
    const facilitatorId = found(appointed, 'FacilitatorAppointed')?.data.facilitatorId;
    if (!facilitatorId) return;
    const former = this.scene.facilitator;
    this.scene.facilitator = `facilitator/${facilitatorId}`;
    if (this.dice.chance(0.5))
      await this.world.send('EndFacilitator', { facilitatorId: former.slice('facilitator/'.length) }, former);
  }

  async leave(): Promise<void> {
    const partnerId = this.scene.anyPartner();
    if (partnerId && this.scene.active().length > 3)
      await this.world.send('WithdrawPartner', { partnerId, reason: 'Fin' }, this.scene.mandateOf(partnerId));
  }
}
