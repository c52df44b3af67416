import type { MembersAnswer } from '#alliance';
import type { PartnerStatement, WhoBringsWhat } from '#contribution';
import type { RegisteredDecision } from '#deliberation';
import { labelOf } from '#words';
import type { Language, Texts } from '#words';
import type { Played, Player } from './player.js';
import { precisionOf } from './story.js';
import type { Facts, Precision } from './story.js';

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
    return [this.heading({ fr: 'L’histoire', en: 'The story' }), ...shown.map((played) => this.storyLine(played))];
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
      fr: ['N°', 'adoptée', 'méthode', 'tours', 'accords', 'état'],
      en: ['No', 'adopted', 'method', 'rounds', 'for', 'state'],
    });
    return [
      this.heading({ fr: 'Registre des décisions', en: 'Decision register' }),
      inColumns(columns),
      ...lines.flat(),
    ];
  }

  private async decision(decision: RegisteredDecision, number: number): Promise<string[]> {
    const last = decision.rounds.at(-1)?.outcome;
    const votes = last ? `${String(last.tallies.agree + last.tallies.concern)}/${String(last.eligible)}` : '';
    const overdue = decision.reviewOverdue ? this.say({ fr: ', revue attendue', en: ', review awaited' }) : '';
    const cells = [
      String(number),
      this.dateOfDecision(decision),
      labelOf('method', decision.method, this.language),
      String(decision.rounds.length),
      votes,
      labelOf('status', decision.status, this.language) + overdue,
    ];
    const title = `${await this.text(decision.title)} (${labelOf('decisionType', decision.decisionType, this.language)})`;
    const objections = decision.rounds
      .filter(({ outcome }) => outcome?.result === 'returned-for-integration')
      .map(({ roundNumber }) =>
        this.say({
          fr: `tour ${String(roundNumber)} : une objection, intégrée dans la version suivante`,
          en: `round ${String(roundNumber)}: one objection, integrated in the next version`,
        }),
      );
    return [inColumns(cells), ...[title, ...objections].map((line) => fit(`      ${line}`))];
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
    const outside = this.say({ fr: 'hors des partenaires', en: 'from outside' });
    const columns = [
      this.say({ fr: 'ligne', en: 'line' }),
      ...this.say({ fr: ['engagé', 'reste dû', 'attesté'], en: ['committed', 'open', 'acknowledged'] }),
    ];
    const table = data.rows
      .filter(({ cells }) => cells.length > 0)
      .flatMap(({ partnerId, cells }) => [
        names.get(partnerId ?? '') ?? outside,
        ...cells.map((cell) => this.figures(cell, ['committed', 'open', 'given'])),
      ]);
    const all = this.say({ fr: 'Ensemble, ligne par ligne', en: 'Together, line by line' });
    const totals = data.totals.map((cell) => this.figures(cell, ['committed', 'open', 'given']));
    const title = this.heading({ fr: 'Qui apporte quoi', en: 'Who brings what' });
    return [title, asFigures(columns), ...table, all, ...totals];
  }

  async statement(partner: string): Promise<string[]> {
    const partnerId = this.player.names.get(partner) ?? '';
    const { data } = (await this.player.get(`/views/partner-statement?partnerId=${partnerId}`)) as {
      data: PartnerStatement;
    };
    const name = (await this.partnerNames()).get(partnerId) ?? '';
    const columns = ['committed', 'fulfilled', 'open', 'given', 'awaiting', 'contested', 'inDefault'] as const;
    const head = columns.map((column) => labelOf('column', column, this.language));
    const title = this.heading({ fr: `Situation : ${name}`, en: `Statement: ${name}` });
    return [title, asFigures(['', ...head]), ...data.rows.map((row) => this.figures(row, columns))];
  }

  /** One line of a table: its kind and unit in words, then figures, all of them chosen for the story. */
  private figures<C extends string>(
    row: { readonly kind: string; readonly unit: string } & Readonly<Record<C, string>>,
    columns: readonly C[],
  ): string {
    const line = `${labelOf('kind', row.kind, this.language)}, ${labelOf('unit', row.unit, this.language)}`;
    return asFigures([`  ${line}`, ...columns.map((column) => `${row[column]}*`)]);
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

  private say<T>(texts: { readonly fr: T; readonly en: T }): T {
    return texts[this.language];
  }

  private heading(texts: Texts): string {
    const title = `== ${this.say(texts)} `;
    return `\n${title}${'='.repeat(Math.max(0, WIDTH - title.length))}`;
  }
}

const REGISTER_WIDTHS = [3, 16, 22, 7, 9, 34];

function inColumns(cells: readonly string[]): string {
  return fit(
    cells
      .map((cell, column) => fit(cell, 40).padEnd(REGISTER_WIDTHS[column] ?? 0))
      .join(' ')
      .trimEnd(),
  );
}

/** A line of figures: the first cell to the left, the others to the right. */
function asFigures([line = '', ...cells]: readonly string[]): string {
  return fit(line.padEnd(36) + cells.map((cell) => cell.padStart(cells.length > 3 ? 9 : 13)).join(''));
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
