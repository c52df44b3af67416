import { handoverPaperView, statementPaperView } from '#engine';
import type { HandoverAnswer, StatementAnswer } from '#engine';
import { isId } from '#kernel';
import type { Day } from '#kernel';
import { LedgerStore } from '#ledger';
import { handover, statement } from '#paper';
import type { Page } from '#paper';
import type { View } from '#views';
import { Controller, Get, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Allows } from '../access.js';
import type { CallerRequest } from '../caller.js';
import type { Language } from '../catalogue.js';
import { ALLIANCE, routeOf } from '../commands/routes.js';
import { Problem } from '../problem.js';
import { readParameters } from '../query-parameters.js';
import { asked } from './ask.js';
import { opened, PAGE_PARAMETERS, pageForm, sendPage } from './pages.js';
import { ViewQuery } from './view-query.js';

export const STATEMENT = `${ALLIANCE}/partners/{partnerId}/statement`;
export const HANDOVER = `${ALLIANCE}/partners/{partnerId}/handover-dossier`;

/** What a page adds to the answer of its view: whether missing texts were erased, and as of when it is told. */
interface As {
  readonly isWhole: boolean;
  readonly trueOn: Day;
  readonly knownAt: number;
}

/** A view of one partner and the page that tells it. */
interface Paper<T> {
  readonly view: View;
  readonly tell: (facts: T & As, language: Language) => Page;
}

/** What a partner promised and gave, and what its next person has to know, as pages: HTML or Markdown, French or English. */
@Controller()
export class PartnerPapersController {
  constructor(
    private readonly bus: QueryBus,
    private readonly store: LedgerStore,
  ) {}

  @Get(routeOf(STATEMENT))
  @Allows('member')
  async statement(@Req() request: CallerRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.send<StatementAnswer>({ view: statementPaperView, tell: statement }, request, reply);
  }

  @Get(routeOf(HANDOVER))
  @Allows('member')
  async handover(@Req() request: CallerRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.send<HandoverAnswer>({ view: handoverPaperView, tell: handover }, request, reply);
  }

  private async send<T>({ view, tell }: Paper<T>, request: CallerRequest, reply: FastifyReply): Promise<void> {
    const given = readParameters(request, PAGE_PARAMETERS);
    const form = pageForm(request, given);
    const { partnerId } = request.params as Readonly<Record<string, string>>;
    if (!isId(partnerId)) throw new Problem('NOT_FOUND');
    const answered = await this.bus.execute(new ViewQuery(view, asked(request, given, { partnerId })));
    const { trueOn, knownAt } = answered;
    if (answered.data === null) throw new Problem('NOT_FOUND');
    const { data, isWhole } = await opened(this.store, request, answered.data as T);
    sendPage(request, reply, { page: tell({ ...data, isWhole, trueOn, knownAt }, form.language), form, knownAt });
  }
}
