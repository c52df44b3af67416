import type { MembersAnswer } from '#alliance';
import type { PartnerStatement, WhoBringsWhat } from '#contribution';
import type { RegisteredDecision } from '#deliberation';
import type { Language, Texts } from '../subcommand.js';
import type { Played, Player } from './player.js';
import { precisionOf } from './story.js';
import type { Facts, Precision, Titles } from './story.js';

const WIDTH = 100;

/** Prints what a demonstration came to, from answers of the interface; 100 columns at most. */
export class Programme {
  private readonly texts = new Map<string, string>();

  constructor(
    private readonly player: Player,
    private readonly facts: Facts,
    private readonly language: Language,
  ) {}

  /** Every act of the story in a line; what was refused is shown as such. */
  story(): string[] {
    const shown = this.player.played.filter(({ act, refused }) => refused !== undefined || act.quiet !== true);
    return [
      heading({ fr: 'L’histoire', en: 'The story' }, this.language),
      ...shown.map((played) => this.storyLine(played)),
    ];
  }

  private storyLine({ at, act, refused, detail }: Played): string {
    const date =
      act.fact === undefined
        ? `${at.slice(0, 10)}*`
        : dateText(act.fact, precisionOf(this.facts, act.fact), this.language);
    const title = act.title?.[this.language] ?? act.command;
    const line = `${date.padEnd(16)} ${title}`;
    return refused === undefined
      ? fit(line)
      : `${fit(line)}\n${' '.repeat(17)}${this.say({ fr: 'REFUSÉ', en: 'REFUSED' })} ${refused}: ${fit(detail ?? '', WIDTH - 30)}`;
  }

  async register(): Promise<string[]> {
    const { data } = (await this.player.get('/views/decision-register')) as {
      data: { decisions: readonly RegisteredDecision[] };
    };
    const lines = await Promise.all(data.decisions.map((decision, index) => this.decision(decision, index + 1)));
    const columns = this.say({
      fr: 'N°  adoptée le   méthode      tours  résultat       force',
      en: 'No  adopted on   method       rounds result         force',
    });
    return [
      heading({ fr: 'Registre des décisions', en: 'Decision register' }, this.language),
      columns,
      ...lines.flat(),
    ];
  }

  private async decision(decision: RegisteredDecision, number: number): Promise<string[]> {
    const last = decision.rounds.at(-1)?.outcome;
    const votes = last ? `${String(last.tallies.agree + last.tallies.concern)}/${String(last.eligible)}` : '';
    const cells = [
      String(number).padStart(2),
      this.dateOfDecision(decision).padEnd(12),
      decision.method.padEnd(12),
      String(decision.rounds.length).padEnd(6),
      `${last?.result ?? ''} ${votes}`.padEnd(14),
      decision.status + (decision.reviewOverdue ? this.say({ fr: ', revue attendue', en: ', review awaited' }) : ''),
    ];
    const objections = decision.rounds
      .filter(({ outcome }) => outcome?.result === 'returned-for-integration')
      .map(({ roundNumber }) =>
        this.say({
          fr: `      tour ${String(roundNumber)} : une objection, intégrée dans la version suivante`,
          en: `      round ${String(roundNumber)}: one objection, integrated in the next version`,
        }),
      );
    const title = `      ${await this.text(decision.title)} (${decision.decisionType})`;
    return [fit(cells.join('  ')), fit(title), ...objections];
  }

  /** The published date when the story tells a fact, else the day of the story, which is ours. */
  private dateOfDecision({ decisionId, adoptedOn }: RegisteredDecision): string {
    const name = [...this.player.names].find(([, value]) => value === decisionId)?.[0].replace(/-decision$/, '');
    const fact = this.player.factOf(name ?? '');
    return fact === undefined ? `${adoptedOn}*` : dateText(fact, precisionOf(this.facts, fact), this.language);
  }

