import type { HandoverAnswer } from '#engine';
import type { Day } from '#kernel';
import { labelOf } from '#words';
import type { Language, Texts } from '#words';
import type { Block, Fact, Page } from './document.js';
import { openedText } from './sealed-texts.js';
import type { TextsGiven } from './sealed-texts.js';
import { NONE, Telling } from './telling.js';

/** What a handover dossier tells, with sealed texts opened where they still exist. */
export interface HandoverFacts extends HandoverAnswer, TextsGiven {
  readonly trueOn: Day;
  /** The last entry that the dossier knows of. */
  readonly knownAt: number;
}

const COLUMNS = ['pledged', 'committed', 'open', 'fulfilled', 'given'] as const;
type Rows = readonly (readonly string[])[];

/**
 * The handover dossier of a partner fit to print, for the next person or for the partner's own body: what it agreed to,
 * objected to and owes, and the dates to come (part 1, 3.3; part 2, 6). Without contacts; a name that was erased says so.
 */
export function handover(facts: HandoverFacts, language: Language): Page {
  return new Handover(facts, language).page();
}

class Handover {
  private readonly telling: Telling;

  constructor(
    private readonly facts: HandoverFacts,
    language: Language,
  ) {
    this.telling = new Telling(facts, language);
  }

  page(): Page {
    const { telling, facts } = this;
    const title = telling.say({ fr: 'Dossier de passation', en: 'Handover dossier' });
    return {
      language: telling.language,
      title: `${title}${telling.colon}${telling.partner(facts.dossier.partnerId)}`,
      blocks: [
        { sort: 'facts', facts: this.head() },
        ...this.objectives(),
        ...this.mandates(),
        ...this.decisions(),
        ...this.rounds(),
        ...this.ratifications(),
        ...this.statement(),
        ...this.obligations(),
        ...this.pledges(),
        ...this.guarantees(),
        ...this.toAttest(),
        this.end(),
      ],
    };
  }

  private head(): Fact[] {
    const { telling, facts } = this;
    const { partner, charter, partnerId } = facts.dossier;
    const { kind, registerScheme, registerCode, status, since } = partner;
    const signed =
      charter && `version ${String(charter.version)} (${charter.charterHash}), ${telling.day(charter.signedOn)}`;
    return [
      [telling.say({ fr: 'Alliance', en: 'Alliance' }), telling.alliance()],
      [telling.say({ fr: 'Nature', en: 'Kind' }), telling.label('partnerKind', kind)],
      [
        telling.say({ fr: 'Immatriculation', en: 'Registration' }),
        registerCode === null ? NONE : `${registerScheme} ${registerCode}`,
      ],
      [telling.say({ fr: 'Partenaire', en: 'Partner' }), partnerId],
      [
        telling.say({ fr: 'Statut', en: 'Status' }),
        `${telling.label('memberStatus', status)}${telling.say({ fr: ' depuis le ', en: ' since ' })}${telling.day(since)}`,
      ],
      [telling.say({ fr: 'Charte signée', en: 'Charter signed' }), signed ?? NONE],
      [telling.say({ fr: 'Situation au', en: 'True on' }), telling.day(facts.trueOn)],
      [telling.say({ fr: 'Connue à l’inscription', en: 'Known at entry' }), String(facts.knownAt)],
    ];
  }

  private objectives(): readonly Block[] {
    const rows = this.facts.dossier.objectives.map(({ objectiveId }) => [
      this.telling.text(this.facts.statements[objectiveId] ?? null),
    ]);
    return this.table({ fr: 'Objectifs propres', en: 'Own objectives' }, [{ fr: 'Objectif', en: 'Objective' }], rows);
  }

  private mandates(): readonly Block[] {
    const { telling, facts } = this;
    const rows = facts.dossier.mandates.map(({ mandateId, powers, inForce, validFrom, validTo, endedOn }) => [
      telling.text(facts.persons[mandateId] ?? null),
      powers.map((power) => telling.label('power', power)).join(', '),
      telling.day(validFrom),
      telling.day(endedOn ?? validTo),
      inForce ? telling.say({ fr: 'oui', en: 'yes' }) : telling.say({ fr: 'non', en: 'no' }),
    ]);
    const head = [
      { fr: 'Personne', en: 'Person' },
      { fr: 'Pouvoirs', en: 'Powers' },
      { fr: 'Premier jour', en: 'First day' },
      { fr: 'Dernier jour', en: 'Last day' },
      { fr: 'En vigueur', en: 'In force' },
    ];
    return this.table({ fr: 'Mandats', en: 'Mandates' }, head, rows);
  }

  private decisions(): readonly Block[] {
    const { telling, facts } = this;
    const rows = facts.dossier.decisions.map((one) => [
      openedText(one.title) ?? one.decisionId,
      telling.label('status', one.status),
      [
        one.position === null ? NONE : telling.label('position', one.position),
        ...(one.dissent ? [telling.say({ fr: 'en désaccord', en: 'in dissent' })] : []),
        ...[openedText(one.concern)].filter((text) => text !== undefined),
      ].join(telling.semicolon),
      one.responsible ? telling.say({ fr: 'oui', en: 'yes' }) : '',
      telling.day(one.reviewOn),
    ]);
    const head = [
      { fr: 'Décision', en: 'Decision' },
      { fr: 'État', en: 'State' },
      { fr: 'Position prise', en: 'Position taken' },
      { fr: 'Responsable', en: 'Responsible' },
      { fr: 'Revue le', en: 'Review on' },
    ];
    return this.table({ fr: 'Décisions en vigueur', en: 'Decisions in force' }, head, rows);
  }

