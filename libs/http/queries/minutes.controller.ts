import { minutesView } from '#engine';
import type { MinutesAnswer } from '#engine';
import { isId } from '#kernel';
import type { Json } from '#kernel';
import { LedgerStore } from '#ledger';
import { minutes, PAGE_POLICY, toHtml, toMarkdown, withTexts } from '#paper';
import type { View } from '#views';
import { Controller, Get, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Allows } from '../access.js';
import { sendTagged } from '../answer.js';
import type { CallerRequest } from '../caller.js';
import type { Language } from '../catalogue.js';
import { ALLIANCE, routeOf } from '../commands/routes.js';
import { Problem } from '../problem.js';
import { readParameters } from '../query-parameters.js';
import { preferredLanguage } from '../request-headers.js';
import { AS_OF, asked } from './ask.js';
import { ViewQuery } from './view-query.js';

export const MINUTES = `${ALLIANCE}/decisions/{decisionId}/minutes`;
export const MINUTES_PARAMETERS = ['format', 'language', ...AS_OF] as const;

const FORMATS = {
  html: { type: 'text/html; charset=utf-8', write: toHtml },
  markdown: { type: 'text/markdown; charset=utf-8', write: toMarkdown },
} as const;

/** The minutes of a decision as a page for people: HTML, or Markdown, in French or English. */
@Controller()
export class MinutesController {
  constructor(
    private readonly bus: QueryBus,
    private readonly store: LedgerStore,
  ) {}

  @Get(routeOf(MINUTES))
  @Allows('member')
  async get(@Req() request: CallerRequest, @Res() reply: FastifyReply): Promise<void> {
    const given = readParameters(request, MINUTES_PARAMETERS);
    const { type, write } = formatOf(given['format']);
    const { decisionId } = request.params as Readonly<Record<string, string>>;
    if (!isId(decisionId)) throw new Problem('NOT_FOUND');
    const question = asked(request, given, { decisionId });
    const { data, knownAt } = await this.bus.execute(new ViewQuery(minutesView as unknown as View, question));
    const { minutes: found } = data as { readonly minutes: MinutesAnswer | null };
    if (!found) throw new Problem('NOT_FOUND');
    const openingsOf = (seq: number) => this.store.openings(question.alliance, seq, seq);
    const opened = (await withTexts(found as unknown as Json, openingsOf)) as unknown as MinutesAnswer;
    const language = languageOf(given['language']) ?? preferredLanguage(request.headers) ?? 'fr';
    const body = write(minutes({ ...opened, knownAt }, language));
    const headers = { 'x-seq': knownAt, 'content-type': type, 'content-language': language };
    sendTagged(reply, request.headers['if-none-match'], knownAt, {
      body,
      headers: { ...headers, 'content-security-policy': PAGE_POLICY },
    });
  }
}

function formatOf(format = 'html'): (typeof FORMATS)[keyof typeof FORMATS] {
  if (format === 'html' || format === 'markdown') return FORMATS[format];
  throw Problem.parameter('format');
}

function languageOf(language: string | undefined): Language | undefined {
  if (language === undefined || language === 'fr' || language === 'en') return language;
  throw Problem.parameter('language');
}
