import type { StatementAnswer } from '#engine';
import type { Day } from '#kernel';
import { labelOf } from '#words';
import type { Language, Texts } from '#words';
import type { Block, Fact, Page } from './document.js';
import type { TextsGiven } from './sealed-texts.js';
import { NONE, Telling } from './telling.js';

/** What a statement tells, with sealed texts opened where they still exist. */
export interface StatementFacts extends StatementAnswer, TextsGiven {
  readonly trueOn: Day;
  /** The last entry that the statement knows of. */
  readonly knownAt: number;
}

type Row = StatementFacts['rows'][number];
type Column = Exclude<keyof Row, 'kind' | 'unit'>;

const PROMISED = [
  'pledged',
  'pending',
  'committed',
  'called',
  'released',
  'fulfilled',
  'open',
  'over',
  'inDefault',
] as const satisfies readonly Column[];
const GIVEN = ['given', 'spontaneous', 'awaiting', 'contested'] as const satisfies readonly Column[];

/**
 * A partner statement fit to print: its lines one by one, never added to each other, and what makes them up. Nothing
 * compares it with another partner's (part 2, 2.2).
 */
export function statement(facts: StatementFacts, language: Language): Page {
  return new Statement(facts, language).page();
}

class Statement {
  private readonly telling: Telling;

  constructor(
    private readonly facts: StatementFacts,
    language: Language,
  ) {
    this.telling = new Telling(facts, language);
  }

  page(): Page {
    const { telling, facts } = this;
    const title = telling.say({ fr: 'Situation du partenaire : ', en: 'Partner statement: ' });
    return {
      language: telling.language,
      title: `${title}${telling.partner(facts.partnerId)}`,
      blocks: [
        { sort: 'facts', facts: this.head() },
        ...this.lines({ fr: 'Promis et dû', en: 'Promised and open' }, PROMISED),
        ...this.lines({ fr: 'Apporté', en: 'Given' }, GIVEN),
        ...this.obligations(),
        ...this.pledges(),
        ...this.contributions(),
        ...this.received(),
        ...this.guarantees(),
        ...this.end(),
      ],
    };
  }

  private head(): Fact[] {
    const { telling, facts } = this;
    const { kind, registerScheme, registerCode } = facts.partner;
    return [
      [telling.say({ fr: 'Alliance', en: 'Alliance' }), telling.alliance()],
      [telling.say({ fr: 'Nature', en: 'Kind' }), labelOf('partnerKind', kind, telling.language)],
      [
        telling.say({ fr: 'Immatriculation', en: 'Registration' }),
        registerCode === null ? NONE : `${registerScheme} ${registerCode}`,
      ],
      [telling.say({ fr: 'Partenaire', en: 'Partner' }), facts.partnerId],
      [telling.say({ fr: 'Situation au', en: 'True on' }), telling.day(facts.trueOn)],
      [telling.say({ fr: 'Connue à l’inscription', en: 'Known at entry' }), String(facts.knownAt)],
    ];
  }

  private lines(title: Texts, columns: readonly Column[]): readonly Block[] {
    const { telling, facts } = this;
    const shown = facts.rows.filter((row) => columns.some((column) => row[column] !== '0'));
    const head = [
      telling.say({ fr: 'Ressource', en: 'Resource' }),
      ...columns.map((column) => labelOf('column', column, telling.language)),
    ];
    const rows = shown.map((row) => [
      telling.line(row),
      ...columns.map((column) => telling.figure(row[column], row.unit)),
    ]);
    return telling.table(title, head, rows);
  }

  private obligations(): readonly Block[] {
    const { telling, facts } = this;
    const head = [
      telling.say({ fr: 'Échéance', en: 'Due' }),
      telling.say({ fr: 'Engagement', en: 'Commitment' }),
      telling.say({ fr: 'Envers', en: 'Towards' }),
      telling.say({ fr: 'Réalisé', en: 'Fulfilled' }),
      telling.say({ fr: 'Reste dû', en: 'Open' }),
      telling.say({ fr: 'État', en: 'State' }),
    ];
    const rows = facts.obligations.map((one) => [
      telling.day(one.dueOn),
      this.what(one.amount, one),
      telling.heldBy(one),
      telling.figure(one.fulfilled, one.unit),
      telling.figure(one.open, one.unit),
      `${labelOf('obligationStatus', one.status, telling.language)}${one.late ? telling.say({ fr: ', en retard', en: ', late' }) : ''}`,
    ]);
    return telling.table({ fr: 'Engagements et appels en garantie', en: 'Commitments and calls' }, head, rows);
  }

