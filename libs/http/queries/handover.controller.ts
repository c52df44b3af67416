import { handoverPaperView } from '#engine';
import type { HandoverAnswer } from '#engine';
import { isId } from '#kernel';
import { LedgerStore } from '#ledger';
import { handover } from '#paper';
import type { View } from '#views';
import { Controller, Get, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Allows } from '../access.js';
import type { CallerRequest } from '../caller.js';
import { ALLIANCE, routeOf } from '../commands/routes.js';
import { Problem } from '../problem.js';
import { readParameters } from '../query-parameters.js';
import { asked } from './ask.js';
import { opened, PAGE_PARAMETERS, pageForm, sendPage } from './pages.js';
import { ViewQuery } from './view-query.js';

export const HANDOVER = `${ALLIANCE}/partners/{partnerId}/handover-dossier`;

/** The handover dossier of a partner as a page for people: HTML, or Markdown, in French or English. */
@Controller()
export class HandoverController {
  constructor(
    private readonly bus: QueryBus,
    private readonly store: LedgerStore,
  ) {}

  @Get(routeOf(HANDOVER))
  @Allows('member')
  async get(@Req() request: CallerRequest, @Res() reply: FastifyReply): Promise<void> {
    const given = readParameters(request, PAGE_PARAMETERS);
    const form = pageForm(request, given);
    const { partnerId } = request.params as Readonly<Record<string, string>>;
    if (!isId(partnerId)) throw new Problem('NOT_FOUND');
    const question = asked(request, given, { partnerId });
    const answered = await this.bus.execute(new ViewQuery(handoverPaperView as unknown as View, question));
    const { data, trueOn, knownAt } = answered;
    if (data === null) throw new Problem('NOT_FOUND');
    const facts = await opened(this.store, request, data as HandoverAnswer);
    const page = handover({ ...facts.data, isWhole: facts.isWhole, trueOn, knownAt }, form.language);
    sendPage(request, reply, { page, form, knownAt });
  }
}
