import { Controller, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import 'reflect-metadata';
import { serveParent } from './served.js';

// Nest on Fastify with its own parser, the same route, and one constant answer: the limit of the framework.
const answer = JSON.parse(process.argv[2] ?? '{}') as object;

@Controller()
class BareController {
  @Post('v1/alliances/:alliance/partners/:partnerId/objectives')
  handle(): object {
    return answer;
  }
}

@Module({ controllers: [BareController] })
class BareModule {}

const app = await NestFactory.create<NestFastifyApplication>(BareModule, new FastifyAdapter(), { logger: false });
await app.listen({ host: '127.0.0.1', port: 0 });
const { port } = new URL(await app.getUrl());
serveParent(Number(port), () => app.close());
