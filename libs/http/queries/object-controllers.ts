import type { View } from '#views';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Allows } from '../access.js';
import { sendTagged } from '../answer.js';
import { accountOf } from '../caller.js';
import type { CallerRequest } from '../caller.js';
import { ALLIANCE, routeOf } from '../commands/routes.js';
import { Problem } from '../problem.js';
import { readCount, readFields, readParameters } from '../query-parameters.js';
import { AS_OF, asked } from './ask.js';
import { Cursors } from './cursors.js';
import { COLLECTIONS, FILTER_FIELDS, FILTERS, objectListView, objectView } from './object-views.js';
import type { ObjectPage, Shown } from './object-views.js';
import { ViewQuery } from './view-query.js';

export const PAGE = { base: 50, max: 200 };
export const PAGING = ['limit', 'cursor', ...AS_OF] as const;
const LIST_PARAMETERS = [...FILTERS, ...PAGING];

export function listTemplate(collection: string): string {
  return `${ALLIANCE}/${collection}`;
}

export function objectTemplate(collection: string): string {
  return `${listTemplate(collection)}/{id}`;
}

/** `GET /things` and `GET /things/{id}` for each collection. */
export function objectControllers(): Type[] {
  return COLLECTIONS.map(controllerOf);
}

function controllerOf(collection: string): Type {
  @Controller()
  class ObjectsController {
    constructor(
      @Inject(QueryBus) private readonly bus: QueryBus,
      @Inject(Cursors) private readonly cursors: Cursors,
    ) {}

    @Get(routeOf(listTemplate(collection)))
    @Allows('member')
    async list(@Req() request: CallerRequest, @Res() reply: FastifyReply): Promise<void> {
      const { limit, cursor, ...given } = readParameters(request, LIST_PARAMETERS);
      const count = readCount('limit', limit, PAGE);
      const question = asked(request, given, {});
      const wanted = readFields(FILTER_FIELDS, given) as Readonly<Record<string, string>>;
      const list = [accountOf(request), question.alliance, collection, JSON.stringify(given)];
      const after = this.cursors.read(list, cursor);
      const params = { collection, limit: String(count), ...wanted, ...(after === undefined ? {} : { after }) };
      const { data, knownAt, stale } = await this.bus.execute(
        new ViewQuery(objectListView as unknown as View, { ...question, params }),
      );
      const { items, next } = data as ObjectPage;
      const cursorNext = next === undefined ? null : this.cursors.make(list, next);
      const body = JSON.stringify({ items, next: cursorNext, seq: knownAt, stale });
      const headers = { 'x-seq': knownAt, ...linkOf(request, cursorNext) };
      sendTagged(reply, request.headers['if-none-match'], knownAt, { body, headers });
    }

    @Get(routeOf(objectTemplate(collection)))
    @Allows('member')
    async get(@Req() request: CallerRequest, @Res() reply: FastifyReply): Promise<void> {
      const { id = '' } = request.params as Readonly<Record<string, string>>;
      const given = readParameters(request, AS_OF);
      const question = asked(request, given, { collection, id });
      const { data, knownAt } = await this.bus.execute(new ViewQuery(objectView as unknown as View, question));
      if (!data) throw new Problem('NOT_FOUND');
      const object = data as Shown;
      const body = JSON.stringify(object);
      sendTagged(reply, request.headers['if-none-match'], object.lastSeq, { body, headers: { 'x-seq': knownAt } });
    }
  }
  Object.defineProperty(ObjectsController, 'name', { value: `${collection}-objects` });
  return ObjectsController;
}

function linkOf(request: CallerRequest, cursor: string | null): Readonly<Record<string, string>> {
  if (cursor === null) return {};
  const url = new URL(request.url, 'http://localhost');
  url.searchParams.set('cursor', cursor);
  return { link: `<${url.pathname}${url.search}>; rel="next"` };
}
