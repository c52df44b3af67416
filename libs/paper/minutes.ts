import type { BoardProposal, RegisteredDecision, ShownObjection, ShownPosition, ShownRound } from '#deliberation';
import { labelOf } from '#words';
import type { Language, Texts } from '#words';
import type { Block, Fact, Page } from './document.js';
import { openedText } from './sealed-texts.js';
import { moment, NONE } from './telling.js';

/** What the minutes of a decision tell, with sealed texts opened where they still exist. */
export interface MinutesFacts {
  readonly alliance: string | null;
  readonly decision: RegisteredDecision;
  readonly proposal: Pick<BoardProposal, 'driver'> | null;
  readonly rounds: readonly ShownRound[];
  /** Names by partner. */
  readonly names: Readonly<Record<string, string>>;
  /** The last entry that the minutes know of. */
  readonly knownAt: number;
}

/**
 * The minutes of a decision, from events only: what was proposed, who was asked under which charter, who answered what,
 * objections and how they ended, result and arithmetic, dates, `seq` and hashes. A text that was erased says so.
 */
export function minutes(facts: MinutesFacts, language: Language): Page {
  return new Minutes(facts, language).page();
}

class Minutes {
  constructor(
    private readonly facts: MinutesFacts,
    private readonly language: Language,
  ) {}

  page(): Page {
    const { decision, rounds } = this.facts;
    return {
      language: this.language,
      title: `${this.say({ fr: 'Procès-verbal :', en: 'Minutes:' })} ${this.text(decision.title)}`,
      blocks: [...this.decision(), ...this.proposal(), ...rounds.flatMap((round) => this.round(round)), ...this.end()],
    };
  }

  private decision(): Block[] {
    const { alliance, decision } = this.facts;
    const facts: Fact[] = [
      [this.say({ fr: 'Alliance', en: 'Alliance' }), this.text(alliance)],
      [this.say({ fr: 'Nature', en: 'Type' }), labelOf('decisionType', decision.decisionType, this.language)],
      [this.say({ fr: 'Méthode', en: 'Method' }), labelOf('method', decision.method, this.language)],
      [this.say({ fr: 'Adoptée le', en: 'Adopted on' }), decision.adoptedOn],
      [this.say({ fr: 'Effet à partir du', en: 'In effect from' }), decision.effectiveFrom],
      [this.say({ fr: 'Revue le', en: 'Review on' }), decision.reviewOn ?? NONE],
      [this.say({ fr: 'Dernier jour', en: 'Last day' }), decision.expiresOn ?? NONE],
      [this.say({ fr: 'État', en: 'State' }), labelOf('status', decision.status, this.language)],
      [this.say({ fr: 'Responsables', en: 'Responsible' }), this.partners(decision.responsible)],
      [this.say({ fr: 'Décision', en: 'Decision' }), decision.decisionId],
      [this.say({ fr: 'Inscription', en: 'Entry' }), `seq ${String(decision.seq)}`],
    ];
    return [heading(2, this.say({ fr: 'La décision', en: 'The decision' })), { sort: 'facts', facts }];
  }

  private proposal(): Block[] {
    const { decision, proposal } = this.facts;
    const facts: Fact[] = [
      [
        this.say({ fr: 'Portée par', en: 'Sponsored by' }),
        this.partners(decision.sponsorId ? [decision.sponsorId] : []),
      ],
      [this.say({ fr: 'Version adoptée', en: 'Version adopted' }), String(decision.version ?? NONE)],
    ];
    return [
      heading(2, this.say({ fr: 'Ce qui a été proposé', en: 'What was proposed' })),
      { sort: 'facts', facts },
      heading(3, this.say({ fr: 'Motif', en: 'Driver' })),
      { sort: 'quote', text: this.text(proposal?.driver ?? null) },
      heading(3, this.say({ fr: 'Texte', en: 'Text' })),
      { sort: 'quote', text: this.text(decision.text) },
    ];
  }

  private round(round: ShownRound): Block[] {
    const { result } = round;
    const number = this.say({ fr: `Tour ${round.roundNumber}`, en: `Round ${round.roundNumber}` });
    return [
      heading(2, number),
      { sort: 'facts', facts: this.asked(round) },
      ...(round.text === this.facts.decision.text ? [] : [{ sort: 'quote', text: this.text(round.text) } as const]),
      ...this.answers(round),
      ...this.objections(round.objections),
      ...(result ? this.result(result) : []),
    ];
  }

  private asked(round: ShownRound): Fact[] {
    const { policy, electorate, opensAt, closesAt, version, textHash, charterVersion, charterHash, seq, hash } = round;
    return [
      [this.say({ fr: 'Version soumise', en: 'Version asked' }), `${version} (${textHash})`],
      [this.say({ fr: 'Méthode', en: 'Method' }), labelOf('method', policy.method, this.language)],
      [this.say({ fr: 'Charte', en: 'Charter' }), `version ${charterVersion} (${charterHash})`],
      [this.say({ fr: 'Corps votant', en: 'Electorate' }), String(electorate.length)],
      [this.say({ fr: 'Ouvert', en: 'Opened' }), moment(opensAt)],
      [this.say({ fr: 'Échéance', en: 'Deadline' }), moment(closesAt)],
      [this.say({ fr: 'Inscription de l’ouverture', en: 'Entry of the opening' }), `seq ${seq}, ${hash}`],
    ];
  }