  private pledges(): readonly Block[] {
    const { telling, facts } = this;
    const head = [
      telling.say({ fr: 'Promesse', en: 'Pledge' }),
      telling.say({ fr: 'Encore promis', en: 'Still pledged' }),
      telling.say({ fr: 'État', en: 'State' }),
    ];
    const rows = facts.pledges.map((one) => [
      this.what(one.amount, one),
      telling.figure(one.open, one.unit),
      labelOf('pledgeStatus', one.status, telling.language),
    ]);
    return telling.table({ fr: 'Promesses, sans engagement', en: 'Pledges, which bind nobody' }, head, rows);
  }

  private contributions(): readonly Block[] {
    const { telling, facts } = this;
    const head = [
      telling.say({ fr: 'Jour', en: 'Day' }),
      telling.say({ fr: 'Déclaré', en: 'Declared' }),
      telling.say({ fr: 'Reçu ou porté par', en: 'Received or carried' }),
      telling.say({ fr: 'Attesté', en: 'Acknowledged' }),
      telling.say({ fr: 'En attente', en: 'Awaiting' }),
      telling.say({ fr: 'Contesté', en: 'Contested' }),
    ];
    const rows = facts.contributions.map((one) => [
      telling.day(one.occurredOn),
      this.what(one.declared, one),
      telling.heldBy(one),
      ...[one.acknowledged, one.awaiting, one.contested].map((amount) => telling.figure(amount, one.unit)),
    ]);
    return telling.table({ fr: 'Apports', en: 'Contributions' }, head, rows);
  }

  private received(): readonly Block[] {
    const { telling, facts } = this;
    const head = [
      telling.say({ fr: 'Quantité attestée', en: 'Amount acknowledged' }),
      telling.say({ fr: 'Qui reçoit ou porte', en: 'Who received or carries' }),
    ];
    const rows = facts.received.map((one) => [
      this.what(one.acknowledged, one),
      one.kind === 'money' ? telling.carries(facts.partnerId) : telling.partner(facts.partnerId),
    ]);
    return telling.table({ fr: 'Reçu ou porté', en: 'Received or carried' }, head, rows);
  }

  private guarantees(): readonly Block[] {
    const { telling, facts } = this;
    const head = [
      telling.say({ fr: 'Débiteur', en: 'Debtor' }),
      telling.say({ fr: 'Plafond', en: 'Cap' }),
      telling.say({ fr: 'Appelé', en: 'Called' }),
      telling.say({ fr: 'Payé', en: 'Paid' }),
      telling.say({ fr: 'Libéré', en: 'Released' }),
      telling.say({ fr: 'Exposition', en: 'Exposure' }),
      telling.say({ fr: 'Terme', en: 'Term' }),
      telling.say({ fr: 'État', en: 'State' }),
    ];
    const rows = facts.guarantees.map(({ debtorId, currency, termOn, status, ...one }) => [
      telling.partner(debtorId),
      `${telling.figure(one.cap, currency)} ${currency}`,
      ...[one.called, one.paid, one.released, one.exposure].map((amount) => telling.figure(amount, currency)),
      telling.day(termOn),
      labelOf('guaranteeStatus', status, telling.language),
    ]);
    return telling.table({ fr: 'Garanties, hors bilan', en: 'Guarantees, off balance sheet' }, head, rows);
  }

  private end(): readonly Block[] {
    const { telling, facts } = this;
    const seq = String(facts.knownAt);
    return [
      {
        sort: 'paragraph',
        text: telling.say({
          fr: `Chaque ligne compte une ressource dans son unité : deux lignes ne s’additionnent ni ne se comparent. Seul ce qui est attesté compte comme apporté. Tiré du registre tel qu’il était à l’inscription ${seq}.`,
          en: `Each line counts one resource in its unit: two lines are neither added nor compared. Only what is acknowledged counts as given. Made from the ledger as it stood at entry ${seq}.`,
        }),
      },
    ];
  }

  private what(amount: string, line: Pick<Row, 'kind' | 'unit'>): string {
    const { telling } = this;
    return `${telling.quantity(amount, line)} (${labelOf('kind', line.kind, telling.language)})`;
  }
}
