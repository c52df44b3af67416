import { minutesView } from '#engine';
import type { MinutesAnswer } from '#engine';
import { isId } from '#kernel';
import { LedgerStore } from '#ledger';
import { minutes } from '#paper';
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

export const MINUTES = `${ALLIANCE}/decisions/{decisionId}/minutes`;

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
    const given = readParameters(request, PAGE_PARAMETERS);
    const form = pageForm(request, given);
    const { decisionId } = request.params as Readonly<Record<string, string>>;
    if (!isId(decisionId)) throw new Problem('NOT_FOUND');
    const question = asked(request, given, { decisionId });
    const { data, knownAt } = await this.bus.execute(new ViewQuery(minutesView as unknown as View, question));
    const { minutes: found } = data as { readonly minutes: MinutesAnswer | null };
    if (!found) throw new Problem('NOT_FOUND');
    const { data: facts, isWhole } = await opened(this.store, request, found);
    sendPage(request, reply, { page: minutes({ ...facts, isWhole, knownAt }, form.language), form, knownAt });
  }
}
