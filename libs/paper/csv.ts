/** A cell: a text, which a spreadsheet must show as it is, or a number in canonical form (part 2, 1.2). */
export type Cell = string | { readonly number: string };

export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

export const number = (text: string | number): Cell => ({ number: String(text) });

/** With it, spreadsheets read the file as UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';
/** What a spreadsheet would take for the beginning of a formula, or drop in front of one. */
const FORMULA = /^[=+\-@\t\r\0]/;

/**
 * A table as spreadsheets in French read it: RFC 4180 with `;` between cells and a comma before decimals. No text becomes
 * a formula: what could begin one has `'` before it. Numbers stay numbers, negative ones too (HTTP page, 6).
 */
export function toCsv({ head, rows }: Table): string {
  return `${BYTE_ORDER_MARK}${[head, ...rows].map((cells) => `${cells.map(written).join(';')}\r\n`).join('')}`;
}

function written(cell: Cell): string {
  if (typeof cell !== 'string') return cell.number.replace('.', ',');
  const safe = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[;"\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
