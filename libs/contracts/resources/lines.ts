import type { ResourceKind } from '../enums.js';
import { refuse } from '#kernel';
import type { Refusal } from '#kernel';
import { parseAmount, parseSignedAmount, stepOf } from './amounts.js';
import { currencyDecimals } from './currencies.js';
import { kindRank, resourceKind } from './resource-kinds.js';

/** A kind in a unit. Amounts of two lines are never added, converted or compared (part 2, 1.2). */
export interface Line {
  readonly kind: ResourceKind;
  readonly unit: string;
}

/** The order of lines everywhere: kinds as in 1.3, then units in code-point order. */
export function compareLines(a: Line, b: Line): number {
  return kindRank(a.kind) - kindRank(b.kind) || (a.unit < b.unit ? -1 : a.unit > b.unit ? 1 : 0);
}

export function sameLine(a: Line, b: Line): boolean {
  return a.kind === b.kind && a.unit === b.unit;
}

export function lineKey(line: Line): string {
  return `${line.kind}/${line.unit}`;
}

/** The distinct lines of some items, in the order of lines. */
export function linesOf(items: Iterable<Line>): readonly Line[] {
  const lines = new Map<string, Line>();
  for (const { kind, unit } of items) lines.set(lineKey({ kind, unit }), { kind, unit });
  return [...lines.values()].sort(compareLines);
}

/** A line that exists: a known kind in one of its units (part 2, 1.3). */
export function lineFault({ kind, unit }: Line, pointer = ''): Refusal | undefined {
  const row = resourceKind(kind);
  if (!row) return refuse('UNKNOWN_KIND', { pointer: `${pointer}/kind` });
  const allowed =
    row.units === 'currency' ? currencyDecimals(unit) !== undefined : row.units.some((known) => known === unit);
  return allowed ? undefined : refuse('UNIT_NOT_ALLOWED', { pointer: `${pointer}/unit`, rule: `units of ${kind}` });
}

/** The same for pledges, commitments and contributions: a guarantee enters by an offer alone (part 2, 1.3). */
export function givenLineFault(line: Line): Refusal | undefined {
  return line.kind === 'guarantee' ? refuse('GUARANTEE_BY_OFFER', { pointer: '/kind' }) : lineFault(line);
}

/** An amount in an event is above 0 and a multiple of the step of its unit (part 2, 1.2). */
export function amountFault(text: string, unit: string, pointer = '/amount'): Refusal | undefined {
  const amount = parseAmount(text);
  return amount !== undefined && amount > 0n && isMultiple(amount, unit) ? undefined : amountInvalid(pointer);
}

/** The same for a signed delta, which is never 0. */
export function deltaFault(text: string, unit: string): Refusal | undefined {
  const delta = parseSignedAmount(text);
  return delta !== undefined && delta !== 0n && isMultiple(delta, unit) ? undefined : amountInvalid('/delta');
}

/** The first line or amount at fault in a list: requests of a version, ceilings of a mandate or of silence. */
export function amountLinesFault(
  list: readonly (Line & { readonly amount: string })[],
  pointer: string,
): Refusal | undefined {
  for (const [index, line] of list.entries()) {
    const at = `${pointer}/${String(index)}`;
    const fault = lineFault(line, at) ?? amountFault(line.amount, line.unit, `${at}/amount`);
    if (fault) return fault;
  }
  return undefined;
}

function isMultiple(amount: bigint, unit: string): boolean {
  const step = stepOf(unit);
  return step !== undefined && amount % step === 0n;
}

function amountInvalid(pointer: string): Refusal {
  return refuse('AMOUNT_INVALID', { pointer, rule: 'canonical decimal string, a multiple of the step of its unit' });
}
