import { CONFIGURATION, PREFIX } from './configuration.js';

/** The page of the configuration keys, made from the schema. */
export function generatedFiles(): Readonly<Record<string, string>> {
  return { 'docs/configuration.md': configurationPage() };
}

function configurationPage(): string {
  const head = ['Key', 'What for', 'Accepts', 'Base'];
  const rows = Object.entries(CONFIGURATION).map(([name, { about, base, read }]) => [
    `\`${PREFIX}${name}\``,
    about,
    read.accepts,
    `\`${String(base)}\``,
  ]);
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [
    '# Configuration',
    '',
    'Keys of the environment, read once at the start. A bad value, or an unknown name with our prefix, stops the start',
    'with every fault listed. This page is made from the schema by `npm run generate`.',
    '',
    line(head),
    line(widths.map((width) => '-'.repeat(width))),
    ...rows.map(line),
    '',
  ].join('\n');
}