  private rounds(): readonly Block[] {
    const { telling, facts } = this;
    const rows = facts.dossier.openRounds.map(({ roundId, title, closesAt, value }) => [
      openedText(title) ?? roundId,
      telling.moment(closesAt),
      value === null ? telling.say({ fr: 'sans réponse', en: 'no answer' }) : telling.label('position', value),
    ]);
    const head = [
      { fr: 'Question', en: 'Question' },
      { fr: 'Échéance', en: 'Deadline' },
      { fr: 'Position', en: 'Position' },
    ];
    return this.table({ fr: 'Tours ouverts', en: 'Open rounds' }, head, rows);
  }

  private ratifications(): readonly Block[] {
    const { telling, facts } = this;
    const rows = facts.dossier.ratifications.map(({ what, id, by }) => [
      telling.label('agenda', what),
      id,
      telling.day(by),
    ]);
    const head = [
      { fr: 'Quoi', en: 'What' },
      { fr: 'Identifiant', en: 'Id' },
      { fr: 'Dernier jour', en: 'Last day' },
    ];
    return this.table({ fr: 'À faire ratifier', en: 'To be ratified' }, head, rows);
  }

  private statement(): readonly Block[] {
    const { telling, facts } = this;
    const rows = facts.dossier.statement.map((row) => [
      telling.line(row),
      ...COLUMNS.map((column) => telling.figure(row[column], row.unit)),
    ]);
    const head = COLUMNS.map((column) => ({
      fr: labelOf('column', column, 'fr'),
      en: labelOf('column', column, 'en'),
    }));
    const title = { fr: 'Situation, ligne par ligne', en: 'Statement, line by line' };
    return this.table(title, [{ fr: 'Ressource', en: 'Resource' }, ...head], rows);
  }

  private obligations(): readonly Block[] {
    const { telling, facts } = this;
    const rows = facts.dossier.obligations.map((one) => [
      telling.day(one.dueOn),
      telling.line(one),
      telling.heldBy(one),
      telling.quantity(one.open, one),
      telling.label('obligationStatus', one.status),
    ]);
    const head = [
      { fr: 'Échéance', en: 'Due' },
      { fr: 'Ressource', en: 'Resource' },
      { fr: 'Envers', en: 'Towards' },
      { fr: 'Reste dû', en: 'Open' },
      { fr: 'État', en: 'State' },
    ];
    return this.table({ fr: 'Engagements et appels en garantie', en: 'Commitments and calls' }, head, rows);
  }

  private pledges(): readonly Block[] {
    const { telling, facts } = this;
    const rows = facts.dossier.pledges.map((one) => [telling.line(one), telling.quantity(one.open, one)]);
    const head = [
      { fr: 'Ressource', en: 'Resource' },
      { fr: 'Encore promis', en: 'Still pledged' },
    ];
    return this.table({ fr: 'Promesses, sans engagement', en: 'Pledges, which bind nobody' }, head, rows);
  }

  private guarantees(): readonly Block[] {
    const { telling, facts } = this;
    const rows = facts.dossier.guarantees.map(({ debtorId, currency, exposure, termOn }) => [
      telling.partner(debtorId),
      `${telling.figure(exposure, currency)} ${currency}`,
      telling.day(termOn),
    ]);
    const head = [
      { fr: 'Débiteur', en: 'Debtor' },
      { fr: 'Exposition', en: 'Exposure' },
      { fr: 'Terme', en: 'Term' },
    ];
    return this.table({ fr: 'Garanties, hors bilan', en: 'Guarantees, off balance sheet' }, head, rows);
  }

  private toAttest(): readonly Block[] {
    const { telling, facts } = this;
    const rows = facts.dossier.toAttest.contributions.map((one) => [
      telling.day(one.occurredOn),
      telling.partner(one.providerId),
      telling.line(one),
      telling.quantity(one.awaiting, one),
    ]);
    const head = [
      { fr: 'Jour', en: 'Day' },
      { fr: 'De', en: 'From' },
      { fr: 'Ressource', en: 'Resource' },
      { fr: 'En attente', en: 'Awaiting' },
    ];
    return this.table({ fr: 'Apports à attester', en: 'Contributions to attest' }, head, rows);
  }

  private end(): Block {
    const seq = String(this.facts.knownAt);
    const text = this.telling.say({
      fr: `Ce dossier est tiré du registre tel qu’il était à l’inscription ${seq}, sans coordonnées. Avec une copie du registre, quiconque le refait à l’identique.`,
      en: `This dossier is made from the ledger as it stood at entry ${seq}, without contacts. With a copy of the ledger anybody makes the same again.`,
    });
    return { sort: 'paragraph', text };
  }

  private table(title: Texts, head: readonly Texts[], rows: Rows): readonly Block[] {
    return this.telling.table(
      title,
      head.map((texts) => this.telling.say(texts)),
      rows,
    );
  }
}
