import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext, OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { isId } from '#kernel';
import { Authentication } from '#identity';
import { ACCESS } from './access.js';
import type { Access } from './access.js';
import type { CallerRequest } from './caller.js';
import { Problem } from './problem.js';
import { ReadingRights } from './reading-rights.js';
import { refuseDoubled } from './request-headers.js';

/** The one guard of every route. Denies by default: an unknown caller, an alliance that the caller may not read. */
@Injectable()
export class AccessGuard implements CanActivate, OnApplicationBootstrap {
  constructor(
    private readonly reflector: Reflector,
    private readonly discovery: DiscoveryService,
    private readonly authentication: Authentication,
    private readonly rights: ReadingRights,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.get<Access | undefined>(ACCESS, context.getHandler());
    const request = context.switchToHttp().getRequest<CallerRequest>();
    refuseDoubled(request.raw.rawHeaders);
    switch (access) {
      case 'public':
        return true;
      case 'self':
      case 'capacity':
        request.account = await this.accountOf(request);
        return true;
      case 'member':
        request.account = await this.accountOf(request);
        request.reading = await this.readingOf(request);
        return true;
      default:
        throw new Error('a handler without access');
    }
  }

  /** No server starts with a handler whose access nobody stated. */
  onApplicationBootstrap(): void {
    const scanner = new MetadataScanner();
    for (const { metatype } of this.discovery.getControllers()) {
      const prototype = metatype?.prototype as Record<string, object> | undefined;
      if (!prototype) continue;
      for (const name of scanner.getAllMethodNames(prototype)) {
        const handler = prototype[name] as object;
        if (Reflect.hasMetadata(PATH_METADATA, handler) && !Reflect.hasMetadata(ACCESS, handler)) {
          throw new Error(`${metatype?.name ?? ''}.${name} states no access`);
        }
      }
    }
  }

  private async accountOf(request: CallerRequest) {
    const account = await this.authentication.authenticate(request);
    if (account) return account;
    throw new Problem('AUTHENTICATION_REQUIRED', { headers: { 'www-authenticate': 'Bearer' } });
  }

  private async readingOf(request: CallerRequest) {
    const alliance = (request.params as Readonly<Record<string, string>>)['alliance'];
    const reading = isId(alliance) && request.account && (await this.rights.of(request.account, alliance));
    if (!reading) throw new Problem('NOT_FOUND');
    return reading;
  }
}
