import type { Json } from '#kernel';
import { LedgerStore } from '#ledger';
import { EXPORT_FORMATS, exportFile } from '#paper';
import { Controller, Get, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { hash } from 'node:crypto';
import { Allows } from '../access.js';
import { sendTagged } from '../answer.js';
import type { CallerRequest } from '../caller.js';
import { ALLIANCE, routeOf } from '../commands/routes.js';
import { Problem } from '../problem.js';
import { readFields, readParameters } from '../query-parameters.js';
import { AS_OF, asked } from './ask.js';
import { assertNamed } from './named-objects.js';
import { opened, pageLanguage } from './pages.js';
import { ViewQuery } from './view-query.js';

export const EXPORTS = `${ALLIANCE}/exports/{format}`;
/** What one format or another takes beside the dates; never an order. */
export const EXPORT_PARAMETERS = ['partnerId', 'year', 'edition', 'language', ...AS_OF] as const;

/** Files to keep: tables and canonical JSON, each with the digest of its bytes (RFC 9530). */
@Controller()
export class ExportsController {
  constructor(
    private readonly bus: QueryBus,
    private readonly store: LedgerStore,
  ) {}

  @Get(routeOf(EXPORTS))
  @Allows('member')
  async get(@Req() request: CallerRequest, @Res() reply: FastifyReply): Promise<void> {
    const { format: name = '' } = request.params as Readonly<Record<string, string>>;
    const format = EXPORT_FORMATS.get(name);
    if (!format) throw new Problem('NOT_FOUND');
    const given = readParameters(request, [...Object.keys(format.view.params), 'language', ...AS_OF]);
    const language = pageLanguage(request, given['language']);
    const question = asked(request, given, readFields(format.view.params, given));
    const { data, trueOn, knownAt } = await this.bus.execute(new ViewQuery(format.view, question));
    if (data === null) throw new Problem('NOT_FOUND');
    await assertNamed(this.bus, question, knownAt);
    const facts = await opened(this.store, request, data as Json);
    const about = { alliance: question.alliance, trueOn, knownAt, language, isWhole: facts.isWhole };
    const file = exportFile(format, facts.data, about);
    const headers = {
      'x-seq': knownAt,
      'content-type': file.type,
      'content-language': language,
      'content-disposition': `attachment; filename="${file.name}"`,
      'content-digest': `sha-256=:${hash('sha256', file.body, 'base64')}:`,
    };
    sendTagged(reply, request.headers['if-none-match'], knownAt, { body: file.body, headers });
  }
}
