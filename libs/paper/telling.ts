import { currencyDecimals } from '#contracts';
import type { Line } from '#contracts';
import type { CarrierNamed, DecisionNamed, PaperNames } from '#engine';
import type { Id } from '#kernel';
import { labelOf } from '#words';
import type { Language, Texts } from '#words';
import { openedText } from './sealed-texts.js';

export const NONE = '–';

/** Where money of a contribution or obligation is. */
export interface Held extends Line {
  readonly carrierId?: Id | null;
  readonly receiverId?: Id | null;
}

/** How partners, amounts and money are told on every page. The alliance owns, receives and owes nothing. */
export class Telling {
  constructor(
    private readonly names: PaperNames,
    readonly language: Language,
  ) {}

  say(texts: Texts): string {
    return texts[this.language];
  }

  text(text: string | null): string {
    return openedText(text) ?? this.say({ fr: '(texte effacé ou absent)', en: '(text erased or absent)' });
  }

  /** A partner; null stands for givers from outside. */
  partner(partnerId: Id | null | undefined): string {
    if (partnerId === null || partnerId === undefined) {
      return this.say({ fr: 'hors des partenaires', en: 'from outside the partners' });
    }
    return openedText(this.names.names[partnerId] ?? null) ?? this.nameless(partnerId);
  }

  private nameless(id: Id): string {
    return this.say({ fr: `(nom effacé ou absent) ${id}`, en: `(name erased or absent) ${id}` });
  }

  alliance(): string {
    return this.text(this.names.alliance);
  }

  /** A line, such as `Don en nature, pièces`. */
  line({ kind, unit }: Line): string {
    return `${labelOf('kind', kind, this.language)}, ${labelOf('unit', unit, this.language)}`;
  }

  quantity(amount: string, { unit }: Line): string {
    return `${this.figure(amount, unit)} ${labelOf('unit', unit, this.language)}`;
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

  /** Under what decisions a partner carries money for the alliance. */
  carries(partnerId: Id): string {
    const own = this.names.carriers.filter((carrier) => carrier.partnerId === partnerId);
    return own.length === 0 ? this.partner(partnerId) : own.map((carrier) => this.carriedBy(carrier)).join(' ; ');
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

/** To the minute, in universal time, as the ledger has it. */
export function moment(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
}
