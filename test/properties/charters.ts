import { METHODS, PARTNER_KINDS } from '#contracts';
import type { Method } from '#contracts';
import { addDays } from '#kernel';
import type { Id } from '#kernel';
import { DOCUMENT } from './scene.js';
import type { Scene } from './scene.js';
import type { Rounds } from './rounds.js';
import { found } from './world.js';
import type { Dice, World } from './world.js';

const SUPER_MAJORITY = { num: 2, den: 3, strict: false, basis: 'expressed' };
const PARAMETERS: Partial<Record<Method, object>> = {
  'super-majority': SUPER_MAJORITY,
  'majority-judgment': { maxGrade: 4 },
  score: { min: -2, max: 2 },
  dots: { budget: 10 },
};
const BY_SUPER_MAJORITY = { method: 'super-majority', parameters: SUPER_MAJORITY };
const FALLBACKS: Partial<Record<Method, object>> = {
  consent: { method: 'simple-majority', parameters: {} },
  consensus: BY_SUPER_MAJORITY,
  'consensus-minus-n': BY_SUPER_MAJORITY,
};

/** The formation of an alliance, invitations and charters. */
export class Charters {
  private readonly world: World;
  private readonly dice: Dice;

  constructor(
    private readonly scene: Scene,
    private readonly rounds: Rounds,
  ) {
    this.world = scene.world;
    this.dice = scene.dice;
  }

  async form(): Promise<void> {
    const camille = this.scene.person();
    const facilitator = {
      validFrom: this.scene.today,
      validTo: addDays(this.scene.today, this.dice.between(100, 360)),
      name: 'Camille',
    };
    const body = { timeZone: 'Europe/Paris', locale: 'fr', name: 'Une alliance', facilitator };
    const formed = await this.world.send('FormAlliance', body, { kind: 'account', person: camille });
    this.scene.facilitator = `facilitator/${found(formed, 'FacilitatorAppointed')?.data.facilitatorId ?? ''}`;
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
      await this.world.send('CloseInvitation', { partnerId: invited }, this.scene.facilitator);
    if (invited)
      await this.world.send(
        'AdmitPartner',
        { partnerId: invited, mandate: this.scene.mandatePart() },
        this.scene.facilitator,
      );
  }

  async invite(kind: string, partnerId?: Id): Promise<Id | undefined> {
    const as =
      this.dice.chance(0.7) || this.scene.active().length === 0
        ? this.scene.facilitator
        : this.scene.mandateOf(this.scene.anyPartner());
    const body = { kind, registerScheme: 'none', legalName: 'Un partenaire', ...(partnerId ? { partnerId } : {}) };
    return found(await this.world.send('InvitePartner', body, as), 'PartnerInvited')?.data.partnerId;
  }

  /** What a charter says of one decision type, with the parameters and the fallback that its method may have. */
  private policy(methods: readonly Method[]) {
    const method = this.dice.pick(methods) ?? 'consent';
    const fallback = FALLBACKS[method] && this.dice.chance(0.5) ? { fallback: FALLBACKS[method] } : {};
    // So that a college can turn what consensus minus n adopted, which takes two blocks at least.
    const collegeCondition = method === 'consensus-minus-n' || this.dice.chance(0.3);
    const thresholds = this.dice.chance(method === 'consensus-minus-n' ? 0.1 : 0.4)
      ? { minFavour: { least: 3, num: 9, den: 10 } }
      : {};
    const quorum = this.dice.chance(0.3) ? { quorum: { num: 0, den: 1, strict: false } } : {};
    const parameters =
      method === 'consensus-minus-n' ? { n: this.dice.pick([1, 2, 2, 2, 2]) } : (PARAMETERS[method] ?? {});
    return { method, parameters, collegeCondition, ...fallback, ...thresholds, ...quorum };
  }

  private charter() {
    const ordinary = this.policy(METHODS.slice(0, 8));
    const others = {
      orientation: this.policy([...METHODS.slice(0, 8), 'silent-consent', 'silent-consent', 'silent-consent']),
      carrier: this.policy(METHODS.slice(0, 7)),
      choice: this.policy(['majority-judgment', 'score', 'dots', 'ranked-irv']),
    };
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
      colleges: [{ collegeId: this.world.person('college'), kinds: ['association', 'social-enterprise'] }],
      policies: { ordinary, ...others, ...(this.dice.chance(0.2) ? { 'resource-call': unusual } : {}) },
    };
  }

  private async draft(): Promise<Id | undefined> {
    const as =
      this.world.state.alliance.phase === 'governed'
        ? this.scene.mandateOf(this.scene.anyPartner())
        : this.scene.facilitator;
    const drafted = await this.world.send(
      'DraftCharter',
      { charter: this.charter(), preamble: 'Nous voulons agir.' },
      as,
    );
    return found(drafted, 'CharterDrafted')?.data.charterHash as Id | undefined;
  }

  async sign(partnerId: Id): Promise<void> {
    const { charterInForce, drafts, phase } = this.world.state.alliance;
    const version = phase === 'forming' ? drafts[0] : charterInForce;
    const body = { charterVersion: version?.version ?? 1, charterHash: version?.hash ?? DOCUMENT };
    await this.world.send('SignCharter', body, this.scene.mandateOf(partnerId));
  }

  async publishDiagnosis(): Promise<void> {
    const body = {
      studiedOn: this.scene.today,
      documentHash: DOCUMENT,
      sourceHashes: [DOCUMENT],
      title: 'Étude',
      sources: ['Une source'],
    };
    await this.world.send('PublishDiagnosis', body, this.scene.facilitator);
  }

  async charterChange(): Promise<void> {
    const hash = await this.draft();
    if (hash) await this.rounds.decide('charter-change', { target: { sort: 'charter', hash } }, 1);
  }
}
