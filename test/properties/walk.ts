import { DAY_MS } from '#kernel';
import { Aims } from './aims.js';
import { Charters } from './charters.js';
import { Counsel } from './counsel.js';
import { Decisions } from './decisions.js';
import { Members } from './members.js';
import { Methods } from './methods.js';
import { Objections } from './objections.js';
import { Promises } from './promises.js';
import { Resources } from './resources.js';
import { Rounds } from './rounds.js';
import { Scene } from './scene.js';
import { Voices } from './voices.js';
import type { World } from './world.js';

type Act = () => Promise<unknown>;

/** A walk of many commands through one alliance: mostly what people do, now and then what they may not. */
export class Walk {
  private readonly scene: Scene;
  private readonly rounds: Rounds;
  private readonly objections: Objections;
  private readonly charters: Charters;
  private readonly members: Members;
  private readonly aims: Aims;
  private readonly resources: Resources;
  private readonly methods: Methods;
  private readonly voices: Voices;
  private readonly decisions: Decisions;
  private readonly counsel: Counsel;
  private readonly promises: Promises;

  constructor(seed: number) {
    this.scene = new Scene(seed);
    this.rounds = new Rounds(this.scene);
    this.objections = new Objections(this.scene, this.rounds);
    this.charters = new Charters(this.scene, this.rounds);
    this.members = new Members(this.scene, this.rounds, this.charters);
    this.aims = new Aims(this.scene, this.rounds, this.charters);
    this.resources = new Resources(this.scene, this.rounds);
    this.methods = new Methods(this.scene, this.rounds);
    this.voices = new Voices(this.scene, this.rounds);
    this.decisions = new Decisions(this.scene, this.rounds);
    this.counsel = new Counsel(this.scene, this.rounds);
    this.promises = new Promises(this.scene, this.rounds, this.resources);
  }

  async run(commands: number): Promise<World> {
    const { world } = this.scene;
    await this.charters.form();
    for (let acts = 0; world.sent.length < commands && acts < 10 * commands; acts++) {
      this.pass();
      if (world.state.alliance.phase === 'dissolved') break;
      await this.act();
    }
    return world;
  }

  private pass(): void {
    const { world, dice } = this.scene;
    const throwOf = dice.next();
    if (throwOf < 0.75) world.wait(dice.between(1, 300) * 60_000);
    else if (throwOf < 0.95) world.wait(dice.between(1, 6) * DAY_MS);
    else world.wait(dice.between(10, 60) * DAY_MS);
    if (dice.chance(0.3)) world.tick();
  }

  /** What may come next, and how often beside the others. */
  private readonly acts: readonly (readonly [number, Act])[] = [
    [14, () => this.rounds.decide('ordinary')],
    [5, () => this.objections.objected()],
    [3, () => this.losing(() => this.objections.orphaned())],
    [2, () => this.objections.reclassified()],
    [3, () => this.objections.changeOfMind()],
    [8, () => this.methods.anyRound()],
    [2, () => this.voices.notified()],
    [2, () => this.voices.recused()],
    [3, () => this.voices.proxied()],
    [4, () => this.voices.onBehalf()],
    [14, () => this.resources.contribute()],
    [4, () => this.resources.moneyWithCarrier()],
    [6, () => this.promises.pledge()],
    [3, () => this.promises.value()],
    [1, () => this.promises.scale()],
    [5, () => this.promises.guarantee()],
    [3, () => this.losing(() => this.resources.attestorLeaves())],
    [8, () => this.members.mandates()],
    [8, () => this.aims.aims()],
    [6, () => this.members.membership()],
    [3, () => this.members.accesses()],
    [3, () => this.charters.charterChange()],
    [3, () => this.members.facilitate()],
    [4, () => this.objections.drafts()],
    [2, () => this.rounds.supersede()],
    [6, () => this.decisions.ratified()],
    [3, () => this.decisions.conditional()],
    [4, () => this.decisions.review()],
    [4, () => this.counsel.amended()],
    [4, () => this.counsel.advised()],
    [3, () => this.counsel.delegated()],
    [2, () => this.losing(() => this.objections.sponsorLeaves())],
    [1, () => this.members.leave()],
    [0.8, () => this.aims.structure()],
    [0.6, () => this.aims.dissolve()],
    [3, () => this.trespass()],
  ];

  private async act(): Promise<void> {
    const total = this.acts.reduce((sum, [weight]) => sum + weight, 0);
    let throwOf = this.scene.dice.next() * total;
    const chosen = this.acts.find(([weight]) => (throwOf -= weight) < 0);
    await chosen?.[1]();
  }

  /** An act by which a partner leaves; where few are left, one joins instead. */
  private losing(act: Act): Promise<unknown> {
    return this.scene.active().length < 5 ? this.members.grow() : act();
  }

  /** What may not be done: each time refused, or harmless. */
  private async trespass(): Promise<void> {
    const { scene } = this;
    const { world } = scene;
    const partnerId = scene.anyPartner();
    const other = scene.anyPartner(partnerId);
    if (!partnerId || !other) return;
    await world.send('WithdrawPartner', { partnerId }, scene.mandateOf(other));
    const objective = { partnerId, goalIds: [], statement: 'Pas le sien' };
    await world.send('DeclarePartnerObjective', objective, scene.mandateOf(other));
    const line = { kind: 'goods', unit: 'piece', amount: '999', obligation: 'means' };
    const commit = { ...line, providerId: partnerId, attestorId: other, dueOn: scene.today };
    await world.send('MakeCommitment', commit, scene.mandateOf(partnerId));
    const [roundId] = world.state.deliberation.openRounds;
    if (roundId) await world.send('TakePosition', { roundId, value: 'agree' }, scene.facilitator);
  }
}
