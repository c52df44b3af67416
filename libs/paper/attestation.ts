import type { AttestationAnswer } from '#engine';
import type { Hash, Id } from '#kernel';
import type { Entry } from '#ledger';
import { labelOf } from '#words';
import type { Language } from '#words';
import type { Block, Fact, Page } from './document.js';
import type { TextsGiven } from './sealed-texts.js';
import { Telling } from './telling.js';

/** What an attestation tells, with sealed texts opened where they still exist. */
export interface AttestationFacts extends Omit<AttestationAnswer, 'note'>, TextsGiven {
  /** Place or text of the note of the act; null when nobody wrote one. */
  readonly note: string | null;
  /** Whose act it was. */
  readonly attestorId: Id | null;
  /** Of the entry that holds the act. */
  readonly hash: Hash;
  /** The last entry that the page knows of. */
  readonly knownAt: number;
}

/** The facts with what the entry of the act adds: who attested, and the hash. */
export function attestationFacts(answer: AttestationAnswer, entry: Entry, knownAt: number): AttestationFacts {
  const { actor, hash, events } = entry;
  const isNoted = events.some(
    ({ type, data, sealed }) =>
      type === 'ContributionAcknowledged' &&
      data.contributionId === answer.contributionId &&
      sealed?.['note'] !== undefined,
  );
  const attestorId = actor.kind === 'representative' ? actor.partner : null;
  return { ...answer, note: isNoted ? answer.note : null, attestorId, hash, knownAt };
}

/**
 * The attestation of one acknowledgement: who attests that how much of what was received, from whom and on what day, with
 * `seq` and hash, and what became of it since. It is no tax receipt and no value (part 2, 1.1 and 1.6).
 */
export function attestation(facts: AttestationFacts, language: Language): Page {
  return new Attestation(facts, language).page();
}

class Attestation {
  private readonly telling: Telling;

  constructor(
    private readonly facts: AttestationFacts,
    language: Language,
  ) {
    this.telling = new Telling(facts, language);
  }

  page(): Page {
    const { telling, facts } = this;
    const title = telling.say({ fr: 'Attestation de réception', en: 'Acknowledgement of receipt' });
    return {
      language: telling.language,
      title: `${title}${telling.colon}${telling.quantity(facts.amount, facts)}`,
      blocks: [this.statement(), { sort: 'facts', facts: this.act() }, ...this.texts(), ...this.since(), ...this.end()],
    };
  }

  private statement(): Block {
    const { attestorId, amount, kind, providerId } = this.facts;
    const { telling } = this;
    const by = telling.partner(attestorId);
    const what = `${telling.quantity(amount, this.facts)} (${labelOf('kind', kind, telling.language)})`;
    const from = telling.partner(providerId);
    const text = telling.say({
      fr: `${by} atteste la réception de ${what}, apport ${providerId === null ? '' : 'de '}${from}.`,
      en: `${by} attests the receipt of ${what}, a contribution ${providerId === null ? '' : 'of '}${from}.`,
    });
    return { sort: 'paragraph', text };
  }

  private act(): Fact[] {
    const { telling, facts } = this;
    const isMoney = facts.kind === 'money';
    return [
      [telling.say({ fr: 'Alliance', en: 'Alliance' }), telling.alliance()],
      [telling.say({ fr: 'Apporté par', en: 'Given by' }), telling.partner(facts.providerId)],
      [
        isMoney ? telling.say({ fr: 'Argent', en: 'Money' }) : telling.say({ fr: 'Reçu par', en: 'Received by' }),
        telling.heldBy(facts),
      ],
      [telling.say({ fr: 'Jour de l’apport', en: 'Day of the contribution' }), this.days()],
      [telling.say({ fr: 'Quantité attestée', en: 'Amount attested' }), telling.quantity(facts.amount, facts)],
      [telling.say({ fr: 'Attestée par', en: 'Attested by' }), telling.partner(facts.attestorId)],
      [telling.say({ fr: 'Attestée le', en: 'Attested at' }), telling.moment(facts.at)],
      [telling.say({ fr: 'Apport', en: 'Contribution' }), facts.contributionId],
      [telling.say({ fr: 'Déclaration', en: 'Declaration' }), `seq ${String(facts.declaredSeq)}`],
      [telling.say({ fr: 'Inscription', en: 'Entry' }), `seq ${String(facts.seq)}`],
      [telling.say({ fr: 'Empreinte de l’inscription', en: 'Hash of the entry' }), facts.hash],
    ];
  }

  private days(): string {
    const { occurredFrom, occurredOn } = this.facts;
    const { telling } = this;
    const last = telling.day(occurredOn);
    if (occurredFrom === null) return last;
    const first = telling.day(occurredFrom);
    return telling.say({ fr: `du ${first} au ${last}`, en: `${first} to ${last}` });
  }

  private texts(): Block[] {
    const { telling, facts } = this;
    return [
      { sort: 'heading', level: 2, text: telling.say({ fr: 'Description déclarée', en: 'Declared description' }) },
      { sort: 'quote', text: telling.text(facts.description) },
      ...(facts.note === null
        ? []
        : [
            { sort: 'heading', level: 2, text: telling.say({ fr: 'Note', en: 'Note' }) } as const,
            { sort: 'quote', text: telling.text(facts.note) } as const,
          ]),
    ];
  }

  /** All that moved the contribution, so that a later correction is told beside the act. */
  private since(): Block[] {
    const { telling, facts } = this;
    const { language } = telling;
    const head = [
      telling.say({ fr: 'Inscription', en: 'Entry' }),
      telling.say({ fr: 'Le', en: 'At' }),
      telling.say({ fr: 'Acte', en: 'Act' }),
      telling.say({ fr: 'Quantité', en: 'Amount' }),
    ];
    const rows = facts.movements.map(({ type, amount, seq, at }) => [
      `seq ${String(seq)}`,
      telling.moment(at),
      labelOf('movement', type, language),
      telling.quantity(amount, facts),
    ]);
    const { declared, acknowledged, awaiting, contested } = facts.now;
    const now: Fact[] = [
      [telling.say({ fr: 'Déclaré', en: 'Declared' }), telling.quantity(declared, facts)],
      [telling.say({ fr: 'Attesté', en: 'Acknowledged' }), telling.quantity(acknowledged, facts)],
      [telling.say({ fr: 'En attente', en: 'Awaiting' }), telling.quantity(awaiting, facts)],
      [telling.say({ fr: 'Contesté', en: 'Contested' }), telling.quantity(contested, facts)],
    ];
    const text = telling.say({
      fr: `L’apport à l’inscription ${String(facts.knownAt)}`,
      en: `The contribution at entry ${String(facts.knownAt)}`,
    });
    return [
      { sort: 'heading', level: 2, text },
      { sort: 'table', head, rows },
      { sort: 'facts', facts: now },
    ];
  }

  private end(): Block[] {
    const { telling, facts } = this;
    const seq = String(facts.seq);
    return [
      { sort: 'heading', level: 2, text: telling.say({ fr: 'Portée et vérification', en: 'Scope and verifying' }) },
      {
        sort: 'paragraph',
        text: telling.say({
          fr: `Seule une quantité attestée compte comme apportée. Cette page n’est ni un reçu fiscal ni une valeur. Avec une copie du registre, « collegium verify » retrouve l’inscription ${seq} et son empreinte.`,
          en: `Only an acknowledged amount counts as given. This page is neither a tax receipt nor a value. With a copy of the ledger, "collegium verify" finds entry ${seq} and its hash.`,
        }),
      },
    ];
  }
}
