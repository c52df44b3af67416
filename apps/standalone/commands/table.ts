import type { Json } from '#kernel';
import type { Terminal } from '../subcommand.js';

const WIDTH = 100;
const GAP = '  ';
const STEP = '  ';
const NOTHING = '-';

type Members = Readonly<Record<string, Json | undefined>>;

/**
 * An answer as text, at most 100 columns wide and with nothing left out: records of plain values as a table when it
 * fits, each as a block of its own when it does not.
 */
export function showTable(value: Json, terminal: Terminal): void {
  for (const line of linesOf(value, '')) terminal.out(line);
}

function linesOf(value: Json | undefined, indent: string): string[] {
  if (isMembers(value)) return Object.entries(value).flatMap(([name, member]) => memberLines(name, member, indent));
  return wrapped(indent, plain(value), indent.length);
}

function memberLines(name: string, member: Json | undefined, indent: string): string[] {
  if (isPlain(member)) return wrapped(indent, `${name}: ${plain(member)}`, indent.length + STEP.length);
  const inner = isRecords(member) ? recordLines(member, indent + STEP) : linesOf(member, indent + STEP);
  return [`${indent}${name}:`, ...inner];
}

function recordLines(records: readonly Members[], indent: string): string[] {
  const table = tableOf(records);
  if (table?.every((row) => indent.length + row.length <= WIDTH)) return table.map((row) => indent + row);
  return records.flatMap((record) => {
    const [first = '', ...rest] = linesOf(record, indent + STEP);
    return [`${indent}- ${first.slice(indent.length + STEP.length)}`, ...rest];
  });
}

/** Rows of a table under its head, when every value is plain. */
function tableOf(records: readonly Members[]): string[] | undefined {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  if (records.some((record) => names.some((name) => !isPlain(record[name])))) return undefined;
  const rows = [names, ...records.map((record) => names.map((name) => plain(record[name])))];
  const widths = names.map((_name, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join(GAP)
      .trimEnd(),
  );
}

function isMembers(value: Json | undefined): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isRecords(value: Json | undefined): value is readonly Members[] {
  return Array.isArray(value) && value.every((item: Json) => isMembers(item));
}

/** One value, or a list of such; an empty list is nothing. */
function isPlain(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.every((item: Json) => typeof item !== 'object' || item === null);
  return typeof value !== 'object' || value === null;
}

function plain(value: Json | undefined): string {
  if (value === undefined || value === null) return NOTHING;
  if (Array.isArray(value)) return value.length === 0 ? NOTHING : value.map((item: Json) => plain(item)).join(', ');
  return typeof value === 'string' ? value.replace(/\s+/g, ' ') : JSON.stringify(value);
}

/** Breaks a text at blanks; what has none for a whole line stands in one piece. */
function wrapped(indent: string, text: string, hanging: number): string[] {
  const lines: string[] = [];
  let line = indent;
  let isEmpty = true;
  for (const word of text.split(' ')) {
    if (!isEmpty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = ' '.repeat(hanging);
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}
