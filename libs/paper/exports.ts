import {
  accountsPaperView,
  cerfaPaperView,
  guaranteesPaperView,
  statementPaperView,
  whoBringsWhatPaperView,
} from '#engine';
import type { AccountsAnswer, GuaranteesAnswer, StatementAnswer, WhoBringsWhatAnswer } from '#engine';
import { canonicalJson } from '#kernel';
import type { Day, Id, Json } from '#kernel';
import type { View } from '#views';
import type { Language } from '#words';
import { toCsv } from './csv.js';
import type { Table } from './csv.js';
import { withoutPlaces } from './sealed-texts.js';
import { accountsTable, cerfaTable, guaranteesTable, statementTable, whoBringsWhatTable } from './tables.js';

/** A file that the server makes: the same answer gives the same bytes. */
export interface ExportFile {
  /** ASCII, and nothing in it is a text of a person. */
  readonly name: string;
  readonly type: string;
  readonly body: string;
}

/** What is exported: the view that gathers its facts, and its table. */
interface Subject {
  readonly view: View;
  readonly table: (data: Json, language: Language) => Table;
}

/** None takes an order: partners stand in the order of admission, and cannot be sorted by value. */
const EXPORT_SUBJECTS: Readonly<Record<string, Subject>> = {
  statement: {
    view: statementPaperView,
    table: (data, language) => statementTable(data as unknown as StatementAnswer, language),
  },
  'who-brings-what': {
    view: whoBringsWhatPaperView,
    table: (data, language) => whoBringsWhatTable(data as unknown as WhoBringsWhatAnswer, language),
  },
  guarantees: {
    view: guaranteesPaperView,
    table: (data, language) => guaranteesTable(data as unknown as GuaranteesAnswer, language),
  },
  accounts: {
    view: accountsPaperView,
    table: (data) => accountsTable(data as unknown as AccountsAnswer),
  },
  'cerfa-12156': {
    view: cerfaPaperView,
    table: (data) => cerfaTable(data as unknown as AccountsAnswer),
  },
};

export interface ExportFormat extends Subject {
  readonly subject: string;
  readonly as: 'csv' | 'json';
}

/** Every format by name; `cerfa-12156` alone is a table without saying so (HTTP page, 1.3). */
export const EXPORT_FORMATS: ReadonlyMap<string, ExportFormat> = new Map(
  Object.entries(EXPORT_SUBJECTS).flatMap(([subject, { view, table }]): (readonly [string, ExportFormat])[] => [
    [subject === 'cerfa-12156' ? subject : `${subject}-csv`, { subject, view, table, as: 'csv' }],
    [`${subject}-json`, { subject, view, table, as: 'json' }],
  ]),
);

/** What an answer is of, and what it is true of. */
export interface ExportAsked {
  readonly alliance: Id;
  readonly trueOn: Day;
  readonly knownAt: number;
  readonly language: Language;
  /** As in `TextsGiven`; a table tells why a name is missing. */
  readonly isWhole?: boolean;
}

/** The file of a format from the answer of its view, with sealed texts opened where they still exist. */
export function exportFile({ subject, table, as }: ExportFormat, data: Json, asked: ExportAsked): ExportFile {
  const { alliance, trueOn, knownAt, language, isWhole = false } = asked;
  const stem = `collegium-${subject}-${aboutWhat(data, alliance)}-${trueOn}-seq${String(knownAt)}`;
  if (as === 'csv') {
    const body = toCsv(table({ ...(data as object), isWhole }, language));
    return { name: `${stem}-${language}.csv`, type: 'text/csv; charset=utf-8; header=present', body };
  }
  const body = canonicalJson({ export: subject, alliance, trueOn, knownAt, data: withoutPlaces(data) });
  return { name: `${stem}.json`, type: 'application/json; charset=utf-8', body };
}

/** The partner that the file is about, with its year and edition, else the alliance: codes alone. */
function aboutWhat(data: Json, alliance: Id): string {
  const { partnerId, from, edition } = data as Partial<Pick<AccountsAnswer, 'partnerId' | 'from' | 'edition'>>;
  return [partnerId ?? alliance, from?.slice(0, 4), edition].filter((part) => part !== undefined).join('-');
}
