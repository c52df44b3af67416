import type { View } from '#views';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Allows } from '../access.js';
import { sendTagged } from '../answer.js';
import type { CallerRequest } from '../caller.js';
import { ALLIANCE, routeOf } from '../commands/routes.js';
import { readFields, readParameters } from '../query-parameters.js';
import { AS_OF, asked } from './ask.js';
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
    constructor(@Inject(QueryBus) private readonly bus: QueryBus) {}

    @Get(routeOf(viewTemplate(view)))
    @Allows('member')
    async handle(@Req() request: CallerRequest, @Res() reply: FastifyReply): Promise<void> {
      const given = readParameters(request, [...Object.keys(view.params), ...AS_OF]);
      const question = asked(request, given, readFields(view.params, given));
      const answered = await this.bus.execute(new ViewQuery(view, question));
      const { trueOn, knownAt, stale, data } = answered;
      const body = JSON.stringify({ view: view.name, trueOn, knownAt, seq: knownAt, stale, data });
      const headers = { 'x-seq': knownAt };
      sendTagged(reply, request.headers['if-none-match'], knownAt, { body, headers });
    }
  }
  Object.defineProperty(ViewController, 'name', { value: `${view.name}-view` });
  return ViewController;
}
