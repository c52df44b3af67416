import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { installBodyGate, MAX_BODY_BYTES } from './body-gate.js';
import { answerClientError } from './client-error.js';
import { HttpModule } from './http.module.js';
import type { HttpOptions } from './http.module.js';
import { Problem } from './problem.js';
import { sendProblem } from './problem.filter.js';
import { preferredLanguage } from './request-headers.js';
import { RouteTable } from './route-table.js';
import { installHooks, installMeter, SECURITY_HEADERS } from './server-hooks.js';

/** Time limits and sizes of a request (HTTP page, 2.4). */
const LIMITS = {
  bodyLimit: MAX_BODY_BYTES,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  http: { maxHeaderSize: 16_384, headersTimeout: 10_000 },
} as const;

export interface AppOptions extends HttpOptions {
  /** Names with port that the server answers to, beside the loopback's. */
  readonly hosts?: readonly string[];
  /** Told of each request that was answered: its route as a template, its status, how long it took. */
  readonly answered?: (route: string, status: number, seconds: number) => void;
}

/** The application, ready to listen or to be asked in process. */
export async function createApp(options: AppOptions): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    ...LIMITS,
    genReqId: () => randomUUID(),
    clientErrorHandler: answerClientError,
    frameworkErrors: (_fault: Error, request: FastifyRequest, reply: FastifyReply) => {
      // A path that the router cannot even read names nothing.
      void reply.headers(SECURITY_HEADERS);
      const language = preferredLanguage(request.headers) ?? 'fr';
      sendProblem(reply, new Problem('NOT_FOUND'), { language, correlation: request.id });
    },
  });
  const app = await NestFactory.create<NestFastifyApplication>(HttpModule.of(options), adapter, {
    bodyParser: false,
    // What fails is thrown to who starts the application, or written by the fault log: no second, coloured log.
    logger: false,
    abortOnError: false,
  });
  const server = adapter.getInstance();
  app.get(RouteTable).watch(server);
  installBodyGate(server);
  installHooks(server, options.hosts ?? []);
  if (options.answered) installMeter(server, options.answered);
  await app.init();
  await server.ready();
  return app;
}
