import { createHash } from 'node:crypto';
import type { Block, Cell, Page } from './document.js';

/** Fit to read on a screen and to print on A4; no picture, script or outside address. */
const STYLE = [
  'body{font:16px/1.5 Georgia,serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}',
  'h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.25rem;border-bottom:1px solid #999;margin-top:2rem}h3{font-size:1.05rem}',
  'h1,h2,h3,blockquote,p,dd{overflow-wrap:anywhere}td,th{overflow-wrap:break-word}td.long{overflow-wrap:anywhere}',
  'table{border-collapse:collapse;width:100%;margin:1rem 0;font-size:.9em;line-height:1.35}',
  'th,td{border:1px solid #999;padding:.3rem .5rem;text-align:left;vertical-align:top}th{background:#eee}',
  'td>span{display:block}td>span+span{margin-top:.25rem}td{white-space:pre-line}',
  'table.small{font-size:.75em}table.small td,table.small th{padding:.15rem .35rem}',
  'dl{display:grid;grid-template-columns:minmax(9rem,max-content) 1fr;gap:.2rem 1rem}dt{font-weight:bold}dd{margin:0}',
  'blockquote{margin:1rem 0;padding-left:1rem;border-left:3px solid #999;white-space:pre-wrap}',
  '@page{size:A4;margin:18mm 16mm}',
  '@media print{body{margin:0;padding:0;max-width:none;font-size:10.5pt}h2,h3{break-after:avoid}tr,dt,dd{break-inside:avoid}thead{display:table-header-group}th{print-color-adjust:exact}}',
].join('\n');

/** What lets a browser show the page and nothing else: its one style, by hash (CSP level 3). */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; frame-ancestors 'none'; sandbox`;

/** A whole HTML document in UTF-8; the same page gives the same bytes. */
export function toHtml({ language, title, blocks }: Page): string {
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${STYLE}</style>`;
  const body = [`<h1>${escaped(title)}</h1>`, ...blocks.map(blockHtml)].join('\n');
  return `<!doctype html>\n<html lang="${language}">\n<head>${head}</head>\n<body>\n${body}\n</body>\n</html>\n`;
}

function blockHtml(block: Block): string {
  switch (block.sort) {
    case 'heading':
      return `<h${block.level}>${escaped(block.text)}</h${block.level}>`;
    case 'paragraph':
      return `<p>${escaped(block.text)}</p>`;
    case 'quote':
      return `<blockquote>${escaped(block.text)}</blockquote>`;
    case 'facts':
      return `<dl>\n${block.facts.map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`).join('\n')}\n</dl>`;
    case 'table':
      return `<table${block.small ? ' class="small"' : ''}>\n<thead>${row('th', block.head)}</thead>\n<tbody>\n${block.rows.map((cells) => row('td', cells)).join('\n')}\n</tbody>\n</table>`;
  }
}

/** Such as a hash: it may be cut, so that the table fits the page. A word or a figure stays whole. */
const LONG_WORD = /\S{25}/;

function row(tag: 'th' | 'td', cells: readonly Cell[]): string {
  const scope = tag === 'th' ? ' scope="col"' : '';
  const long = (cell: Cell): string => (tag === 'td' && LONG_WORD.test([cell].flat().join(' ')) ? ' class="long"' : '');
  return `<tr>${cells.map((cell) => `<${tag}${scope}${long(cell)}>${cellHtml(cell)}</${tag}>`).join('')}</tr>`;
}

function cellHtml(cell: Cell): string {
  if (typeof cell === 'string') return escaped(cell);
  return cell.map((text) => `<span>${escaped(text)}</span>`).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
