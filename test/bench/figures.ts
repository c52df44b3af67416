import { cpus } from 'node:os';

/** One line of the table. `isReached` is absent for what is printed and not judged. */
export interface Figure {
  readonly what: string;
  readonly value: string;
  readonly target?: string;
  readonly isReached?: boolean;
}

export interface Bench {
  readonly name: string;
  run(print: (line: string) => void): Promise<readonly Figure[]>;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}

/** A share of a raw limit, in percent, against the least that it must be. */
export function share(what: string, ratio: number, least: number): Figure {
  return {
    what,
    value: `${(100 * ratio).toFixed(0)} %`,
    target: `>= ${(100 * least).toFixed(0)} %`,
    isReached: ratio >= least,
  };
}

export function atLeast(what: string, value: number, least: number, unit: string): Figure {
  return { what, value: `${whole(value)} ${unit}`, target: `>= ${whole(least)} ${unit}`, isReached: value >= least };
}

export function atMost(what: string, value: number, most: number, unit: string): Figure {
  const shown = value < 100 ? value.toFixed(1) : whole(value);
  return { what, value: `${shown} ${unit}`, target: `<= ${whole(most)} ${unit}`, isReached: value <= most };
}

/** Where and on what the figures were taken. */
export function machine(): string {
  const { length } = cpus();
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  return `${String(length)} cores (${model}), ${process.platform} ${process.arch}, Node ${process.version}`;
}

export function table(figures: readonly Figure[]): string {
  const rows = [
    ['figure', 'value', 'target', ''],
    ...figures.map(({ what, value, target = 'printed only', isReached }) => [what, value, target, verdict(isReached)]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}

function verdict(isReached: boolean | undefined): string {
  if (isReached === undefined) return '';
  return isReached ? 'reached' : 'NOT reached';
}
