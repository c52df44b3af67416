import { ACCOUNT_LABELS } from '#contracts';
import type { AccountsAnswer, GuaranteesAnswer, StatementAnswer, WhoBringsWhatAnswer } from '#engine';
import { STATEMENT_COLUMNS } from '#contribution';
import { labelOf } from '#words';
import type { Language } from '#words';
import form from './cerfa-12156.json' with { type: 'json' };
import { number } from './csv.js';
import type { Cell, Table } from './csv.js';
import { Telling } from './telling.js';

/** One row per line of the partner: the columns of part 2, 2.2, and who carries its money for the alliance. */
export function statementTable(facts: StatementAnswer, language: Language): Table {
  const telling = new Telling(facts, language);
  const head = [
    ...lineHead(telling),
    ...STATEMENT_COLUMNS.map((column) => labelOf('column', column, language)),
    telling.say({ fr: 'reçu ou porté par', en: 'received or carried by' }),
  ];
  const rows = facts.rows.map((row): readonly Cell[] => [
    labelOf('kind', row.kind, language),
    labelOf('unit', row.unit, language),
    ...STATEMENT_COLUMNS.map((column) => number(row[column])),
    holdersOf(facts, row, telling),
  ]);
  return { head, rows };
}

function lineHead(telling: Telling): readonly string[] {
  return [telling.say({ fr: 'ressource', en: 'resource' }), telling.say({ fr: 'unité', en: 'unit' })];
}

function holdersOf(facts: StatementAnswer, { kind, unit }: StatementAnswer['rows'][number], telling: Telling): string {
  const items = [...facts.obligations, ...facts.contributions].filter((one) => one.kind === kind && one.unit === unit);
  return [...new Set(items.map((one) => telling.heldBy(one)))].sort().join(' ; ');
}

const CELL = ['pledged', 'committed', 'open', 'given'] as const;

/**
 * One row per partner in the order of admission, then gifts from outside, then the total of each column: a column is one
 * line, so that nothing in the file adds two. No total of a row (part 2, 2.3).
 */
export function whoBringsWhatTable(facts: WhoBringsWhatAnswer, language: Language): Table {
  const telling = new Telling(facts, language);
  const head = [
    telling.say({ fr: 'partenaire', en: 'partner' }),
    telling.say({ fr: 'identifiant', en: 'id' }),
    ...facts.lines.flatMap((line) =>
      CELL.map((column) => `${telling.line(line)}, ${labelOf('column', column, language)}`),
    ),
  ];
  const figures = (cells: WhoBringsWhatAnswer['totals']): readonly Cell[] =>
    facts.lines.flatMap((line) => {
      const cell = cells.find(({ kind, unit }) => kind === line.kind && unit === line.unit);
      return CELL.map((column) => number(cell?.[column] ?? '0'));
    });
  const total = telling.say({ fr: 'total de la colonne', en: 'total of the column' });
  return {
    head,
    rows: [
      ...facts.rows.map(({ partnerId, cells }) => [telling.partner(partnerId), partnerId ?? '', ...figures(cells)]),
      [total, '', ...figures(facts.totals)],
    ],
  };
}

const GUARANTEE_FIGURES = ['principal', 'cap', 'called', 'paid', 'released', 'exposure'] as const;

/**
 * One row per guarantee in the order of being offered, its currency beside its figures. No totals: what may be called is no
 * money that anybody gave (part 2, 1.7).
 */
export function guaranteesTable(facts: GuaranteesAnswer, language: Language): Table {
  const telling = new Telling(facts, language);
  const head = [
    ...GUARANTEE_PARTIES.map((texts) => telling.say(texts)),
    ...GUARANTEE_FIGURES.map((column) => labelOf('guaranteeColumn', column, language)),
    ...GUARANTEE_TERMS.map((texts) => telling.say(texts)),
  ];
  const rows = facts.guarantees.map((one): readonly Cell[] => [
    ...[one.guaranteeId, telling.partner(one.obligorId), telling.partner(one.debtorId)],
    ...[telling.partner(one.creditorId), labelOf('guaranteeStatus', one.status, language), one.currency],
    ...GUARANTEE_FIGURES.map((column) => number(one[column])),
    ...[`${String(one.share.num)} / ${String(one.share.den)}`, one.termOn, one.ratifyBy ?? ''],
    one.warning === null ? '' : telling.say(PUBLIC_SHARE_OVER_HALF),
  ]);
  return { head, rows };
}

