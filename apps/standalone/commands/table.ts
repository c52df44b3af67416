import type { Json } from '#kernel';
import type { Terminal } from '../subcommand.js';

const WIDTH = 100;
const MAX_CELL = 40;

/** An answer as indented text with a table for each list of records, at most 100 columns wide. */
export function showTable(value: Json, terminal: Terminal, depth = 0): void {
  const indent = '  '.repeat(depth);
  if (!isMembers(value)) return terminal.out(indent + cell(value));
  for (const [name, member] of Object.entries(value)) {
    if (isRecords(member)) {
      terminal.out(`${indent}${name}:`);
      for (const line of rowsOf(member)) terminal.out(indent + line);
    } else if (isMembers(member)) {
      terminal.out(`${indent}${name}:`);
      showTable(member, terminal, depth + 1);
    } else {
      terminal.out(`${indent}${name}: ${cell(member ?? null)}`);
    }
  }
}

type Members = Readonly<Record<string, Json | undefined>>;

function isMembers(value: Json | undefined): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isRecords(value: Json | undefined): value is readonly Members[] {
  return Array.isArray(value) && value.length > 0 && value.every((item: Json) => isMembers(item));
}

/** Columns of scalars only; as many as fit, the others are in `--json`. */
function rowsOf(records: readonly Members[]): string[] {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const scalar = names.filter((name) =>
    records.every((record) => typeof record[name] !== 'object' || record[name] === null),
  );
  const cells = [scalar, ...records.map((record) => scalar.map((name) => cell(record[name] ?? null)))];
  const widths = scalar.map((_name, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  let used = 2;
  const fitting = widths.map((width) => (used += width + 2) <= WIDTH);
  return cells.map((row) =>
    `  ${row
      .filter((_text, column) => fitting[column])
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')}`.trimEnd(),
  );
}

function cell(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > MAX_CELL ? `${text.slice(0, MAX_CELL - 1)}…` : text;
}
