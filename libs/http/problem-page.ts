import { readFile } from 'node:fs/promises';
import { PAGE_POLICY, toHtml } from '#paper';
import type { Block } from '#paper';
import { JSON_TYPE } from './answer.js';
import type { Answered } from './answer.js';
import { titleAndDetail } from './catalogue.js';
import type { Language } from './catalogue.js';
import { statusOf } from './statuses.js';
import type { ProblemCode } from './statuses.js';

/** One Markdown file a code, French and then English: beside the sources, and copied beside them into dist. */
const PAGES = new URL('../../docs/problems/', import.meta.url);

const FORMS = ['text/html', 'text/markdown', 'application/json'] as const;
type Form = (typeof FORMS)[number];

/** What a code means, in the form that `Accept` names first: JSON unless it names a page (HTTP page, 2.1). */
export async function problemPage(code: ProblemCode, language: Language, accept = ''): Promise<Answered> {
  const form = formOf(accept);
  const shared = { 'content-language': language, vary: 'Accept, Accept-Language' };
  if (form === 'application/json') {
    return { body: asJson(code, language), headers: { ...shared, 'content-type': JSON_TYPE } };
  }
  const headers = { ...shared, 'content-type': `${form}; charset=utf-8`, 'content-security-policy': PAGE_POLICY };
  const text = partIn(await readFile(new URL(`${code}.md`, PAGES), 'utf8'), language);
  return { body: form === 'text/html' ? asHtml(text, code, language) : text, headers };
}

function formOf(accept: string): Form {
  const named = accept.split(',').map((range) => range.split(';')[0]?.trim().toLowerCase());
  return named.map((type) => FORMS.find((form) => form === type)).find((form) => form) ?? 'application/json';
}

/** The parts of a file begin with their titles, French first. */
function partIn(file: string, language: Language): string {
  const [french = '', english = ''] = file.split(/^(?=# )/m);
  return language === 'fr' ? french.trimEnd().concat('\n') : english;
}

function asJson(code: ProblemCode, language: Language): string {
  const [fr, en] = [titleAndDetail(code, 'fr'), titleAndDetail(code, 'en')];
  return JSON.stringify({ code, status: statusOf(code), ...titleAndDetail(code, language), fr, en });
}

function asHtml(text: string, code: ProblemCode, language: Language): string {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('# ') && !line.startsWith('`'));
  const { title } = titleAndDetail(code, language);
  const head: Block = { sort: 'paragraph', text: `${code} · ${String(statusOf(code))}` };
  return toHtml({ language, title, blocks: [head, ...lines.map(blockOf)] });
}

function blockOf(line: string): Block {
  const isHeading = line.startsWith('## ');
  return isHeading ? { sort: 'heading', level: 2, text: line.slice(3) } : { sort: 'paragraph', text: line };
}