const GUARANTEE_PARTIES = [
  { fr: 'garantie', en: 'guarantee' },
  { fr: 'garant', en: 'obligor' },
  { fr: 'débiteur', en: 'debtor' },
  { fr: 'créancier', en: 'creditor' },
  { fr: 'état', en: 'state' },
  { fr: 'monnaie', en: 'currency' },
];
const GUARANTEE_TERMS = [
  { fr: 'quotité', en: 'share' },
  { fr: 'terme', en: 'term' },
  { fr: 'à ratifier avant la fin du', en: 'to ratify by the end of' },
  { fr: 'à regarder de près', en: 'worth a second look' },
];
const PUBLIC_SHARE_OVER_HALF = { fr: 'part publique de plus de la moitié', en: 'public share over one half' };

/** Accounts 86 and 87, in the columns of part 2, section 5. `stale` counts valuations that post nothing. */
export function accountsTable(facts: AccountsAnswer): Table {
  const { edition, from, to } = facts;
  const head = ['edition', 'account', 'label', 'value', 'currency', 'from', 'to', 'contributions', 'stale'];
  const rows = SIDES.flatMap((side) =>
    postedOn(side, facts).map(({ account, label, value, currency, contributions, stale }): readonly Cell[] => [
      ...[edition, account, label, number(value), currency, from, to],
      ...[number(contributions), number(stale)],
    ]),
  );
  return { head, rows };
}

const SIDES = ['use', 'source'] as const;
type Side = (typeof SIDES)[number];
type Posted = AccountsAnswer['uses'][number] & { readonly stale: number };

/** The rows of one side, those included that only stale valuations would post to. */
function postedOn(side: Side, { uses, sources, stale, edition }: AccountsAnswer): readonly Posted[] {
  const rows = new Map<string, Posted>();
  for (const row of side === 'use' ? uses : sources) rows.set(`${row.account}/${row.currency}`, { ...row, stale: 0 });
  for (const { [side]: account, currency } of stale) {
    if (account === null) continue;
    const key = `${account}/${currency}`;
    const label = ACCOUNT_LABELS[edition][account] ?? '';
    const row = rows.get(key) ?? { account, label, currency, value: '0', contributions: 0, stale: 0 };
    rows.set(key, { ...row, stale: row.stale + 1 });
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

/**
 * The lines of the grant form Cerfa 12156 (15059 for the report), in whole euros (part 2, 2.6). The ledger knows voluntary
 * contributions in kind alone, so it fills groups 86 and 87, whose totals are the same; the rest is for the applicant.
 */
export function cerfaTable(facts: AccountsAnswer): Table {
  const currencies = facts.totals.map(({ currency }) => currency);
  const head = ['edition', 'side', 'code', 'label', 'value', 'currency', 'from', 'to'];
  const shown = currencies.length > 0 ? currencies : ['EUR'];
  const rows = shown.flatMap((currency) =>
    [...formSide('charges', facts, currency), ...formSide('produits', facts, currency)].map(
      ([side, code, label, value]): readonly Cell[] => [
        ...[facts.edition, side, code, label],
        ...[value === undefined ? '' : number(value), currency, facts.from, facts.to],
      ],
    ),
  );
  return { head, rows };
}

type FormLine = readonly [side: string, code: string, label: string, value: string | undefined];

function formSide(side: 'charges' | 'produits', facts: AccountsAnswer, currency: string): readonly FormLine[] {
  const isUses = side === 'charges';
  const totals = facts.totals.find((one) => one.currency === currency);
  const total = (isUses ? totals?.uses : totals?.sources) ?? '0';
  const posted = (isUses ? facts.uses : facts.sources).filter((row) => row.currency === currency);
  const valueOf = (account: string): string => posted.find((row) => row.account === account)?.value ?? '0';
  const known = isUses ? '86' : '87';
  const lines = form[side].flatMap(({ code, label, lines: within }): readonly FormLine[] => [
    [side, code, label, code === known ? total : undefined],
    ...within.map((line): FormLine => {
      const [account = ''] = code === known ? line.split(' ') : [code];
      return code === known
        ? [side, account, line.slice(account.length + 1), valueOf(account)]
        : [side, account, line, undefined];
    }),
  ]);
  return [...lines, [side, 'TOTAL', `Total des ${side} que le registre connaît`, total]];
}
