import { minutesView, proposalMinutesView } from '#engine';
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
export const PROPOSAL_MINUTES = `${ALLIANCE}/proposals/{proposalId}/minutes`;

/** The minutes of a decision, or of a proposal whatever became of it, as a page: HTML or Markdown, French or English. */
@Controller()
export class MinutesController {
  constructor(
    private readonly bus: QueryBus,
    private readonly store: LedgerStore,
  ) {}

  @Get(routeOf(MINUTES))
  @Allows('member')
  async ofDecision(@Req() request: CallerRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.send(minutesView, request, reply);
  }

  @Get(routeOf(PROPOSAL_MINUTES))
  @Allows('member')
  async ofProposal(@Req() request: CallerRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.send(proposalMinutesView, request, reply);
  }

  private async send(view: View, request: CallerRequest, reply: FastifyReply): Promise<void> {
    const given = readParameters(request, PAGE_PARAMETERS);
    const form = pageForm(request, given);
    const { alliance: _, ...named } = request.params as Readonly<Record<string, string>>;
    if (!Object.values(named).every(isId)) throw new Problem('NOT_FOUND');
    const { data, knownAt } = await this.bus.execute(new ViewQuery(view, asked(request, given, named)));
    const { minutes: found } = data as { readonly minutes: MinutesAnswer | null };
    if (!found) throw new Problem('NOT_FOUND');
    const { data: facts, isWhole } = await opened(this.store, request, found);
    sendPage(request, reply, { page: minutes({ ...facts, isWhole, knownAt }, form.language), form, knownAt });
  }
}
