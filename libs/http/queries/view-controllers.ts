import { agendaView, inOrder } from '#engine';
import type { Agenda } from '#engine';
import type { View } from '#views';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Allows } from '../access.js';
import { sendTagged } from '../answer.js';
import { readingOf } from '../caller.js';
import type { CallerRequest } from '../caller.js';
import { ALLIANCE, routeOf } from '../commands/routes.js';
import { readFields, readParameters } from '../query-parameters.js';
import { AS_OF, asked } from './ask.js';
import { AwaitedSignatures } from './awaited-signatures.js';
import { assertNamed } from './named-objects.js';
import { ViewQuery } from './view-query.js';

export function viewTemplate(view: View): string {
  return `${ALLIANCE}/views/${view.name}`;
}

/** One controller for each view of the composition. */
export function viewControllers(views: readonly View[]): Type[] {
  return views.map(controllerOf);
}

function controllerOf(view: View): Type {
  @Controller()
  class ViewController {
    constructor(
      @Inject(QueryBus) private readonly bus: QueryBus,
      @Inject(AwaitedSignatures) private readonly signatures: AwaitedSignatures,
    ) {}

    @Get(routeOf(viewTemplate(view)))
    @Allows('member')
    async handle(@Req() request: CallerRequest, @Res() reply: FastifyReply): Promise<void> {
      const given = readParameters(request, [...Object.keys(view.params), ...AS_OF]);
      const question = asked(request, given, readFields(view.params, given));
      const answered = await this.bus.execute(new ViewQuery(view, question));
      const { trueOn, knownAt, stale } = answered;
      await assertNamed(this.bus, question, knownAt);
      const isAgenda = view.name === agendaView.name && !AS_OF.some((name) => given[name] !== undefined);
      const data = isAgenda ? await this.withSignatures(request, answered.data as Agenda) : answered.data;
      const body = JSON.stringify({ view: view.name, trueOn, knownAt, seq: knownAt, stale, data });
      const headers = { 'x-seq': knownAt };
      sendTagged(reply, request.headers['if-none-match'], knownAt, { body, headers });
    }

    /** Of now alone: nobody knows who had signed what on an earlier day. */
    private async withSignatures(request: CallerRequest, agenda: Agenda): Promise<Agenda> {
      const awaited = await this.signatures.of(readingOf(request), agenda.partnerId);
      return { ...agenda, items: [...agenda.items, ...awaited].sort(inOrder) };
    }
  }
  Object.defineProperty(ViewController, 'name', { value: `${view.name}-view` });
  return ViewController;
}
