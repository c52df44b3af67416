import type { LedgerStore } from '#ledger';
import { PAGE_POLICY, toHtml, toMarkdown, withTextsOf } from '#paper';
import type { Page } from '#paper';
import type { FastifyReply } from 'fastify';
import { sendTagged } from '../answer.js';
import type { CallerRequest } from '../caller.js';
import { readingOf } from '../caller.js';
import type { Language } from '../catalogue.js';
import { Problem } from '../problem.js';
import { preferredLanguage } from '../request-headers.js';
import { AS_OF } from './ask.js';

/** What every page for people takes. */
export const PAGE_PARAMETERS = ['format', 'language', ...AS_OF] as const;

type Given = Readonly<Record<string, string | undefined>>;

const FORMATS = {
  html: { type: 'text/html; charset=utf-8', write: toHtml },
  markdown: { type: 'text/markdown; charset=utf-8', write: toMarkdown },
} as const;

export interface PageForm {
  readonly language: Language;
  readonly format: (typeof FORMATS)[keyof typeof FORMATS];
}

/** HTML or Markdown, in the language asked for, else preferred, else French. */
export function pageForm(request: CallerRequest, { format = 'html', language }: Given): PageForm {
  if (format !== 'html' && format !== 'markdown') throw Problem.parameter('format');
  return { format: FORMATS[format], language: pageLanguage(request, language) };
}

export function pageLanguage(request: CallerRequest, language: string | undefined): Language {
  if (language === 'fr' || language === 'en') return language;
  if (language !== undefined) throw Problem.parameter('language');
  return preferredLanguage(request.headers) ?? 'fr';
}

export interface Told {
  readonly page: Page;
  readonly form: PageForm;
  readonly knownAt: number;
}

/** A page, which may show its own style and nothing else. */
export function sendPage(request: CallerRequest, reply: FastifyReply, { page, form, knownAt }: Told): void {
  const { type, write } = form.format;
  const headers = { 'x-seq': knownAt, 'content-type': type, 'content-language': form.language };
  sendTagged(reply, request.headers['if-none-match'], knownAt, {
    body: write(page),
    headers: { ...headers, 'content-security-policy': PAGE_POLICY },
  });
}

/** An answer with its sealed texts, as far as the store still has them, and whether the others were erased. */
export async function opened<T>(store: LedgerStore, request: CallerRequest, answer: T) {
  const { alliance } = readingOf(request);
  return withTextsOf(answer, (seq) => store.openings(alliance, seq, seq));
}
