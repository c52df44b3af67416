import { CommandFailed, LedgerBroken, LedgerStore, StoreFailed } from '#ledger';
import type { Id } from '#kernel';
import { Catch, HttpException } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PRIVATE } from './answer.js';
import type { CallerRequest } from './caller.js';
import type { Language } from './catalogue.js';
import { FaultLog } from './fault-log.js';
import { Problem, problemDocument } from './problem.js';
import { preferredLanguage } from './request-headers.js';
import { RouteTable } from './route-table.js';
import type { ProblemCode } from './statuses.js';

const CODE_OF_STATUS: Readonly<Record<number, ProblemCode>> = {
  400: 'HEADER_INVALID',
  404: 'NOT_FOUND',
  408: 'BODY_TOO_SLOW',
  413: 'BODY_TOO_LARGE',
  414: 'URI_TOO_LONG',
  415: 'MEDIA_TYPE_UNSUPPORTED',
  431: 'HEADERS_TOO_LARGE',
  503: 'NOT_READY',
};

/** Faults of ours, of which the answer tells the correlation alone. */
const FOR_THE_LOG: ReadonlySet<ProblemCode> = new Set(['INTERNAL', 'LEDGER_BROKEN']);

/** The one filter: every fault becomes a problem document, and what is ours is told by its correlation alone. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly store: LedgerStore,
    private readonly routes: RouteTable,
    private readonly log: FaultLog,
  ) {}

  async catch(fault: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const [request, reply] = [http.getRequest<CallerRequest>(), http.getResponse<FastifyReply>()];
    const problem = this.problemOf(fault, request);
    if (FOR_THE_LOG.has(problem.problem)) this.log.write(request.id, fault);
    if (reply.sent) return;
    const language = preferredLanguage(request.headers) ?? (await this.localeOf(problem, request));
    sendProblem(reply, problem, { language, correlation: correlationOf(request) });
  }

  private problemOf(fault: unknown, request: CallerRequest): Problem {
    if (fault instanceof Problem) return fault;
    if (fault instanceof CommandFailed) return new Problem(fault.code);
    if (fault instanceof LedgerBroken) return new Problem('LEDGER_BROKEN');
    if (fault instanceof StoreFailed && fault.code === 'STORAGE_FULL') return new Problem('STORAGE_FULL');
    const status = fault instanceof HttpException ? fault.getStatus() : statusIn(fault);
    const code = CODE_OF_STATUS[status];
    if (code !== 'NOT_FOUND') return new Problem(code ?? 'INTERNAL');
    const allowed = this.routes.methodsAt(request.url);
    return allowed.length > 0 && !allowed.includes(request.method)
      ? new Problem('METHOD_NOT_ALLOWED', { headers: { allow: allowed.join(', ') } })
      : new Problem('NOT_FOUND');
  }

  /** The alliance's language, for those who may know that it is there. */
  private async localeOf(problem: Problem, request: CallerRequest): Promise<Language> {
    const { alliance } = (request.params ?? {}) as { readonly alliance?: Id };
    const isMember = request.reading !== undefined || problem.more.seq !== undefined;
    if (!isMember || alliance === undefined) return 'fr';
    const [first] = await this.store.read(alliance, 0, 1).catch(() => []);
    return first?.body.includes('"locale":"en"') ? 'en' : 'fr';
  }
}

export function sendProblem(
  reply: FastifyReply,
  problem: Problem,
  { language, correlation }: { readonly language: Language; readonly correlation: string },
): void {
  const { headers = {}, seq } = problem.more;
  void reply
    .status(problem.status)
    .headers({
      'cache-control': PRIVATE,
      'content-language': language,
      'content-type': 'application/problem+json; charset=utf-8',
      ...(seq === undefined ? {} : { 'x-seq': seq }),
      ...headers,
    })
    .send(problemDocument(problem, language, correlation));
}

/** The caller's own correlation when it has the form of one; else the request's random id. */
function correlationOf(request: CallerRequest): string {
  const given = request.headers['x-correlation-id'];
  return typeof given === 'string' && /^[0-9a-z-]{26,36}$/i.test(given) ? given : request.id;
}

/** Faults of the framework carry a status; only one that blames the caller is believed. */
function statusIn(fault: unknown): number {
  const status = typeof fault === 'object' && fault !== null && 'statusCode' in fault ? fault.statusCode : 500;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}