  private answers({ electorate, positions }: ShownRound): Block[] {
    const head = [
      this.say({ fr: 'Partenaire', en: 'Partner' }),
      this.say({ fr: 'Position', en: 'Position' }),
      this.say({ fr: 'Prise le', en: 'Taken at' }),
      this.say({ fr: 'Comptée', en: 'Counted' }),
      this.say({ fr: 'Raison donnée', en: 'Reason given' }),
    ];
    const silent = electorate.filter(({ partnerId }) => !positions.some((one) => one.partnerId === partnerId));
    const rows = [
      ...positions.map((position) => this.answer(position)),
      ...silent.map(({ partnerId }) => [
        this.name(partnerId),
        this.say({ fr: 'sans réponse', en: 'no answer' }),
        '',
        '',
        '',
      ]),
    ];
    return [heading(3, this.say({ fr: 'Qui a répondu quoi', en: 'Who answered what' })), { sort: 'table', head, rows }];
  }

  private answer({
    partnerId,
    value,
    at,
    why,
    reason,
    concern,
    channel,
    statedAt,
    ratification,
  }: ShownPosition): string[] {
    const how = [
      labelOf('position', value, this.language),
      ...(channel === 'direct' ? [] : [this.channel(channel)]),
      ...(statedAt === null ? [] : [this.say({ fr: `dit ${moment(statedAt)}`, en: `said ${moment(statedAt)}` })]),
      ...(ratification === 'none' ? [] : [this.ratification(ratification)]),
    ];
    const counted = why === null ? this.say({ fr: 'oui', en: 'yes' }) : labelOf('why', why, this.language);
    const given = [reason, concern].map((place) => openedText(place)).filter((text) => text !== undefined);
    return [this.name(partnerId), how.join(', '), moment(at), counted, given.join(' ; ')];
  }

  private channel(channel: string): string {
    return channel === 'proxy'
      ? this.say({ fr: 'par procuration', en: 'by proxy' })
      : this.say({ fr: 'rapportée', en: 'on behalf' });
  }

  private ratification(ratification: string): string {
    const texts: Readonly<Record<string, Texts>> = {
      pending: { fr: 'à ratifier', en: 'to be ratified' },
      ratified: { fr: 'ratifiée', en: 'ratified' },
      refused: { fr: 'ratification refusée', en: 'ratification refused' },
    };
    return this.say(texts[ratification] ?? { fr: ratification, en: ratification });
  }

  private objections(objections: readonly ShownObjection[]): Block[] {
    if (objections.length === 0) return [];
    const head = [
      this.say({ fr: 'De', en: 'By' }),
      this.say({ fr: 'Sorte', en: 'Kind' }),
      this.say({ fr: 'Raison', en: 'Reason' }),
      this.say({ fr: 'Changement proposé', en: 'Change suggested' }),
      this.say({ fr: 'Issue', en: 'End' }),
    ];
    const rows = objections.map(({ partnerId, kind, reason, suggestedChange, status }) => [
      this.name(partnerId),
      labelOf('objectionKind', kind, this.language),
      openedText(reason) ?? '',
      openedText(suggestedChange) ?? '',
      labelOf('objectionStatus', status, this.language),
    ]);
    return [heading(3, this.say({ fr: 'Objections', en: 'Objections' })), { sort: 'table', head, rows }];
  }

  private result(result: NonNullable<ShownRound['result']>): Block[] {
    const { sentence, closing, closedAt, inputHash, evaluatorVersion, seq, hash, reevaluated } = result;
    const facts: Fact[] = [
      [this.say({ fr: 'Clos', en: 'Closed' }), `${moment(closedAt)}, ${labelOf('closing', closing, this.language)}`],
      [this.say({ fr: 'Inscription de la clôture', en: 'Entry of the closing' }), `seq ${seq}, ${hash}`],
      [this.say({ fr: 'Empreinte des données du calcul', en: 'Hash of what was computed' }), inputHash],
      [this.say({ fr: 'Version du calcul', en: 'Version of the computation' }), String(evaluatorVersion)],
    ];
    const later = reevaluated.map((one) => ({
      sort: 'paragraph' as const,
      text: `${this.say({ fr: `Recalculé à seq ${one.seq} :`, en: `Computed again at seq ${one.seq}:` })} ${one.sentence[this.language]}`,
    }));
    return [
      heading(3, this.say({ fr: 'Résultat', en: 'Result' })),
      { sort: 'paragraph', text: sentence[this.language] },
      { sort: 'facts', facts },
      ...later,
    ];
  }

  private end(): Block[] {
    return [
      heading(2, this.say({ fr: 'Vérifier', en: 'Verify' })),
      {
        sort: 'paragraph',
        text: this.say({
          fr: `Ce procès-verbal est tiré du registre tel qu’il était à l’inscription ${this.facts.knownAt}. Avec une copie du registre, « collegium verify » recalcule chaque résultat, et « collegium show snapshot » donne les données de chaque tour.`,
          en: `These minutes are made from the ledger as it stood at entry ${this.facts.knownAt}. With a copy of the ledger, "collegium verify" computes every result again, and "collegium show snapshot" gives the data of each round.`,
        }),
      },
    ];
  }

  private say(texts: Texts): string {
    return texts[this.language];
  }

  private name(partnerId: string): string {
    return this.facts.names[partnerId] ?? partnerId;
  }

  private partners(ids: readonly string[]): string {
    return ids.length === 0 ? NONE : ids.map((id) => this.name(id)).join(', ');
  }

  /** The text, or that it is not there any more. */
  private text(text: string | null): string {
    return openedText(text) ?? this.say({ fr: '(texte effacé ou absent)', en: '(text erased or absent)' });
  }
}

function heading(level: 2 | 3, text: string): Block {
  return { sort: 'heading', level, text };
}