  async whoBringsWhat(): Promise<string[]> {
    const { data } = (await this.player.get('/views/who-brings-what')) as { data: WhoBringsWhat };
    const names = await this.partnerNames();
    const header = this.say({
      fr: 'attesté / engagé, à chacun son unité',
      en: 'acknowledged / committed, each in its unit',
    });
    const columns = data.lines.map(({ kind, unit }) => `${kind} ${unit}`);
    const table = data.rows
      .filter(({ cells }) => cells.length > 0)
      .flatMap(({ partnerId, cells }) => [
        names.get(partnerId ?? '') ?? this.say({ fr: 'hors des partenaires', en: 'from outside' }),
        ...cells.map(
          (cell) =>
            `    ${`${cell.kind}, ${cell.unit}`.padEnd(28)} ${`${cell.given}*`.padStart(9)} / ${`${cell.committed}*`.padStart(9)}`,
        ),
      ]);
    const totals = data.totals.map(
      (cell) =>
        `    ${`${cell.kind}, ${cell.unit}`.padEnd(28)} ${`${cell.given}*`.padStart(9)} / ${`${cell.committed}*`.padStart(9)}`,
    );
    const all = this.say({
      fr: `Ensemble, ligne par ligne (${String(columns.length)})`,
      en: `Together, line by line (${String(columns.length)})`,
    });
    return [
      heading({ fr: 'Qui apporte quoi', en: 'Who brings what' }, this.language),
      header,
      ...table,
      all,
      ...totals,
    ];
  }

  async statement(partner: string): Promise<string[]> {
    const partnerId = this.player.names.get(partner) ?? '';
    const { data } = (await this.player.get(`/views/partner-statement?partnerId=${partnerId}`)) as {
      data: PartnerStatement;
    };
    const names = await this.partnerNames();
    const title = {
      fr: `Situation de ${names.get(partnerId) ?? ''}`,
      en: `Statement of ${names.get(partnerId) ?? ''}`,
    };
    const columns = [
      ['committed', 'engagé'],
      ['fulfilled', 'réalisé'],
      ['open', 'reste dû'],
      ['given', 'apporté'],
      ['awaiting', 'en attente'],
      ['contested', 'contesté'],
      ['inDefault', 'en défaut'],
    ] as const;
    const head = ['', ...columns.map(([en, fr]) => this.say({ fr, en }))];
    const rows = data.rows.map((row) => [`${row.kind}, ${row.unit}`, ...columns.map(([name]) => `${row[name]}*`)]);
    const lines = [head, ...rows].map(([line = '', ...cells]) =>
      fit(line.padEnd(22) + cells.map((cell) => cell.padStart(11)).join('')),
    );
    return [heading(title, this.language), ...lines];
  }

  private async partnerNames(): Promise<Map<string, string>> {
    const { data } = (await this.player.get('/views/members')) as { data: MembersAnswer };
    const names = await Promise.all(
      data.partners.map(async ({ partnerId, legalName }) => [partnerId, await this.text(legalName)] as const),
    );
    return new Map<string, string>(names);
  }

  /** A sealed text by its place, as the interface opens it. */
  private async text(place: string | null): Promise<string> {
    if (place === null) return '';
    const known = this.texts.get(place);
    if (known !== undefined) return known;
    const { value } = (await this.player.get(`/openings/${place}`)) as { value?: unknown };
    const text = typeof value === 'string' ? value : '…';
    this.texts.set(place, text);
    return text;
  }

  private say(texts: Texts | Titles): string {
    return texts[this.language];
  }
}

function heading(texts: Texts, language: Language): string {
  return `\n== ${texts[language]} ${'='.repeat(Math.max(0, WIDTH - 4 - texts[language].length))}`.slice(0, WIDTH + 1);
}

function fit(line: string, width = WIDTH): string {
  return line.length > width ? `${line.slice(0, width - 1)}…` : line;
}

const MONTHS: Readonly<Record<Language, readonly string[]>> = {
  fr: ['janv.', 'févr.', 'mars', 'avril', 'mai', 'juin', 'juil.', 'août', 'sept.', 'oct.', 'nov.', 'déc.'],
  en: ['Jan.', 'Feb.', 'March', 'April', 'May', 'June', 'July', 'Aug.', 'Sept.', 'Oct.', 'Nov.', 'Dec.'],
};

/** A published date at the precision of its source, never more. */
export function dateText(date: string, precision: Precision, language: Language): string {
  const [year = '', month = '', day = ''] = date.split('-');
  const name = MONTHS[language][Number(month) - 1] ?? '';
  if (precision === 'year' || month === '') return year;
  if (precision === 'day' && day !== '') return `${String(Number(day))} ${name} ${year}`;
  return precision === 'season' ? `${{ fr: 'vers', en: 'about' }[language]} ${name} ${year}` : `${name} ${year}`;
}
