import type { Language } from '#words';
import type { Block, Cell, Page } from './document.js';
import { COLON, SEMICOLON } from './typography.js';

/** The page in CommonMark with tables, ending with a line feed; the same page gives the same bytes. */
export function toMarkdown({ title, blocks, language }: Page): string {
  return `${[`# ${inline(title)}`, ...blocks.map((block) => blockText(block, language))].join('\n\n')}\n`;
}

function blockText(block: Block, language: Language): string {
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
      return block.facts.map(([name, value]) => `- **${inline(name)}**${COLON[language]}${inline(value)}`).join('\n');
    case 'table':
      return [
        row(block.head.map(inline)),
        row(block.head.map(() => '---')),
        ...block.rows.map((cells) => row(cells.map((cell) => cellText(cell, language)))),
      ].join('\n');
  }
}

/** A cell is one line here. */
function cellText(cell: Cell, language: Language): string {
  return (typeof cell === 'string' ? [cell] : cell).map(inline).join(SEMICOLON[language]);
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/**
 * One line in which nothing is markup: no heading, list, link, emphasis, cell or raw HTML can be begun by a text, and no
 * address of a site or mailbox becomes a link by itself. No-break spaces stay.
 */
function inline(text: string): string {
  return text
    .replace(/[^\S\u00a0\u202f]+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>|~&@]/g, '\\$&')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/\b(www|mailto|xmpp)(?=[.:])/gi, '$1\\')
    .replace(/^(?=[-=:.#+])/, '\\')
    .replace(/^(\d+)(?=[.)])/, '$1\\');
}
