import type { Block, Page } from './document.js';

/** The page in CommonMark with tables, ending with a line feed; the same page gives the same bytes. */
export function toMarkdown({ title, blocks }: Page): string {
  return `${[`# ${inline(title)}`, ...blocks.map(blockText)].join('\n\n')}\n`;
}

function blockText(block: Block): string {
  switch (block.sort) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${inline(block.text)}`;
    case 'paragraph':
      return inline(block.text);
    case 'quote':
      return block.text
        .split('\n')
        .map((line) => `> ${inline(line)}`.trimEnd())
        .join('\n');
    case 'facts':
      return block.facts.map(([name, value]) => `- **${inline(name)}**: ${inline(value)}`).join('\n');
    case 'table':
      return [
        row(block.head),
        row(block.head.map(() => '---')),
        ...block.rows.map((cells) => row(cells.map(inline))),
      ].join('\n');
  }
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** One line in which nothing is markup: no heading, list, link, emphasis, cell or raw HTML can be begun by a text. */
function inline(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>|~&]/g, '\\$&')
    .replace(/^(?=[-=:.#+])/, '\\')
    .replace(/^(\d+)(?=[.)])/, '$1\\');
}
