import { currencyDecimals } from '#contracts';
import type { Line } from '#contracts';
import type { CarrierNamed, DecisionNamed, PaperNames } from '#engine';
import type { Day, Id, Instant } from '#kernel';
import { labelOf } from '#words';
import type { Language, Texts, WordList } from '#words';
import { fullDay, fullMoment } from './dates.js';
import { heading, table } from './document.js';
import type { Block } from './document.js';
import { openedText } from './sealed-texts.js';
import type { TextsGiven } from './sealed-texts.js';
import { COLON, SEMICOLON, typeset } from './typography.js';

export const NONE = '–';

/** Where money of a contribution or obligation is. */
export interface Held extends Line {
  readonly carrierId?: Id | null;
  readonly receiverId?: Id | null;
}

/** How partners, amounts and money are told on every page. The alliance owns, receives and owes nothing. */
export class Telling {
  constructor(
    private readonly names: PaperNames & TextsGiven,
    readonly language: Language,
  ) {}

  say(texts: Texts): string {
    return typeset(texts[this.language], this.language);
  }

  /** Between a name and what is said of it. */
  get colon(): string {
    return COLON[this.language];
  }

  get semicolon(): string {
    return SEMICOLON[this.language];
  }

  label(list: WordList, value: string): string {
    return typeset(labelOf(list, value, this.language), this.language);
  }

  /** The text in the place; else that nobody wrote one, that it was erased, or that this copy does not have it. */
  text(place: string | null | undefined): string {
    if (place === null || place === undefined) return this.say({ fr: '(non renseigné)', en: '(never written)' });
    return openedText(place) ?? `(${this.missing()})`;
  }

  /** Why a text that was written is not there. */
  private missing(): string {
    return this.names.isWhole === true
      ? this.say({ fr: 'effacé', en: 'erased' })
      : this.say({ fr: 'non joint à cette copie', en: 'not given with this copy' });
  }

  day(day: Day | null | undefined): string {
    return day === null || day === undefined ? NONE : fullDay(day, this.language);
  }

  moment(instant: Instant): string {
    return fullMoment(instant, this.names.timeZone, this.language);
  }

  /** A partner; null stands for givers from outside. */
  partner(partnerId: Id | null | undefined): string {
    if (partnerId === null || partnerId === undefined) {
      return this.say({ fr: 'hors des partenaires', en: 'from outside the partners' });
    }
    return openedText(this.names.names[partnerId] ?? null) ?? this.nameless(partnerId);
  }

  partners(ids: readonly Id[]): string {
    return ids.length === 0 ? NONE : ids.map((id) => this.partner(id)).join(', ');
  }

  private nameless(id: Id): string {
    return `(${this.say({ fr: 'nom', en: 'name' })} ${this.missing()}) ${id}`;
  }

  alliance(): string {
    return this.text(this.names.alliance);
  }

  /** A line, such as `Don en nature, pièces`. */
  line({ kind, unit }: Line): string {
    return `${labelOf('kind', kind, this.language)}, ${labelOf('unit', unit, this.language)}`;
  }

  quantity(amount: string, { unit }: Line): string {
    const one = this.language === 'fr' ? /^[01](\.|$)/ : /^1$/;
    const several = labelOf('unit', unit, this.language);
    const single = labelOf('oneUnit', unit, this.language);
    return `${this.figure(amount, unit)} ${one.test(amount) && single !== unit ? single : several}`;
  }

  /** A figure with the decimal mark of the language; money has all decimals of its currency. */
  figure(amount: string, unit: string): string {
    const [whole = '', decimals = ''] = amount.split('.');
    const all = decimals.padEnd(currencyDecimals(unit) ?? 0, '0');
    return all === '' ? whole : `${whole}${this.language === 'fr' ? ',' : '.'}${all}`;
  }

  /** Who received, for what is no money; else who carries the money for the alliance, and by which decision. */
  heldBy(held: Held): string {
    if (held.kind !== 'money') return this.partner(held.receiverId);
    const carrier = this.names.carriers.find(({ carrierId }) => carrierId === held.carrierId);
    if (carrier) return this.carriedBy(carrier);
    const { structuring } = this.names;
    // A call on a guarantee names no carrier: its debtor is the partner that carries.
    if (held.receiverId) return this.carries(held.receiverId);
    if (!structuring) return this.partner(null);
    const entity = this.say({ fr: 'l’entité juridique', en: 'the legal entity' });
    return this.carried(entity, structuring);
  }

  /** A table under its title; without rows it says so. */
  table(title: Texts, head: readonly string[], rows: readonly (readonly string[])[]): readonly Block[] {
    const below = table(head, rows);
    const nothing = { sort: 'paragraph', text: this.say({ fr: 'Rien.', en: 'Nothing.' }) } as const;
    return [heading(2, this.say(title)), ...(below.length === 0 ? [nothing] : below)];
  }

  /** Under what decisions a partner carries money for the alliance. */
  carries(partnerId: Id): string {
    const own = this.names.carriers.filter((carrier) => carrier.partnerId === partnerId);
    return own.length === 0
      ? this.partner(partnerId)
      : own.map((carrier) => this.carriedBy(carrier)).join(this.semicolon);
  }

  private carriedBy({ partnerId, carrierId, name, decision }: CarrierNamed): string {
    const known = partnerId === null ? undefined : openedText(this.names.names[partnerId] ?? null);
    return this.carried(known ?? openedText(name) ?? this.nameless(partnerId ?? carrierId), decision);
  }

  private carried(by: string, { decisionId, seq }: DecisionNamed): string {
    const decision = seq === null ? decisionId : `seq ${String(seq)}`;
    return this.say({
      fr: `porté par ${by} pour l’alliance, décision ${decision}`,
      en: `carried by ${by} for the alliance, decision ${decision}`,
    });
  }
}
