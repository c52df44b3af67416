import { argumentsSchema, COMMAND_NAMES, commandDefinition } from '#contracts';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Allows } from './access.js';
import { sendJson } from './answer.js';
import type { CallerRequest } from './caller.js';
import { templateOf } from './commands/routes.js';
import { OPENAPI } from './openapi.js';
import { Problem } from './problem.js';
import { problemPage } from './problem-page.js';
import { readParameters } from './query-parameters.js';
import { Readiness } from './readiness.js';
import { preferredLanguage } from './request-headers.js';
import { PROBLEM_CODES } from './statuses.js';
import type { ProblemCode } from './statuses.js';

/** Open to other origins: nothing of an alliance is in it. */
const SHARED = { 'cache-control': 'public, max-age=60', 'access-control-allow-origin': '*' };

const COMMANDS = JSON.stringify({
  items: COMMAND_NAMES.map((name) => {
    const { who, status } = commandDefinition(name);
    return { name, path: templateOf(name), method: 'POST', status, who, arguments: argumentsSchema(name) };
  }),
});

/** What the server says of itself, without login. */
@Controller()
export class MetaController {
  constructor(
    @Inject(OPENAPI) private readonly openapi: string,
    private readonly readiness: Readiness,
  ) {}

  /** Names, argument schemas, paths and who may, of every command. */
  @Get('/v1/commands')
  @Allows('public')
  commands(@Req() request: CallerRequest, @Res() reply: FastifyReply): void {
    readParameters(request, []);
    sendJson(reply, { body: COMMANDS, headers: SHARED });
  }

  @Get('/openapi.json')
  @Allows('public')
  document(@Req() request: CallerRequest, @Res() reply: FastifyReply): void {
    readParameters(request, []);
    sendJson(reply, { body: this.openapi, headers: SHARED });
  }

  /** The page that the `type` of a problem names. */
  @Get('/problems/:code')
  @Allows('public')
  async problem(@Req() request: CallerRequest, @Res() reply: FastifyReply): Promise<void> {
    readParameters(request, []);
    const { code = '' } = request.params as Readonly<Record<string, string>>;
    if (!isCode(code)) throw new Problem('NOT_FOUND');
    const language = preferredLanguage(request.headers) ?? 'fr';
    const { body, headers } = await problemPage(code, language, request.headers.accept);
    sendJson(reply, { body, headers: { ...SHARED, ...headers } });
  }

  /** The loop turns. */
  @Get('/livez')
  @Allows('public')
  live(@Res() reply: FastifyReply): void {
    sendJson(reply, { body: '{"status":"ok"}' });
  }

  @Get('/readyz')
  @Allows('public')
  async ready(@Res() reply: FastifyReply): Promise<void> {
    if (!(await this.readiness.check())) throw new Problem('NOT_READY', { headers: { 'retry-after': '1' } });
    sendJson(reply, { body: '{"status":"ready"}' });
  }
}

function isCode(code: string): code is ProblemCode {
  return (PROBLEM_CODES as readonly string[]).includes(code);
}
