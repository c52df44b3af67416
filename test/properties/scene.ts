import { dayOf } from '#kernel';
import type { Day, Id } from '#kernel';
import { Dice, World } from './world.js';

const ALL_POWERS = ['speak', 'propose', 'take-position', 'commit', 'sign-charter', 'appoint'];
const CEILINGS = [
  { kind: 'goods', unit: 'piece', amount: '50' },
  { kind: 'volunteer-time', unit: 'hour', amount: '200' },
  { kind: 'money', unit: 'EUR', amount: '5000' },
  { kind: 'guarantee', unit: 'EUR', amount: '5000' },
];
export const DOCUMENT = Buffer.alloc(32, 7).toString('base64');

/** One alliance, the dice that lead its walk, and who can act in it now. */
export class Scene {
  readonly world: World;
  readonly dice: Dice;
  facilitator = '';
  private people = 0;

  constructor(seed: number) {
    this.world = new World(seed);
    this.dice = new Dice(seed);
  }

  get today(): Day {
    return dayOf(this.world.now, 'Europe/Paris');
  }

  person(): Id {
    return this.world.person(`p${String(this.people++)}`);
  }

  /** The mandate of an active partner; of the one given, or any. */
  mandateOf(partnerId: Id | undefined): string {
    const { alliance } = this.world.state;
    const mandates = (partnerId && alliance.partners.get(partnerId)?.mandates) ?? [];
    const full = mandates.find((id) => alliance.mandates.get(id)?.powers.length === ALL_POWERS.length);
    return `mandate/${full ?? mandates[0] ?? 'a'.repeat(26)}`;
  }

  active(): Id[] {
    const { alliance } = this.world.state;
    return alliance.members.filter((id) => alliance.partners.get(id)?.status === 'active');
  }

  anyPartner(except?: Id): Id | undefined {
    return this.dice.pick(this.active().filter((id) => id !== except));
  }

  mandatePart(extra: Readonly<Record<string, unknown>> = {}) {
    return {
      personRef: this.person(),
      powers: ALL_POWERS,
      ceilings: CEILINGS,
      validFrom: this.today,
      name: 'Une personne',
      ...extra,
    };
  }
}
