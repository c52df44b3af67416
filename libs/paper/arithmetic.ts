import type { Outcome, Tallies } from '#contracts';
import type { ToldEvent } from '#engine';
import type { Fact } from './document.js';
import type { MinutesTelling } from './minutes-telling.js';

type Policy = ToldEvent<'RoundOpened'>['data']['policy'];

/** The numbers of an outcome, each with the rule that asks for it and whether it holds, so that a reader can do the sum again (part 1, 4.4 and 4.5). */
export function arithmetic(t: MinutesTelling, outcome: Outcome, policy: Policy): readonly (Fact | undefined)[] {
  return new Arithmetic(t, outcome, policy).facts();
}

class Arithmetic {
  constructor(
    private readonly t: MinutesTelling,
    private readonly outcome: Outcome,
    private readonly policy: Policy,
  ) {}

  facts(): readonly (Fact | undefined)[] {
    const { t, outcome } = this;
    const { eligible, participation, deemed, silent, expressed, tallies } = outcome;
    const counts = (Object.keys(tallies) as (keyof Tallies)[]).filter((name) => tallies[name] > 0);
    const split = `${participation} + ${this.deemed} ${deemed} + ${this.silent} ${silent} = ${eligible}`;
    return [
      t.fact({ fr: 'Corps votant à la clôture', en: 'Electorate at the closing' }, String(eligible)),
      t.fact({ fr: 'Participation', en: 'Participation' }, split),
      t.fact({ fr: 'Décompte', en: 'Count' }, counts.map((name) => this.tally(name)).join(', ') || '0'),
      t.fact({ fr: 'Quorum', en: 'Quorum' }, this.quorum()),
      t.fact({ fr: 'Accords exigés', en: 'Agreements required' }, this.minFavour()),
      t.fact({ fr: 'Exprimés', en: 'Expressed' }, expressed === null ? undefined : String(expressed)),
      t.fact({ fr: 'Règle de la méthode', en: 'Rule of the method' }, this.rules().join(t.semicolon) || undefined),
    ];
  }

  private get deemed(): string {
    return this.t.say({ fr: 'réputés', en: 'deemed' });
  }

  private get silent(): string {
    return this.t.say({ fr: 'sans réponse', en: 'without an answer' });
  }

  private get allowed(): string {
    return this.t.say({ fr: 'doit être 0', en: 'must be 0' });
  }

  private get favour(): number {
    return this.outcome.tallies.agree + this.outcome.tallies.concern;
  }

  private tally(name: keyof Tallies): string {
    return `${this.t.label('tally', name)} ${this.outcome.tallies[name]}`;
  }

  private quorum(): string | undefined {
    const { t, outcome, policy } = this;
    const { quorumRequired, participation, eligible } = outcome;
    if (quorumRequired === null || !policy.quorum) return undefined;
    const { num, den, strict } = policy.quorum;
    const over = strict ? t.say({ fr: 'plus de', en: 'more than' }) : t.say({ fr: 'au moins', en: 'at least' });
    const share = `${over} ${num}/${den} ${t.say({ fr: 'de', en: 'of' })} ${eligible} = ${quorumRequired}`;
    return `${share}${t.semicolon}${this.check(`${participation} ≥ ${quorumRequired}`, participation >= quorumRequired)}`;
  }

  private minFavour(): string | undefined {
    const { t, outcome, policy, favour } = this;
    const { minFavourRequired, eligible } = outcome;
    if (minFavourRequired === null || !policy.minFavour) return undefined;
    const { least, num, den } = policy.minFavour;
    const most = `max(${least}, ${num}/${den} ${t.say({ fr: 'de', en: 'of' })} ${eligible}) = ${minFavourRequired}`;
    return `${most}${t.semicolon}${this.check(`${favour} ≥ ${minFavourRequired}`, favour >= minFavourRequired)}`;
  }

  /** What the method compares, as whole numbers. */
  private rules(): readonly string[] {
    const { favour, outcome, policy } = this;
    const { tallies, eligible, silent, deemed } = outcome;
    const agreed = `${this.t.label('tally', 'agree')} ${favour}`;
    switch (outcome.appliedMethod) {
      case 'consent':
      case 'silent-consent':
        return [
          this.check(`${this.tally('object')} (${this.allowed})`, tallies.object === 0),
          this.check(`${this.silent} ${silent} = 0${deemed > 0 ? ` (${this.deemed} ${deemed})` : ''}`, silent === 0),
        ];
      case 'consensus':
        return [
          this.check(`${this.tally('block')} (${this.allowed})`, tallies.block === 0),
          this.check(`${agreed} > ${this.tally('standAside')}`, favour > tallies.standAside),
        ];
      case 'consensus-minus-n': {
        const [n, others] = [policy.n ?? 1, tallies.standAside + tallies.block];
        return [
          this.check(`${this.tally('block')} ≤ n = ${n}`, tallies.block <= n),
          this.check(`${agreed} > ${this.tally('standAside')} + ${this.tally('block')}`, favour > others),
        ];
      }
      case 'unanimity':
        return [this.check(`${agreed} = ${eligible}`, favour === eligible)];
      case 'simple-majority':
        return [this.check(`${agreed} > ${this.tally('against')}`, favour > tallies.against)];
      case 'absolute-majority':
        return [this.check(`2 × ${favour} = ${2 * favour} > ${eligible}`, 2 * favour > eligible)];
      case 'super-majority':
        return [this.superMajority()];
      default:
        return [];
    }
  }

  private superMajority(): string {
    const { favour, outcome, policy, t } = this;
    const { num = 0, den = 1, basis = 'expressed', strict = false } = policy;
    const base = basis === 'eligible' ? outcome.eligible : (outcome.expressed ?? 0);
    const [have, need] = [favour * den, num * base];
    const sum = `${favour} × ${den} = ${have} ${strict ? '>' : '≥'} ${num} × ${base} = ${need}`;
    return `${this.check(sum, strict ? have > need : have >= need)} (${num}/${den} ${t.label('basis', basis)})`;
  }

  private check(what: string, holds: boolean): string {
    return `${what}${this.t.colon}${this.t.yesOrNo(holds)}`;
  }
}
