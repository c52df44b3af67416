import { Authentication, SqliteIdentityStore } from '#identity';
import { Controller, Get, Module } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule, NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccessGuard } from './access.guard.js';
import { Allows } from './access.js';
import { ReadingRights } from './reading-rights.js';

async function started(controller: Type): Promise<NestFastifyApplication> {
  const identity = new SqliteIdentityStore(':memory:');
  @Module({
    imports: [DiscoveryModule],
    controllers: [controller],
    providers: [
      { provide: APP_GUARD, useClass: AccessGuard },
      { provide: Authentication, useValue: new Authentication(identity) },
      { provide: ReadingRights, useValue: { of: async () => undefined } },
    ],
  })
  class Guarded {}
  const options = { logger: false, abortOnError: false } as const;
  const app = await NestFactory.create<NestFastifyApplication>(Guarded, new FastifyAdapter(), options);
  return await app.init();
}

test('a handler that states no access stops the start', async () => {
  @Controller()
  class Forgetful {
    @Get('/open')
    open(): string {
      return 'open';
    }
  }
  await expect(started(Forgetful)).rejects.toThrow('Forgetful.open states no access');
});

test('a handler that states one is started', async () => {
  @Controller()
  class Careful {
    @Get('/open')
    @Allows('public')
    open(): string {
      return 'open';
    }
  }
  const app = await started(Careful);
  expect((await app.inject({ url: '/open' })).statusCode).toBe(200);
  await app.close();
});
